// What the tests order: a request that every rule accepts.

/** The sandbox's own keys and codes. */
export const SANDBOX = { accessToken: 'sandbox-access-token', desKey: 'sandbox8', md5SecretKey: 'sandbox-md5-secret', distrCode: 'DL1000100', employeeCode: 'GY66688', invitateCode: '88888888' };

export const MEMBER = {
  mobile: '13800000001',
  company: '杭州示例科技有限公司',
  province: '浙江省',
  city: '杭州市',
  contact: '王小明',
  address: '浙江省杭州市西湖区莫干山路1号',
};

/**
 * @param {string} memberId
 * @param {object} [changes]
 * @param {string} [outSerialNo] new unless given
 */
export function preOrder(memberId, changes = {}, outSerialNo = `GP${crypto.randomUUID().slice(0, 18)}`) {
  return {
    mobile: MEMBER.mobile,
    memberId,
    outSerialNo,
    payType: 2,
    productCode: '200437',
    productName: '旅途无忧一日游',
    deliverNotifyUrl: 'https://shop.example.com/hooks/deliver',
    returnNotifyUrl: 'https://shop.example.com/hooks/return',
    refundNotifyUrl: 'https://shop.example.com/hooks/refund',
    returnPage: 'https://shop.example.com/orders/18?from=agb#done',
    safeguardStartTime: '2021-07-18',
    safeguardEndTime: '2021-07-19',
    holderInfo: { holderName: '王小明', holderCardType: '1', holderCardNo: '110101199003070011' },
    insuredInfoList: [
      { insuredName: '王小明', insuredCardType: '1', insuredCardNo: '110101199003070011', insuredGender: 'M', insuredRelation: '1' },
      { insuredName: '李四', insuredCardType: '2', insuredCardNo: 'E12345678', insuredGender: 'F', insuredRelation: '4' },
    ],
    ...changes,
  };
}

/** A group's pre-order. @param {number} count how many are insured */
export function group(count) {
  const insured = (/** @type {number} */ index) => ({ insuredName: '欧阳小明', insuredCardType: '1', insuredCardNo: `1101011990${10_000_000 + index}`, insuredGender: 'M', insuredRelation: '5' });
  return preOrder('106225', { insuredInfoList: Array.from({ length: count }, (_, index) => insured(index)) }, 'GP-1');
}

/** A request that every rule accepts, for each endpoint. @type {Record<import('aigobo').EndpointName, any>} */
export const REQUESTS = {
  registerMember: MEMBER,
  applyInvoice: { memberId: '106225', orderCode: '1011', invoiceType: '2', invoiceTitle: '杭州示例科技有限公司', taxpayerNo: '91330100799655058B' },
  getInvoiceUrl: { memberId: '106225', orderCode: '1011' },
  // workerd makes no random numbers while it loads.
  createPreOrder: preOrder('106225', {}, 'GP-1'),
  getProductDetail: { productCode: '200437', memberId: '106225' },
  getPolicyUrl: { tempOrderCode: '1010', memberId: '106225' },
  notifyPayment: { tempOrderCode: '1010', memberId: '106225', txnStatus: 2 },
  getOrderListUrl: { account: MEMBER.mobile, memberId: '106225' },
  surrenderByPolicyCode: { policyCodes: ['2021'], memberId: '106225' },
  surrenderByOrderCode: { orderCode: '1011', memberId: '106225' },
  getOrderDetail: { tempOrderCode: '1010', memberId: '106225' },
};
