// What is sealed: three sizes that a shop sends, and one far beyond them.

export const CREDENTIALS = { accessToken: 'a3f5c8d2e1b04796a3f5c8d2e1b04796', desKey: 'bench-de', md5SecretKey: 'bench-md5-secret-key-0123456789a' };
export const CODES = { distrCode: 'DL100010', employeeCode: 'GY66688', invitateCode: '88888888' };

const NAMES = ['欧阳小明', '司马静静', '诸葛志强', '上官丽华', '东方建国'];

/** @param {number} index */
function insured(index) {
  return {
    insuredName: NAMES[index % NAMES.length],
    insuredCardType: '1',
    insuredCardNo: `1101011990${String(10_000_000 + index).slice(1)}X`,
    insuredGender: index % 2 ? 'F' : 'M',
    insuredRelation: '5',
  };
}

/** As `Client` sends it: in the document's order, with the distributor's code. @param {number} count how many are insured */
function preOrder(count) {
  return {
    distrCode: CODES.distrCode,
    mobile: '13800000001',
    memberId: '106225',
    outSerialNo: 'GP202107180001',
    payType: 2,
    productCode: '200437',
    productName: '旅途无忧一日游',
    deliverNotifyUrl: 'https://shop.example.com/hooks/aigobo/deliver/GP202107180001',
    returnNotifyUrl: 'https://shop.example.com/hooks/aigobo/return/GP202107180001',
    refundNotifyUrl: 'https://shop.example.com/hooks/aigobo/refund/GP202107180001',
    returnPage: 'https://shop.example.com/orders/GP202107180001',
    safeguardStartTime: '2021-07-18',
    safeguardEndTime: '2021-07-19',
    holderInfo: { holderName: '王小明', holderCardType: '1', holderCardNo: '110101199003070011', holderMobile: '13800000001' },
    insuredInfoList: Array.from({ length: count }, (_, index) => insured(index)),
  };
}

/** An answer of the platform's to an order query. @param {number} count how many are insured */
function orderDetail(count) {
  return {
    productName: '旅途无忧一日游', productCode: '200437', safeguardPeriod: '2021-07-18至2021-07-19', orderCode: '1011202107180001',
    createTime: '2021-07-18 10:00:00', orderStatus: '已支付', totalQty: count, orderTotalAmt: `${5 * count}.00`, orderReduceAmt: '0.00',
    insuranceCompanyLogo: 'https://img.example.com/logo.png', companyName: '示例财产保险股份有限公司', benefitType: '法定', isGroup: 1, isEnterprise: 0,
    holderName: '王小明', holderCredType: '身份证', holderCredNo: '110101199003070011', holderPhone: '13800000001', holderGender: '男', isInvoice: 1, invoiceStatus: 0,
    insuredInfoList: Array.from({ length: count }, (_, index) => ({
      insuredName: NAMES[index % NAMES.length], insuredCardType: '身份证', insuredCardNo: insured(index).insuredCardNo, insuredGender: '女', insuredFee: '5.00',
      policyStatus: '已承保', policyCode: `2021${index}`, policyUrl: `https://files.example.com/policies/2021${index}.pdf`,
    })),
  };
}

/** @param {object} data */
const answer = (data) => JSON.stringify({ code: '0000', message: '成功', data });

/**
 * @typedef {{ name: string, bytes: number, insured: number, path: string, method: 'getOrderDetail' | 'createPreOrder', body: Record<string, any>, answer: string }} Size
 */

/** @param {string} name @param {number} count how many are insured @returns {Size} */
function group(name, count) {
  const body = preOrder(count);
  const data = answer({ url: 'https://agb.example.com/pay?order=1010202107180001', tempOrderCode: '1010202107180001' });
  return { name, insured: count, path: '/api/order/addTemp', method: 'createPreOrder', body, bytes: bytesOf(body), answer: data };
}

/** @param {object} body */
function bytesOf(body) {
  return Buffer.byteLength(JSON.stringify(body));
}

const query = { tempOrderCode: '1010', distrCode: CODES.distrCode, memberId: '106225' };

/** The order query's answer tells of one insured. @type {Size[]} */
export const SIZES = [
  { name: 'order query', insured: 0, path: '/api/order/getOrderDetail', method: 'getOrderDetail', body: query, bytes: bytesOf(query), answer: answer(orderDetail(1)) },
  group('pre-order, 1 insured', 1),
  group('pre-order, 1,000 insured', 1_000),
  group('pre-order, 10,000 insured', 10_000),
];

/** Answers to read, by how many are insured. */
export const ANSWERS = [1, 1_000, 10_000].map((count) => ({ name: `order of ${count.toLocaleString('en')} insured`, insured: count, text: answer(orderDetail(count)) }));
