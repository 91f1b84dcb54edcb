// @ts-check
// Generated from the Rust register by tests/generated.rs; don't edit.

/** @type {Readonly<Record<string, { meaning: string, remedy: string }>>} */
export const codesInChinese = {
  '0000': { meaning: '成功。', remedy: '无需处理。' },
  '0002': { meaning: '60 秒内超过 400 次调用。', remedy: '稍后重发；平台未做任何处理。' },
  '1000': { meaning: '该会员没有这个订单。', remedy: '核对 tempOrderCode 或 orderCode，以及 memberId 是否为下单会员；买家在返回的页面投保之后才有订单。' },
  '1001': { meaning: '保单尚未生效。', remedy: '支付并收到投保通知后再查。' },
  '2000': { meaning: '签名与请求内容不符。', remedy: '先核对 md5SecretKey，再用 explain() 逐步比较待签名串。' },
  '2008': { meaning: '请求本身不被接受：路径不存在、报文格式不对、nonce 重复，或时间戳相差超过 5 分钟。', remedy: '核对时钟与路径，每次调用使用新的 nonce。' },
  '2009': { meaning: 'requestBody 无法解密。', remedy: '核对 desKey；并确认 base64 在途中没有被改动（例如 + 变成空格）。' },
  '3000': { meaning: '分销商没有这个产品。', remedy: '用 getProductDetail 核对 productCode；请平台开通该产品。' },
  '4001': { meaning: '订单当前状态不能退保。', remedy: '用 getOrderDetail 查看 orderStatus 与 policyStatus。' },
  '5000': { meaning: 'accessToken 在此无效。', remedy: '核对 accessToken 及其所属环境（测试或生产）。' },
  '9999': { meaning: '平台处理失败，或拒绝了某个参数。', remedy: '看返回消息里有没有参数名；没有的话，先查询状态再决定是否重发。' },
};

/** By the write. @type {Readonly<Record<string, string>>} */
export const unknownOutcomesInChinese = {
  registerMember: '用同一手机号重新注册即可，保留返回的 memberId。',
  applyInvoice: '查询 getInvoiceUrl，或 getOrderDetail 的 invoiceStatus；没有已开或正在开的发票时才重新申请。',
  createPreOrder: '用相同的 outSerialNo 重发一次：返回 url 就说明一切正常；如果 outSerialNo 被拒，说明第一次已经到达，请换新的 outSerialNo 下单（第一单的 url 没有人见过，不会有人购买）。',
  notifyPayment: '查询 getOrderDetail 的 orderStatus；仍为“待支付”时才重新上报。',
  surrenderByPolicyCode: '查询 getOrderDetail 中各 policyStatus；只对仍有效的保单重新退保。',
  surrenderByOrderCode: '查询 getOrderDetail 的 orderStatus 与各 policyStatus；仍有有效保单时才重新退保。',
};
