// @ts-check
// The Chinese for what the library says in English.

import { endpoints } from 'aigobo';

/** @type {Record<string, string>} */
export const CLASSES = {
  ConfigError: '配置有误',
  ConnectionError: '连接失败，未收到应答',
  TimeoutError: '超时，未收到完整应答',
  HttpError: '应答来自网关前端，不是平台本身',
  ReplyError: '平台的应答不符合文档',
  OutcomeUnknownError: '结果未知：请求已发出，但没有收到应答',
  RateLimitError: '调用限额已用完，没有发送',
  NotificationError: '通知被拒绝',
  InternalError: '程序内部错误',
};

/** For the ConnectionError of a write: a write gets one only if nothing was sent. */
export const UNSENT = '连接失败，没有发送';

/** @type {Record<string, string>} */
export const REASONS = {
  'envelope.token': 'accessToken 与所给的不同，是否属于另一个环境？',
  'envelope.stale': '时间戳超出允许范围',
  'envelope.decrypt': 'requestBody 无法用所给的 desKey 解密',
  'envelope.sign': 'sign 与 requestBody 不符：md5SecretKey 不同、签名后改过内容，或签名规则不同',
  'envelope.shape': '报文格式不对',
};

/** @type {Record<string, string>} */
const TYPES = { text: '文本', integer: '整数', date: '日期文本', url: '地址文本', texts: '文本列表', object: '对象', list: '对象列表' };

/** The same in short form, for tables with little room. @type {Record<string, string>} */
export const TYPE_NAMES = { text: '文本', integer: '整数', date: '日期', url: '地址', texts: '文本列表', object: '对象', list: '列表' };

const DAY = '格式 yyyy-MM-dd';

/** Notes on fields whose Chinese name does not say enough. @type {Record<string, string>} */
export const NOTES = {
  distrCode: '平台下发',
  employeeCode: '平台下发',
  invitateCode: '平台下发',
  memberId: '由 registerMember 返回',
  account: '会员的手机号',
  taxpayerNo: 'invoiceType 为 2 时必填',
  orderCode: '平台的订单号，见投保通知或 getOrderDetail',
  tempOrderCode: '由 createPreOrder 返回',
  policyCodes: '平台的保单号，见投保通知或 getOrderDetail',
  outSerialNo: '您自己的流水号，每个预订单都要用新的',
  productCode: '平台下发',
  productName: '由 getProductDetail 返回',
  deliverNotifyUrl: '平台在此通知投保结果',
  returnNotifyUrl: '平台在此通知退保结果',
  refundNotifyUrl: '平台在此通知退款结果；payType 为 1 时必填',
  returnPage: '下单之后，投保人的浏览器跳转到这里',
  safeguardStartTime: DAY,
  safeguardEndTime: `${DAY}，不早于起保日期`,
  holderBirthday: DAY,
  insuredBirthday: DAY,
};

/**
 * What is wrong with a field.
 * @param {string | undefined} endpoint
 * @param {import('../index.js').Issue} issue
 */
export function issueText(endpoint, { path, rule }) {
  const field = fieldAt(endpoint, path);
  switch (rule) {
    case 'required':
      return path.endsWith(']') ? '为空：请填写，或从列表中删除' : '必填';
    case 'type':
      return field ? `应为${TYPES[field.type]}` : '类型不对';
    case 'length':
      return field?.max ? `最多 ${field.max} 个字符` : '太长';
    case 'choice':
      return `只能是 ${choicesOf(field)}`;
    case 'date':
      return '应为真实存在的日期，格式 yyyy-MM-dd';
    case 'order':
      return '不能早于起始日期';
    case 'url':
      return '应为 https:// 或 http:// 开头的完整地址';
    default:
      return '没有这个字段';
  }
}

/** @param {import('../index.js').FieldInfo | undefined} field */
export function choicesOf(field) {
  return (field?.choices ?? []).map(({ value, label }) => `${value} ${label}`).join(', ');
}

/** @param {string | undefined} endpoint @param {string} path */
function fieldAt(endpoint, path) {
  let fields = endpoints.find(({ name }) => name === endpoint)?.fields;
  let found;
  for (const name of path.replace(/\[\d+\]/g, '').split('.')) {
    found = fields?.find((field) => field.name === name);
    fields = found?.fields;
  }
  return found;
}
