// @ts-check
// All texts of the pages, in both languages.

const zh = {
  lang: 'zh', htmlLang: 'zh-CN', other: 'en', otherName: 'English', shop: '云途旅行', skip: '跳到正文', tagline: '出发前，把意外留给保险',
  from: '每人', perPerson: '起', choose: '选择', buy: '填写投保信息', plan: '计划与价格', planHint: '在平台收银台确认计划', start: '起保日期', end: '止保日期',
  payment: '支付方式', cash: '在平台付款（微信、支付宝）', credit: '在本店付款', holder: '投保人', insured: '被保人', person: '被保人', add: '添加被保人', remove: '移除',
  same: '同投保人', submit: '提交并前往投保', optional: '选填，可在平台页面补充', insuredHint: '每人一行；未填写的一行不会提交', name: '姓名', cardType: '证件类型', cardNo: '证件号码', birthday: '出生日期', gender: '性别',
  mobile: '手机号', email: '邮箱', relation: '与投保人关系', male: '男', female: '女', none: '请选择', check: '请改正以下内容', order: '订单', status: '状态', total: '总金额',
  period: '保障期限', policy: '保单', policyNo: '保单号', download: '查看保单', certificate: '保险凭证', notBought: '尚未完成投保', goOn: '继续前往投保', another: '已过期？重新选择产品', pay: '去支付', home: '返回首页',
  platformSaidNo: '平台未接受', failed: '出了点问题', tryAgain: '请稍后再试。', noAnswer: '平台没有应答，不知道是否已经办理。', oddAnswer: '平台的应答不完整，无法继续。', lookFirst: '请先看订单的状态：没有变化再重试。', submitAgain: '您还没有付款，请再次提交。', notFound: '页面不存在', notOurs: '这不是本店的表单', startAgain: '请从首页重新选择产品并填写。', badId: '身份证号码校验位不正确，请核对',
  surrender: '退保', surrenderAll: '整单退保', sure: '退保后无法恢复，确定退保吗？', allOrders: '在平台查看全部订单', told: '平台通知', news: { deliver: '投保', return: '退保', refund: '退款' }, succeeded: '成功', didNot: '失败',
  invoice: '发票', invoiceFields: /** @type {Record<string, string>} */ ({ invoiceType: '发票类型', invoiceTitle: '发票抬头', taxpayerNo: '纳税人识别号' }), invoiceTypes: ['个人', '公司'], invoiceStatuses: ['未开票', '已开票', '开票失败', '开票中', '部分开票'], apply: '申请开票',
  /** The platform's words are an open list. */
  statuses: /** @type {Record<string, string>} */ ({}),
  cards: ['身份证', '护照', '港澳通行证', '台胞证', '军官证'], relations: ['本人', '父母', '子女', '配偶', '其他'],
  rules: /** @type {Record<string, string>} */ ({ required: '必填', type: '格式不正确', length: '内容过长：最多 32 个字', choice: '请选择列表中的值', date: '请填写有效日期', order: '止保日期不能早于起保日期', url: '地址不正确', unknown: '不支持的字段' }),
};

/** @typedef {typeof zh} Texts */

/** @type {Texts} */
const en = {
  lang: 'en', htmlLang: 'en', other: 'zh', otherName: '中文', shop: 'Yuntu Travel', skip: 'Skip to content', tagline: 'Before you leave, leave the worry to insurance',
  from: 'from', perPerson: 'a person', choose: 'Choose', buy: 'Your details', plan: 'Plans and prices', planHint: "Confirm the plan at the platform's cashier", start: 'First day', end: 'Last day',
  payment: 'Payment', cash: 'At the platform (WeChat, Alipay)', credit: 'Here at the shop', holder: 'Policy holder', insured: 'Insured people', person: 'Insured', add: 'Add a person', remove: 'Remove',
  same: 'Same as holder', submit: 'Continue to the insurer', optional: 'Optional: can be filled in on the platform’s page', insuredHint: 'One row for each person; a row that nobody filled in is not sent', name: 'Name', cardType: 'Document', cardNo: 'Document number', birthday: 'Date of birth', gender: 'Gender',
  mobile: 'Mobile', email: 'E-mail', relation: 'Relation to the holder', male: 'Male', female: 'Female', none: 'Choose', check: 'Please correct', order: 'Order', status: 'Status', total: 'Total',
  period: 'Cover', policy: 'Policies', policyNo: 'Policy code', download: 'Policy', certificate: 'Certificate', notBought: 'Not bought yet', goOn: 'Go on to the insurer', another: 'Has it expired? Choose a product again', pay: 'Pay now', home: 'Home',
  platformSaidNo: 'The platform refused', failed: 'Something went wrong', tryAgain: 'Please try again later.', noAnswer: 'The platform did not answer: it may be done, or not.', oddAnswer: 'The platform’s answer was incomplete, so you cannot go on from it.', lookFirst: 'Look at the order’s status first, and try again only if nothing has changed.', submitAgain: 'You have paid nothing yet: please submit again.', notFound: 'No such page', notOurs: 'This is none of our forms', startAgain: 'Please choose a product on the first page, and fill in the form there.', badId: 'The number’s check digit is wrong, please compare',
  surrender: 'Surrender', surrenderAll: 'Surrender the whole order', sure: 'A surrender cannot be undone. Surrender?', allOrders: 'All orders at the platform', told: 'The platform told us', news: { deliver: 'Policy issue', return: 'Surrender', refund: 'Refund' }, succeeded: 'succeeded', didNot: 'failed',
  invoice: 'Invoice', invoiceFields: { invoiceType: 'Kind of invoice', invoiceTitle: 'Made out to', taxpayerNo: 'Taxpayer number' }, invoiceTypes: ['Person', 'Company'], invoiceStatuses: ['none', 'issued', 'failed', 'under way', 'issued in part'], apply: 'Apply for an invoice',
  statuses: { 待支付: 'unpaid', 已支付: 'paid', 已取消: 'cancelled', 部分退保: 'partly surrendered', 已退款: 'refunded', 未投保: 'not issued', 已承保: 'in force', 已退保: 'surrendered' },
  cards: ['Resident ID', 'Passport', 'HK/Macao permit', 'Taiwan permit', 'Military ID'], relations: ['Self', 'Parent', 'Child', 'Spouse', 'Other'],
  rules: { required: 'Required', type: 'Wrong form', length: 'Too long: at most 32 characters', choice: 'Choose one of the list', date: 'Not a valid date', order: 'The last day must not be before the first', url: 'Not an address', unknown: 'Not supported' },
};

/** Chinese unless English was asked for. @param {string | undefined} lang */
export const pick = (lang) => (lang === 'en' ? en : zh);
