// @ts-check
// Generated from the Rust register by tests/generated.rs; don't edit.

/** @type {readonly import('./models.js').EndpointInfo[]} */
export const endpoints = [
  {
    name: 'registerMember', path: '/api/member/register', section: '7.1',
    titleZh: '注册渠道会员', titleEn: 'Register a member', kind: 'write',
    ifUnknown: 'register again with the same mobile: it costs nothing, and the memberId that comes back is the one to keep',
    fields: [
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'mobile', label: '会员手机号', doc: 'The member\'s mobile number.', type: 'text', required: true, personal: true, max: 32 },
      { name: 'employeeCode', label: '销售人员推荐码', doc: 'The sales person\'s referral code, issued by the platform.', type: 'text', required: true, filledFrom: 'employeeCode', max: 32 },
      { name: 'invitateCode', label: '分销商推荐码', doc: 'The distributor\'s referral code, issued by the platform.', type: 'text', required: true, filledFrom: 'invitateCode', max: 32 },
      { name: 'company', label: '公司名称', doc: 'The company\'s name.', type: 'text', required: true, personal: true, max: 32 },
      { name: 'province', label: '省', doc: 'The company\'s province.', type: 'text', required: true, max: 32 },
      { name: 'city', label: '市', doc: 'The company\'s city.', type: 'text', required: true, max: 32 },
      { name: 'contact', label: '公司联系人', doc: 'Whom to ask for at the company. Optional in the document; the live platform has been seen to want it.', type: 'text', required: false, personal: true, max: 32 },
      { name: 'address', label: '公司地址', doc: 'The company\'s address.', type: 'text', required: true, personal: true, max: 32 },
    ],
  },
  {
    name: 'applyInvoice', path: '/api/order/applyInvoice', section: '7.2',
    titleZh: '开票', titleEn: 'Apply for an invoice', kind: 'write',
    ifUnknown: 'ask getInvoiceUrl, or getOrderDetail for its invoiceStatus, and apply again only if no invoice is made or under way',
    fields: [
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
      { name: 'orderCode', label: '订单号', doc: 'The platform\'s order code, from the 投保 notification or getOrderDetail.', type: 'text', required: true, max: 32 },
      { name: 'invoiceType', label: '发票类型', doc: 'Whom the invoice is made out to.', type: 'integer', required: true, choices: [{ value: '1', label: '个人' }, { value: '2', label: '公司' }] },
      { name: 'invoiceTitle', label: '发票抬头', doc: 'The name on the invoice.', type: 'text', required: true, personal: true, max: 32 },
      { name: 'taxpayerNo', label: '纳税人识别号', doc: 'The company\'s taxpayer number; required when invoiceType is 2.', type: 'text', required: false, personal: true, max: 32 },
    ],
  },
  {
    name: 'getInvoiceUrl', path: '/api/order/getInvoiceUrl', section: '7.3',
    titleZh: '获取发票地址', titleEn: 'Get invoice addresses', kind: 'read',
    fields: [
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
      { name: 'orderCode', label: '订单号', doc: 'The platform\'s order code, from the 投保 notification or getOrderDetail.', type: 'text', required: true, max: 32 },
    ],
  },
  {
    name: 'createPreOrder', path: '/api/order/addTemp', section: '7.4',
    titleZh: '下预订单', titleEn: 'Create a pre-order', kind: 'write',
    ifUnknown: 'send the same request once more with the same outSerialNo: a url means all is well; a refusal of the outSerialNo means that the first arrived, so order with a new one (the first, whose url nobody has seen, is never bought)',
    fields: [
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'mobile', label: '会员手机号', doc: 'The member\'s mobile number.', type: 'text', required: true, personal: true, max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
      { name: 'outSerialNo', label: '外部流水号', doc: 'The distributor\'s own number of this pre-order; a new one for every pre-order.', type: 'text', required: true, max: 32 },
      { name: 'payType', label: '支付方式', doc: 'How the buyer pays.', type: 'integer', required: true, choices: [{ value: '1', label: '授信' }, { value: '2', label: '现金支付' }] },
      { name: 'productCode', label: '产品编号', doc: 'The product\'s code, issued by the platform.', type: 'text', required: true, max: 32 },
      { name: 'productName', label: '产品名称', doc: 'The product\'s name, from getProductDetail.', type: 'text', required: true, max: 32 },
      { name: 'deliverNotifyUrl', label: '投保回调地址', doc: 'Where the platform reports that the policies were issued, or were not.', type: 'url', required: true, max: 512 },
      { name: 'returnNotifyUrl', label: '退保回调地址', doc: 'Where the platform reports that a policy was surrendered, or was not.', type: 'url', required: true, max: 512 },
      { name: 'refundNotifyUrl', label: '退款回调地址', doc: 'Where the platform reports that money was refunded, or was not; required when payType is 1.', type: 'url', required: false, max: 512 },
      { name: 'returnPage', label: '返回页面地址', doc: 'Where the buyer\'s browser goes when the order is placed.', type: 'url', required: true, max: 512 },
      { name: 'safeguardStartTime', label: '起保时间', doc: 'The first day of the cover, yyyy-MM-dd.', type: 'date', required: false },
      { name: 'safeguardEndTime', label: '止保时间', doc: 'The last day of the cover, yyyy-MM-dd; not before the first.', type: 'date', required: false },
      { name: 'holderInfo', label: '投保人信息', doc: 'The policy holder.', type: 'object', required: false, fields: [{ name: 'holderName', label: '投保人姓名', doc: 'The holder\'s name.', type: 'text', required: false, personal: true, max: 32 }, { name: 'holderCardType', label: '投保人证件类型', doc: 'The kind of identity document.', type: 'text', required: false, choices: [{ value: '1', label: '身份证' }, { value: '2', label: '护照' }, { value: '3', label: '港澳通行证' }, { value: '4', label: '台胞证' }, { value: '5', label: '军官证' }] }, { name: 'holderCardNo', label: '投保人证件号', doc: 'The document\'s number.', type: 'text', required: false, personal: true, max: 32 }, { name: 'holderBirthday', label: '投保人出生日期', doc: 'The date of birth, yyyy-MM-dd.', type: 'date', required: false, personal: true }, { name: 'holderGender', label: '投保人性别', doc: 'The gender.', type: 'text', required: false, choices: [{ value: 'M', label: '男' }, { value: 'F', label: '女' }] }, { name: 'holderMobile', label: '投保人手机号', doc: 'The mobile number.', type: 'text', required: false, personal: true, max: 32 }, { name: 'holderEmail', label: '投保人邮箱', doc: 'The mail address.', type: 'text', required: false, personal: true, max: 32 }] },
      { name: 'insuredInfoList', label: '被保人信息', doc: 'The insured people.', type: 'list', required: false, fields: [{ name: 'insuredName', label: '被保人姓名', doc: 'The insured\'s name.', type: 'text', required: false, personal: true, max: 32 }, { name: 'insuredCardType', label: '被保人证件类型', doc: 'The kind of identity document.', type: 'text', required: false, choices: [{ value: '1', label: '身份证' }, { value: '2', label: '护照' }, { value: '3', label: '港澳通行证' }, { value: '4', label: '台胞证' }, { value: '5', label: '军官证' }] }, { name: 'insuredCardNo', label: '被保人证件号', doc: 'The document\'s number.', type: 'text', required: false, personal: true, max: 32 }, { name: 'insuredBirthday', label: '被保人出生日期', doc: 'The date of birth, yyyy-MM-dd.', type: 'date', required: false, personal: true }, { name: 'insuredGender', label: '被保人性别', doc: 'The gender.', type: 'text', required: false, choices: [{ value: 'M', label: '男' }, { value: 'F', label: '女' }] }, { name: 'insuredMobile', label: '被保人手机号', doc: 'The mobile number.', type: 'text', required: false, personal: true, max: 32 }, { name: 'insuredEmail', label: '被保人邮箱', doc: 'The mail address.', type: 'text', required: false, personal: true, max: 32 }, { name: 'insuredRelation', label: '与投保人关系', doc: 'What the insured is to the holder.', type: 'text', required: false, choices: [{ value: '1', label: '本人' }, { value: '2', label: '父母' }, { value: '3', label: '子女' }, { value: '4', label: '配偶' }, { value: '5', label: '其他' }] }] },
    ],
  },
  {
    name: 'getProductDetail', path: '/api/product/getDistrProductDetail', section: '7.5',
    titleZh: '获取产品', titleEn: 'Get a product', kind: 'read',
    fields: [
      { name: 'productCode', label: '产品编号', doc: 'The product\'s code, issued by the platform.', type: 'text', required: true, max: 32 },
      { name: 'planCode', label: '计划编号', doc: 'One plan\'s code, issued by the platform; without it all plans come.', type: 'text', required: false, max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
    ],
  },
  {
    name: 'getPolicyUrl', path: '/api/policy/getPolicyUrl', section: '7.6',
    titleZh: '获取保单地址', titleEn: 'Get policy addresses', kind: 'read',
    fields: [
      { name: 'tempOrderCode', label: '预订单号', doc: 'The pre-order\'s number, from createPreOrder.', type: 'text', required: true, max: 32 },
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
    ],
  },
  {
    name: 'notifyPayment', path: '/api/pay/outNotify', section: '7.7',
    titleZh: '第三方支付回调', titleEn: 'Report a payment', kind: 'write',
    ifUnknown: 'ask getOrderDetail for its orderStatus, and report again only while it is 待支付',
    fields: [
      { name: 'tempOrderCode', label: '预订单号', doc: 'The pre-order\'s number, from createPreOrder.', type: 'text', required: true, max: 32 },
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
      { name: 'txnStatus', label: '交易状态', doc: 'How the payment stands.', type: 'integer', required: true, choices: [{ value: '1', label: '处理中' }, { value: '2', label: '成功' }, { value: '-1', label: '失败' }] },
    ],
  },
  {
    name: 'getOrderListUrl', path: '/api/order/getOrderListUrl', section: '7.8',
    titleZh: '获取订单列表', titleEn: 'Get the order list\'s address', kind: 'read',
    fields: [
      { name: 'account', label: '账号', doc: 'The member\'s mobile number.', type: 'text', required: true, personal: true, max: 32 },
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
    ],
  },
  {
    name: 'surrenderByPolicyCode', path: '/api/policy/surrenderByPolicyCode', section: '7.9',
    titleZh: '根据保单号退保', titleEn: 'Surrender by policy code', kind: 'write',
    ifUnknown: 'ask getOrderDetail for each policyStatus, and surrender again only the policies that are still in force',
    fields: [
      { name: 'policyCodes', label: '保单号', doc: 'The policies\' codes; at least one.', type: 'texts', required: true, max: 64 },
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
    ],
  },
  {
    name: 'surrenderByOrderCode', path: '/api/policy/surrenderByOrderCode', section: '7.10',
    titleZh: '根据订单号退保', titleEn: 'Surrender by order code', kind: 'write',
    ifUnknown: 'ask getOrderDetail for its orderStatus and each policyStatus, and surrender again only while policies are in force',
    fields: [
      { name: 'orderCode', label: '订单号', doc: 'The platform\'s order code (not the pre-order\'s), from the 投保 notification or getOrderDetail.', type: 'text', required: true, max: 64 },
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
    ],
  },
  {
    name: 'getOrderDetail', path: '/api/order/getOrderDetail', section: '7.11',
    titleZh: '查询订单详情', titleEn: 'Get an order\'s detail', kind: 'read',
    fields: [
      { name: 'tempOrderCode', label: '预订单号', doc: 'The pre-order\'s number, from createPreOrder.', type: 'text', required: true, max: 32 },
      { name: 'distrCode', label: '分销商编号', doc: 'The distributor\'s code, issued by the platform.', type: 'text', required: true, filledFrom: 'distrCode', max: 32 },
      { name: 'memberId', label: '会员号', doc: 'The member\'s number, from registerMember.', type: 'text', required: true, max: 32 },
    ],
  },
];

