// Client and sandbox of the installed package together, in one process and over HTTP.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { Client, ConfigError, GatewayError, ValidationError, decrypt, encrypt, parseResidentId } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';
import { until } from './lab.js';
import { MEMBER, preOrder } from './shop.js';

/** A sandbox whose notifications are collected. */
function platform() {
  /** @type {{ url: string, body: any }[]} */
  const told = [];
  const sandbox = createSandbox({
    clock: () => 1_626_570_000_000,
    deliver: async (url, init) => {
      told.push({ url: String(url), body: JSON.parse(String(init?.body)) });
      return Response.json({ code: '0000', message: '成功' });
    },
  });
  return { sandbox, told, client: new Client(sandbox.clientOptions) };
}

test('the cashier: pre-order, page, payment, policies, invoice, surrender', async () => {
  const { sandbox, told, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const product = await client.getProductDetail({ productCode: '200437', memberId });
  assert.deepEqual(product.plans[0], { planCode: '30543', planName: '计划一', minPrice: '1.00' });

  const { url, tempOrderCode } = await client.createPreOrder(preOrder(memberId));
  const page = await (await sandbox.fetch(url)).text();
  assert.ok(page.includes('确认支付') && page.includes('旅途无忧一日游') && !page.includes('110101199003070011'));
  await assert.rejects(client.getOrderDetail({ tempOrderCode, memberId }), (error) => error instanceof GatewayError && error.gatewayCode === '1000');

  const form = new URLSearchParams({ tempOrderCode, token: new URL(url).searchParams.get('token') ?? '', plan: '1' });
  const paid = await sandbox.fetch(new URL('/pages/distr/order/pay', url), { method: 'POST', body: form });
  assert.equal(paid.status, 303);
  assert.equal(paid.headers.get('location'), 'https://shop.example.com/orders/18?from=agb#done');
  await sandbox.settled();
  assert.equal(told.length, 2);
  assert.ok(told[0]?.url.endsWith('/hooks/deliver') && told[0].body.success === true);

  const detail = await client.getOrderDetail({ tempOrderCode, memberId });
  assert.deepEqual([detail.orderStatus, detail.orderTotalAmt, detail.totalQty, detail.createTime], ['已支付', '7.00', 2, '2021-07-18 09:00:00']);
  assert.deepEqual(detail.insuredInfoList.map((insured) => insured.policyStatus), ['已承保', '已承保']);
  const orderCode = detail.orderCode ?? '';
  const policies = await client.getPolicyUrl({ tempOrderCode, memberId });
  assert.equal((await sandbox.fetch(policies.policyDetailList[0]?.policyUrl ?? '')).status, 200);

  assert.deepEqual(await client.getInvoiceUrl({ memberId, orderCode }), []);
  assert.equal(await client.applyInvoice({ memberId, orderCode, invoiceType: '2', invoiceTitle: '示例', taxpayerNo: '91330100799655058B' }), undefined);
  assert.equal((await client.getInvoiceUrl({ memberId, orderCode })).length, 2);
  const { orderListUrl } = await client.getOrderListUrl({ account: MEMBER.mobile, memberId });
  assert.ok((await (await sandbox.fetch(orderListUrl)).text()).includes(orderCode));

  await client.surrenderByPolicyCode({ policyCodes: [policies.policyDetailList[0]?.policyCode ?? ''], memberId });
  assert.equal((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '部分退保');
  await client.surrenderByOrderCode({ orderCode, memberId });
  assert.equal((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已退款');
  await sandbox.settled();
  assert.deepEqual(told.map(({ url }) => url.split('/').at(-1)), ['deliver', 'deliver', 'return', 'refund', 'return', 'refund']);
  await assert.rejects(client.surrenderByOrderCode({ orderCode, memberId }), (error) => error instanceof GatewayError && error.code === 'gateway.4001');
});

test('on credit: the buyer confirms, the distributor reports the payment', async () => {
  const { sandbox, told, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const { url, tempOrderCode } = await client.createPreOrder(preOrder(memberId, { payType: '1' }));
  assert.ok((await (await sandbox.fetch(url)).text()).includes('确认投保'));
  await sandbox.pay(tempOrderCode);
  assert.equal((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '待支付');
  await assert.rejects(client.getPolicyUrl({ tempOrderCode, memberId }), (error) => error instanceof GatewayError && error.gatewayCode === '1001');
  await client.notifyPayment({ tempOrderCode, memberId, txnStatus: 1 });
  await client.notifyPayment({ tempOrderCode, memberId, txnStatus: 2 });
  await sandbox.settled();
  assert.equal((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已支付');
  assert.equal(told.length, 2);
});

test('every refusal comes as a GatewayError from its real cause', async () => {
  const { sandbox, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const other = { ...sandbox.clientOptions };
  /** @type {[string, () => Promise<unknown>][]} */
  const cases = [
    ['5000', () => new Client({ ...other, accessToken: 'other' }).registerMember(MEMBER)],
    ['2009', () => new Client({ ...other, desKey: 'otherkey' }).registerMember(MEMBER)],
    ['2000', () => new Client({ ...other, md5SecretKey: 'other' }).registerMember(MEMBER)],
    ['2008', () => new Client({ ...other, clock: () => 1_626_570_000_000 - 301_000 }).registerMember(MEMBER)],
    ['2008', () => client.call('/api/nowhere', {})],
    ['9999', () => client.call('/api/order/getOrderDetail', { memberId })],
    ['9999', () => new Client({ ...other, distrCode: 'DL2' }).registerMember(MEMBER)],
    ['3000', () => client.getProductDetail({ productCode: '1', memberId })],
    ['1000', () => client.getOrderDetail({ tempOrderCode: '1', memberId })],
  ];
  for (const [code, call] of cases) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof GatewayError, String(error));
      assert.equal(error.gatewayCode, code, error.message);
      assert.ok(error.remedy.length > 0 && error.nonce && error.endpoint);
      return true;
    });
  }
});

test('the 401st call in a period is refused, and the period passes', async () => {
  const { sandbox } = platform();
  const client = new Client({ ...sandbox.clientOptions, rateLimit: false, maxRetries: 0 });
  const { memberId } = await client.registerMember(MEMBER);
  const ask = () => client.getProductDetail({ productCode: '200437', memberId });
  await Promise.all(Array.from({ length: 399 }, ask));
  await assert.rejects(ask, (error) => error instanceof GatewayError && error.gatewayCode === '0002' && error.retryable);
  sandbox.advance(60_000);
  await ask();
});

test('the 401st call waits by the clock of its client, which the sandbox moves', async () => {
  const { sandbox, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const ask = () => client.getProductDetail({ productCode: '200437', memberId });
  await Promise.all(Array.from({ length: 399 }, ask));
  let over = false;
  const late = ask().finally(() => (over = true));
  await new Promise((done) => setTimeout(done, 100));
  assert.equal(over, false);
  sandbox.advance(60_000);
  await late;
});

test('what the guide says that it does not look at, it takes', async () => {
  const { client } = platform();
  const { memberId } = await client.registerMember({ ...MEMBER, mobile: 'abc' });
  const insured = { insuredName: '王小明', insuredCardType: /** @type {const} */ ('1'), insuredCardNo: '110101199003070012', insuredEmail: 'none' };
  assert.equal(parseResidentId(insured.insuredCardNo)?.checksumOk, false);
  for (const [place, odd] of [{ mobile: 'xyz' }, { productName: '另一个' }, { safeguardStartTime: '2001-01-01', safeguardEndTime: '2001-01-02' }, { insuredInfoList: [insured] }].entries()) {
    assert.ok((await client.createPreOrder(preOrder(memberId, { outSerialNo: `odd-${place}`, ...odd }))).url);
  }
  assert.equal(decrypt(encrypt('{"a":"1"}', 'sandbox8'), 'sandbox9'), '{"a":"1"}');
});

test('over HTTP, with the controls', async () => {
  const serving = await serveSandbox({ port: 0 });
  try {
    const client = new Client(serving.clientOptions);
    const { memberId } = await client.registerMember(MEMBER);
    const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, { deliverNotifyUrl: `${serving.url}/_sandbox/state` }));
    const control = (/** @type {string} */ name, /** @type {object} */ body) => fetch(`${serving.url}/_sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal((await control('pay', { tempOrderCode })).status, 200);
    assert.equal((await control('pay', { tempOrderCode })).status, 400);
    assert.equal((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已支付');
    assert.equal((await control('advance', { ms: 1000 })).status, 200);
    const state = await (await fetch(`${serving.url}/_sandbox/state`)).json();
    assert.equal(state.orders.length, 1);
    assert.equal((await control('reset', {})).status, 200);
  } finally {
    await serving.close();
  }
});

test('a request that breaks the rules is never sent', async () => {
  let sent = 0;
  const { sandbox } = platform();
  const client = new Client({ ...sandbox.clientOptions, fetch: (url, init) => (sent++, sandbox.fetch(url, init)) });
  await assert.rejects(client.createPreOrder(/** @type {any} */ ({ payType: 3 })), (error) => error instanceof ValidationError && error.issues.length > 5 && error.endpoint === 'createPreOrder');
  assert.equal(sent, 0);
});

test('options are checked by name', () => {
  const { clientOptions } = platform().sandbox;
  for (const [changes, option] of /** @type {[any, string][]} */ ([
    [{ baseUrl: 'http://gateway.example.com' }, 'baseUrl'],
    [{ observe: {} }, 'observe'],
    [{ retries: 3 }, 'retries'],
    [{ distrCode: '' }, 'distrCode'],
    [{ clock: 'gps' }, 'clock'],
    [{ fetch: 'x' }, 'fetch'],
  ])) {
    assert.throws(() => new Client({ ...clientOptions, ...changes }), (error) => error instanceof ConfigError && error.option === option, option);
  }
});

test('a browser page is refused unless it is allowed', () => {
  const { clientOptions } = platform().sandbox;
  const page = /** @type {any} */ (globalThis);
  page.window = page;
  page.document = {};
  try {
    assert.throws(() => new Client(clientOptions), (error) => error instanceof ConfigError && error.option === 'allowBrowser');
    assert.ok(new Client({ ...clientOptions, allowBrowser: true }));
  } finally {
    delete page.window;
    delete page.document;
  }
});

test('same seed and clock, same replies', async () => {
  const transcript = async () => {
    const { client } = platform();
    const { memberId } = await client.registerMember(MEMBER);
    return client.createPreOrder(preOrder(memberId, { outSerialNo: 'GP1' }));
  };
  assert.deepEqual(await transcript(), await transcript());
});

test('a repeated nonce, a malformed envelope and a wrong method are refused with 2008', async () => {
  const { sandbox } = platform();
  /** @type {[string, RequestInit][]} */
  const calls = [];
  const client = new Client({ ...sandbox.clientOptions, fetch: (url, init) => (calls.push([url, init]), sandbox.fetch(url, init)) });
  await client.registerMember(MEMBER);
  const [url, init] = calls[0] ?? assert.fail();
  const code = async (/** @type {RequestInit} */ changes) => (await (await sandbox.fetch(url, { ...init, ...changes })).json()).code;
  assert.equal(await code({}), '2008');
  assert.equal(await code({ body: '{"accessToken":1}' }), '2008');
  assert.equal(await code({ body: 'not json' }), '2008');
  assert.equal(await code({ method: 'GET', body: null }), '2008');
});

test('an order is seen by its own member alone, and repeated by nobody', async () => {
  const { sandbox, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const other = await client.registerMember({ ...MEMBER, mobile: '13900000009' });
  const request = preOrder(memberId);
  const { tempOrderCode } = await client.createPreOrder(request);
  const { orderCode } = await sandbox.pay(tempOrderCode);
  const refused = (/** @type {string} */ code) => (/** @type {unknown} */ error) => error instanceof GatewayError && error.gatewayCode === code;
  await assert.rejects(client.getOrderDetail({ tempOrderCode, memberId: other.memberId }), refused('1000'));
  await assert.rejects(client.getPolicyUrl({ tempOrderCode, memberId: other.memberId }), refused('1000'));
  await assert.rejects(client.surrenderByOrderCode({ orderCode, memberId: other.memberId }), refused('1000'));
  await assert.rejects(client.createPreOrder(request), (error) => error instanceof GatewayError && error.message.includes('outSerialNo'));
});

test("a buyer's text is escaped on the cashier's page", async () => {
  const { sandbox, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const { url } = await client.createPreOrder(preOrder(memberId, { insuredInfoList: [{ insuredName: '<script>alert(1)</script>' }] }));
  const page = await (await sandbox.fetch(url)).text();
  assert.ok(!page.includes('<script') && page.includes('&lt;'));
  assert.equal((await sandbox.fetch(url.replace(/token=.*/, 'token=guessed'))).status, 404);
});

test('callbacks of one order come one after the other, of two side by side', async () => {
  /** @type {((answer: Response) => void)[]} */
  const asked = [];
  const sandbox = createSandbox({ deliver: () => new Promise((answer) => asked.push(answer)) });
  const client = new Client(sandbox.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  for (const order of [preOrder(memberId), preOrder(memberId)]) await sandbox.pay((await client.createPreOrder(order)).tempOrderCode);
  await until(() => asked.length === 2, 'one of each order');
  asked[0]?.(new Response());
  await until(() => asked.length === 3, 'the second of the first');
  assert.deepEqual(sandbox.snapshot().notifications.map(({ answer }) => answer), [200, 'waiting', 'waiting', 'waiting']);
  for (const answer of asked) answer(new Response());
  await until(() => asked.length === 4, 'the second of the second');
  asked[3]?.(new Response());
  await sandbox.settled();
});

test('a shop that never answers is given up after ten seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  // And listens to no signal.
  const sandbox = createSandbox({ deliver: () => new Promise(() => {}) });
  const client = new Client(sandbox.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  await sandbox.pay((await client.createPreOrder(preOrder(memberId, { insuredInfoList: [{ insuredName: '王小明' }] }))).tempOrderCode);
  const settled = sandbox.settled();
  // The post begins a few turns after the step is kept.
  for (let turn = 0; turn < 10; turn++) await new Promise((done) => setImmediate(done));
  t.mock.timers.tick(10_000);
  await settled;
  assert.equal(sandbox.snapshot().notifications[0]?.answer, 'nobody');
});

test('a request that is too large is refused before it is read, in process and over HTTP', async (t) => {
  const { sandbox } = platform();
  const url = `${sandbox.clientOptions.baseUrl}/api/x`;
  /** 256 MB, in pieces of 1 MB. */
  const long = () => {
    const seen = { pieces: 0, cancelled: false };
    const body = new ReadableStream({
      pull: (controller) => (seen.pieces++ < 256 ? controller.enqueue(new Uint8Array(1 << 20)) : controller.close()),
      cancel: () => void (seen.cancelled = true),
    });
    return { seen, body };
  };
  for (const [headers, most] of /** @type {[Record<string, string>, number][]} */ ([[{ 'content-length': String(256 << 20) }, 2], [{}, 35], [{ 'content-length': '5' }, 35]])) {
    const { seen, body } = long();
    const { status } = await sandbox.fetch(new Request(url, /** @type {any} */ ({ method: 'POST', headers, body, duplex: 'half' })));
    assert.deepEqual([status, seen.cancelled, seen.pieces <= most], [413, true, true], `${seen.pieces} pieces`);
  }
  const serving = await serveSandbox({ port: 0 });
  t.after(() => serving.close());
  const told = request(`${serving.url}/api/x`, { method: 'POST', headers: { 'content-length': 256 << 20 } });
  told.on('error', () => {}).write('{');
  const [answer] = await once(told, 'response');
  assert.equal(answer.statusCode, 413);
  told.destroy();
  assert.equal((await fetch(`${serving.url}/_sandbox/state`)).status, 200);
});

test("a shop's address need not be ASCII, a clock must be one, and no status breaks the answer", async () => {
  const { sandbox, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const { url } = await client.createPreOrder(preOrder(memberId, { returnPage: 'https://shop.example.com/返回?a=1' }));
  const form = new URLSearchParams(new URL(url).search);
  const back = await sandbox.fetch(new URL('/pages/distr/order/pay', url), { method: 'POST', body: form });
  assert.equal(back.headers.get('location'), 'https://shop.example.com/%E8%BF%94%E5%9B%9E?a=1');
  for (const status of [204, 205, 304]) {
    sandbox.faults([{ fault: 'status', status }]);
    assert.equal((await sandbox.fetch(`${sandbox.clientOptions.baseUrl}/api/x`, { method: 'POST', body: 'x' })).status, status);
  }
  assert.equal((await sandbox.fetch(url, { method: 'HEAD' })).status, 200);
  assert.equal((await sandbox.fetch(url, { method: 'POST', body: new Uint8Array((32 << 20) + 1) })).status, 413);
  const odd = createSandbox({ clock: () => NaN });
  await assert.rejects(odd.fetch(`${odd.clientOptions.baseUrl}/api/x`), /clock: must return/);
  // To the end of time, and nothing traps there.
  sandbox.faults([]);
  sandbox.advance(Number.MAX_SAFE_INTEGER);
  assert.ok((await client.createPreOrder(preOrder(memberId))).url);
});
