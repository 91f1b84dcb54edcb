// What holds in every runtime: handed the package and a sandbox's address. Throws where it does not; needs nothing but
// what the web platform has.

import { MEMBER, SANDBOX, preOrder } from './shop.js';

/** @param {unknown} is @param {unknown} should @param {string} what */
function same(is, should, what) {
  if (JSON.stringify(is) !== JSON.stringify(should)) throw new Error(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`);
}

/** @param {Promise<unknown>} promise @returns {Promise<any>} */
const failure = (promise) => promise.then(() => { throw new Error('it did not fail'); }, (error) => error);

/**
 * @param {typeof import('aigobo')} aigobo
 * @param {{ baseUrl: string, vectors: any[] }} given
 * @returns {Promise<string>} what was done
 */
export async function suite(aigobo, { baseUrl, vectors }) {
  const { Client, GatewayError, ValidationError, open, seal, sign, signingString } = aigobo;
  await aigobo.init();
  for (const { name, desKey, md5SecretKey, plaintext, ...expected } of vectors) {
    const body = JSON.parse(plaintext);
    const sealed = seal(body, { accessToken: 't', desKey, md5SecretKey }, { nonce: 'n', timestamp: 5 });
    same([signingString(body), sign(body, md5SecretKey), sealed.sign, sealed.requestBody], [expected.signingString, expected.sign, expected.sign, expected.requestBody], name);
    same(open(sealed, { accessToken: 't', desKey, md5SecretKey }, { now: 5 }), body, name);
  }

  const client = new Client({ ...SANDBOX, baseUrl, allowBrowser: true });
  const { memberId } = await client.registerMember(MEMBER);
  const product = await client.getProductDetail({ productCode: '200437', memberId });
  const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, { payType: '1', productName: product.productName }));
  await fetch(`${baseUrl}/_sandbox/pay`, { method: 'POST', body: JSON.stringify({ tempOrderCode }) });
  await client.notifyPayment({ tempOrderCode, memberId, txnStatus: 2 });
  const detail = await client.getOrderDetail({ tempOrderCode, memberId });
  same(detail.orderStatus, '已支付', 'the order');
  const orderCode = detail.orderCode ?? '';
  const { policyDetailList } = await client.getPolicyUrl({ tempOrderCode, memberId });
  await client.applyInvoice({ memberId, orderCode, invoiceType: '1', invoiceTitle: '王小明' });
  same((await client.getInvoiceUrl({ memberId, orderCode })).length, 2, 'invoices');
  await client.getOrderListUrl({ account: MEMBER.mobile, memberId });
  await client.surrenderByPolicyCode({ policyCodes: [policyDetailList[0]?.policyCode ?? ''], memberId });
  await client.surrenderByOrderCode({ orderCode, memberId });
  same((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已退款', 'the order after its surrender');

  const refused = await failure(client.getOrderDetail({ tempOrderCode: 'T', memberId }));
  same([refused instanceof GatewayError, refused.gatewayCode, refused instanceof Error], [true, '1000', true], 'a refusal');
  const invalid = await failure(client.getOrderDetail(/** @type {any} */ ({})));
  same([invalid instanceof ValidationError, invalid.issues?.length], [true, 2], 'a request that is none');
  const reason = new Error('enough');
  const aborted = new AbortController();
  const call = failure(client.getProductDetail({ productCode: '200437', memberId }, { signal: aborted.signal }));
  aborted.abort(reason);
  same((await call) === reason, true, "an abort's own reason");
  const unreachable = await failure(new Client({ ...SANDBOX, baseUrl: 'http://127.0.0.1:9', allowBrowser: true }).getOrderDetail({ tempOrderCode, memberId }, { maxRetries: 0 }));
  same(unreachable.code, 'connection', 'nobody there');
  const products = ['200437', '100371', '200161', '200104', '100434'];
  const many = await Promise.all(Array.from({ length: 50 }, (_, place) => client.getProductDetail({ productCode: products[place % 5] ?? '', memberId })));
  many.forEach(({ productCode }, place) => same(productCode, products[place % 5], 'each its own answer'));
  return `${vectors.length} vectors, 11 endpoints, errors, abort, 50 at once`;
}