/** @type {Readonly<Record<string, { message: string, meaning: string, remedy: string }>>} */
export const responseCodes = {
  '0000': { message: '成功', meaning: 'Done.', remedy: 'Nothing to do.' },
  '0002': { message: '接口请求频繁', meaning: 'More than 400 calls in 60 seconds.', remedy: 'Wait and send it again; the platform did nothing.' },
  '1000': { message: '订单不存在', meaning: 'No such order for this member.', remedy: 'Check tempOrderCode or orderCode and that memberId is the member who ordered; an order exists only once the buyer has bought on the returned page.' },
  '1001': { message: '保单未生效', meaning: 'The policy is not in force yet.', remedy: 'Ask again after the payment and the 投保 notification.' },
  '2000': { message: '接口签名错误', meaning: 'The signature does not belong to the body.', remedy: 'Check md5SecretKey first; then compare the signing string step by step with explain().' },
  '2008': { message: '请求接口不合法', meaning: 'The call itself is not acceptable: unknown path, malformed envelope, repeated nonce or a timestamp more than 5 minutes off.', remedy: 'Check the clock, send a fresh nonce with each call, and check the path.' },
  '2009': { message: '报文解密失败', meaning: 'requestBody could not be decrypted.', remedy: 'Check desKey; check that the base64 was not altered on the way (a + turned into a blank).' },
  '3000': { message: '分销产品不存在', meaning: 'The distributor has no such product.', remedy: 'Check productCode with getProductDetail; ask the platform to enable the product.' },
  '4001': { message: '订单状态不符合退保条件', meaning: 'The order is in no state that can be surrendered.', remedy: 'Look at orderStatus and policyStatus with getOrderDetail.' },
  '5000': { message: '请求接口TOKEN不合法', meaning: 'The accessToken is not valid here.', remedy: 'Check accessToken and the environment it was issued for (test or production).' },
  '9999': { message: '失败', meaning: 'The platform failed or refused a parameter.', remedy: 'Read the message for the parameter\'s name; if there is none, ask for the state before you send it again.' },
};
