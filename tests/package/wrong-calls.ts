// Generated from the Rust models by tests/generated.rs; don't edit.
// Compiled, never run: behind each directive stands what the compiler must complain about.

import type { Client } from 'aigobo';

export async function registerMember(client: Client): Promise<void> {
  const right = { mobile: '1', company: '1', province: '1', city: '1', address: '1' } as const;
  const reply = await client.registerMember(right);
  // @ts-expect-error 'mobile'
  await client.registerMember({ company: '1', province: '1', city: '1', address: '1' });
  // @ts-expect-error 'company'
  await client.registerMember({ mobile: '1', province: '1', city: '1', address: '1' });
  // @ts-expect-error 'province'
  await client.registerMember({ mobile: '1', company: '1', city: '1', address: '1' });
  // @ts-expect-error 'city'
  await client.registerMember({ mobile: '1', company: '1', province: '1', address: '1' });
  // @ts-expect-error 'address'
  await client.registerMember({ mobile: '1', company: '1', province: '1', city: '1' });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, mobile: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, employeeCode: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, invitateCode: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, company: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, province: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, city: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, contact: 77 });
  // @ts-expect-error 'number'
  await client.registerMember({ ...right, address: 77 });
  // @ts-expect-error 'unheardOf'
  await client.registerMember({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function applyInvoice(client: Client): Promise<void> {
  const right = { memberId: '1', orderCode: '1', invoiceType: 1, invoiceTitle: '1' } as const;
  const reply = await client.applyInvoice(right);
  // @ts-expect-error 'memberId'
  await client.applyInvoice({ orderCode: '1', invoiceType: 1, invoiceTitle: '1' });
  // @ts-expect-error 'orderCode'
  await client.applyInvoice({ memberId: '1', invoiceType: 1, invoiceTitle: '1' });
  // @ts-expect-error 'invoiceType'
  await client.applyInvoice({ memberId: '1', orderCode: '1', invoiceTitle: '1' });
  // @ts-expect-error 'invoiceTitle'
  await client.applyInvoice({ memberId: '1', orderCode: '1', invoiceType: 1 });
  // @ts-expect-error 'number'
  await client.applyInvoice({ ...right, memberId: 77 });
  // @ts-expect-error 'number'
  await client.applyInvoice({ ...right, orderCode: 77 });
  // @ts-expect-error '77'
  await client.applyInvoice({ ...right, invoiceType: 77 });
  // @ts-expect-error 'number'
  await client.applyInvoice({ ...right, invoiceTitle: 77 });
  // @ts-expect-error 'number'
  await client.applyInvoice({ ...right, taxpayerNo: 77 });
  // @ts-expect-error 'unheardOf'
  await client.applyInvoice({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function getInvoiceUrl(client: Client): Promise<void> {
  const right = { memberId: '1', orderCode: '1' } as const;
  const reply = await client.getInvoiceUrl(right);
  // @ts-expect-error 'memberId'
  await client.getInvoiceUrl({ orderCode: '1' });
  // @ts-expect-error 'orderCode'
  await client.getInvoiceUrl({ memberId: '1' });
  // @ts-expect-error 'number'
  await client.getInvoiceUrl({ ...right, memberId: 77 });
  // @ts-expect-error 'number'
  await client.getInvoiceUrl({ ...right, orderCode: 77 });
  // @ts-expect-error 'unheardOf'
  await client.getInvoiceUrl({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function createPreOrder(client: Client): Promise<void> {
  const right = { mobile: '1', memberId: '1', outSerialNo: '1', payType: 1, productCode: '1', productName: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1', returnPage: '1' } as const;
  const reply = await client.createPreOrder(right);
  // @ts-expect-error 'mobile'
  await client.createPreOrder({ memberId: '1', outSerialNo: '1', payType: 1, productCode: '1', productName: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'memberId'
  await client.createPreOrder({ mobile: '1', outSerialNo: '1', payType: 1, productCode: '1', productName: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'outSerialNo'
  await client.createPreOrder({ mobile: '1', memberId: '1', payType: 1, productCode: '1', productName: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'payType'
  await client.createPreOrder({ mobile: '1', memberId: '1', outSerialNo: '1', productCode: '1', productName: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'productCode'
  await client.createPreOrder({ mobile: '1', memberId: '1', outSerialNo: '1', payType: 1, productName: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'productName'
  await client.createPreOrder({ mobile: '1', memberId: '1', outSerialNo: '1', payType: 1, productCode: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'deliverNotifyUrl'
  await client.createPreOrder({ mobile: '1', memberId: '1', outSerialNo: '1', payType: 1, productCode: '1', productName: '1', returnNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'returnNotifyUrl'
  await client.createPreOrder({ mobile: '1', memberId: '1', outSerialNo: '1', payType: 1, productCode: '1', productName: '1', deliverNotifyUrl: '1', returnPage: '1' });
  // @ts-expect-error 'returnPage'
  await client.createPreOrder({ mobile: '1', memberId: '1', outSerialNo: '1', payType: 1, productCode: '1', productName: '1', deliverNotifyUrl: '1', returnNotifyUrl: '1' });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, mobile: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, memberId: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, outSerialNo: 77 });
  // @ts-expect-error '77'
  await client.createPreOrder({ ...right, payType: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, productCode: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, productName: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, deliverNotifyUrl: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, returnNotifyUrl: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, refundNotifyUrl: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, returnPage: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, safeguardStartTime: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, safeguardEndTime: 77 });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, holderInfo: { holderName: 77 } });
  // @ts-expect-error '"77"'
  await client.createPreOrder({ ...right, holderInfo: { holderCardType: '77' } });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, holderInfo: { holderCardNo: 77 } });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, holderInfo: { holderBirthday: 77 } });
  // @ts-expect-error '"77"'
  await client.createPreOrder({ ...right, holderInfo: { holderGender: '77' } });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, holderInfo: { holderMobile: 77 } });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, holderInfo: { holderEmail: 77 } });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredName: 77 }] });
  // @ts-expect-error '"77"'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredCardType: '77' }] });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredCardNo: 77 }] });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredBirthday: 77 }] });
  // @ts-expect-error '"77"'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredGender: '77' }] });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredMobile: 77 }] });
  // @ts-expect-error 'number'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredEmail: 77 }] });
  // @ts-expect-error '"77"'
  await client.createPreOrder({ ...right, insuredInfoList: [{ insuredRelation: '77' }] });
  // @ts-expect-error 'unheardOf'
  await client.createPreOrder({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function getProductDetail(client: Client): Promise<void> {
  const right = { productCode: '1', memberId: '1' } as const;
  const reply = await client.getProductDetail(right);
  // @ts-expect-error 'productCode'
  await client.getProductDetail({ memberId: '1' });
  // @ts-expect-error 'memberId'
  await client.getProductDetail({ productCode: '1' });
  // @ts-expect-error 'number'
  await client.getProductDetail({ ...right, productCode: 77 });
  // @ts-expect-error 'number'
  await client.getProductDetail({ ...right, planCode: 77 });
  // @ts-expect-error 'number'
  await client.getProductDetail({ ...right, memberId: 77 });
  // @ts-expect-error 'unheardOf'
  await client.getProductDetail({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function getPolicyUrl(client: Client): Promise<void> {
  const right = { tempOrderCode: '1', memberId: '1' } as const;
  const reply = await client.getPolicyUrl(right);
  // @ts-expect-error 'tempOrderCode'
  await client.getPolicyUrl({ memberId: '1' });
  // @ts-expect-error 'memberId'
  await client.getPolicyUrl({ tempOrderCode: '1' });
  // @ts-expect-error 'number'
  await client.getPolicyUrl({ ...right, tempOrderCode: 77 });
  // @ts-expect-error 'number'
  await client.getPolicyUrl({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.getPolicyUrl({ ...right, memberId: 77 });
  // @ts-expect-error 'unheardOf'
  await client.getPolicyUrl({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function notifyPayment(client: Client): Promise<void> {
  const right = { tempOrderCode: '1', memberId: '1', txnStatus: 1 } as const;
  const reply = await client.notifyPayment(right);
  // @ts-expect-error 'tempOrderCode'
  await client.notifyPayment({ memberId: '1', txnStatus: 1 });
  // @ts-expect-error 'memberId'
  await client.notifyPayment({ tempOrderCode: '1', txnStatus: 1 });
  // @ts-expect-error 'txnStatus'
  await client.notifyPayment({ tempOrderCode: '1', memberId: '1' });
  // @ts-expect-error 'number'
  await client.notifyPayment({ ...right, tempOrderCode: 77 });
  // @ts-expect-error 'number'
  await client.notifyPayment({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.notifyPayment({ ...right, memberId: 77 });
  // @ts-expect-error '77'
  await client.notifyPayment({ ...right, txnStatus: 77 });
  // @ts-expect-error 'unheardOf'
  await client.notifyPayment({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function getOrderListUrl(client: Client): Promise<void> {
  const right = { account: '1', memberId: '1' } as const;
  const reply = await client.getOrderListUrl(right);
  // @ts-expect-error 'account'
  await client.getOrderListUrl({ memberId: '1' });
  // @ts-expect-error 'memberId'
  await client.getOrderListUrl({ account: '1' });
  // @ts-expect-error 'number'
  await client.getOrderListUrl({ ...right, account: 77 });
  // @ts-expect-error 'number'
  await client.getOrderListUrl({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.getOrderListUrl({ ...right, memberId: 77 });
  // @ts-expect-error 'unheardOf'
  await client.getOrderListUrl({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function surrenderByPolicyCode(client: Client): Promise<void> {
  const right = { policyCodes: ['1'], memberId: '1' } as const;
  const reply = await client.surrenderByPolicyCode(right);
  // @ts-expect-error 'policyCodes'
  await client.surrenderByPolicyCode({ memberId: '1' });
  // @ts-expect-error 'memberId'
  await client.surrenderByPolicyCode({ policyCodes: ['1'] });
  // @ts-expect-error 'string'
  await client.surrenderByPolicyCode({ ...right, policyCodes: '1' });
  // @ts-expect-error 'number'
  await client.surrenderByPolicyCode({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.surrenderByPolicyCode({ ...right, memberId: 77 });
  // @ts-expect-error 'unheardOf'
  await client.surrenderByPolicyCode({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function surrenderByOrderCode(client: Client): Promise<void> {
  const right = { orderCode: '1', memberId: '1' } as const;
  const reply = await client.surrenderByOrderCode(right);
  // @ts-expect-error 'orderCode'
  await client.surrenderByOrderCode({ memberId: '1' });
  // @ts-expect-error 'memberId'
  await client.surrenderByOrderCode({ orderCode: '1' });
  // @ts-expect-error 'number'
  await client.surrenderByOrderCode({ ...right, orderCode: 77 });
  // @ts-expect-error 'number'
  await client.surrenderByOrderCode({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.surrenderByOrderCode({ ...right, memberId: 77 });
  // @ts-expect-error 'unheardOf'
  await client.surrenderByOrderCode({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}

export async function getOrderDetail(client: Client): Promise<void> {
  const right = { tempOrderCode: '1', memberId: '1' } as const;
  const reply = await client.getOrderDetail(right);
  // @ts-expect-error 'tempOrderCode'
  await client.getOrderDetail({ memberId: '1' });
  // @ts-expect-error 'memberId'
  await client.getOrderDetail({ tempOrderCode: '1' });
  // @ts-expect-error 'number'
  await client.getOrderDetail({ ...right, tempOrderCode: 77 });
  // @ts-expect-error 'number'
  await client.getOrderDetail({ ...right, distrCode: 77 });
  // @ts-expect-error 'number'
  await client.getOrderDetail({ ...right, memberId: 77 });
  // @ts-expect-error 'unheardOf'
  await client.getOrderDetail({ ...right, unheardOf: 1 });
  // @ts-expect-error 'unheardOf'
  reply.unheardOf;
}
