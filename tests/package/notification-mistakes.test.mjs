// What a shop gets wrong at first, and what it hears of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConfigError } from 'aigobo';
import { createNotificationHandler, createReconciler, notifyUrls, toNodeHandler } from 'aigobo/notifications';
import { BASE, SECRET, callback, shop } from './hooked-shop.js';

/** What went to console.error meanwhile. @param {import('node:test').TestContext} t */
function logged(t) {
  const { mock } = t.mock.method(console, 'error', () => {});
  return () => {
    const lines = mock.calls.map(({ arguments: words }) => (assert.equal(words.length, 1), String(words[0])));
    mock.resetCalls();
    return lines;
  };
}

test('without onError what failed is logged: what was thrown and where, and of nobody', async (t) => {
  const log = logged(t);
  /** As a database driver's. */
  const down = Object.assign(new Error('db down'), { parameters: ['13800000001'], cause: new Error('王小明') });
  /** @type {unknown} */
  let thrown = down;
  const { sandbox, order, store, client } = await shop({ onError: undefined, onDeliver: () => { throw thrown; } });
  const made = await order({ insuredInfoList: [{ insuredName: '王小明' }] });
  await sandbox.pay(made.tempOrderCode);
  await sandbox.settled();
  const lines = log();
  assert.equal(lines.length, 1);
  assert.match(String(lines[0]), new RegExp(`^aigobo deliver ${made.outSerialNo} Error: db down\\n +at .*notification-mistakes`));
  assert.doesNotMatch(String(lines[0]), /1380000|王小明/);

  const run = () => createReconciler({ client, store, pending: () => [made], onDeliver: () => { throw thrown; } }).run();
  for (const [what, said] of [['the words', 'the words'], [null, 'what was thrown is no error but object'], [{ name: '王小明' }, 'what was thrown is no error but object']]) {
    thrown = what;
    assert.deepEqual(await run(), { asked: 1, told: 0, failed: 1 });
    assert.deepEqual(log(), [`aigobo ${made.outSerialNo} ${said}`]);
  }
});

test('without onError a refusal is logged, without the token and without the body', async (t) => {
  const log = logged(t);
  const { handler, order } = await shop({ lost: true, onError: undefined });
  const { deliverNotifyUrl, outSerialNo, tempOrderCode } = await order();
  await handler(callback(deliverNotifyUrl.replace('kind=deliver', 'kind=refund'), '{}'));
  await handler(callback(deliverNotifyUrl, { tempOrderCode, memberId: '13800000001', success: true }));
  await handler(callback(deliverNotifyUrl, { tempOrderCode, success: true }));
  const lines = log();
  assert.doesNotMatch(lines.join(), /13800000001|token=/);
  assert.deepEqual(lines.map((line) => line.replace(/: .*/, '')), [
    'aigobo NotificationError notification.token',
    `aigobo deliver ${outSerialNo} NotificationError notification.mismatch`,
    `aigobo deliver ${outSerialNo} NotificationError notification.unconfirmed`,
  ]);
});

test('without onError a gateway that is out of reach is logged with its cause', async (t) => {
  const log = logged(t);
  const { handler, order } = await shop({ lost: true, onError: undefined, client: new Client({ accessToken: 'the-access-token', desKey: '12345678', md5SecretKey: 'the-md5-key', distrCode: 'D', baseUrl: 'http://127.0.0.1:2', maxRetries: 0 }) });
  const { deliverNotifyUrl, tempOrderCode } = await order();
  assert.equal((await handler(callback(deliverNotifyUrl, { tempOrderCode, success: true }))).status, 500);
  const [line, ...more] = log();
  assert.match(String(line), /^aigobo deliver \S+ ConnectionError connection: .*; TypeError: fetch failed; Error ECONNREFUSED: connect ECONNREFUSED 127\.0\.0\.1:2$/);
  assert.deepEqual(more, []);
});

test('an onError that fails itself hides nothing', async (t) => {
  const log = logged(t);
  const { handler } = await shop({ onError: async () => { throw new TypeError('no such logger'); } });
  assert.equal((await handler(callback(BASE, '{}'))).status, 403);
  const [first, second, ...more] = log();
  assert.match(String(first), /^aigobo NotificationError notification\.token: /);
  assert.match(String(second), /^aigobo TypeError: no such logger\n/);
  assert.deepEqual(more, []);
});

/** A callback of this shop without `confirm`. @param {any} store @param {() => void} onDeliver */
async function once(store, onDeliver) {
  /** @type {any[]} */
  const errors = [];
  const handler = createNotificationHandler({ secret: SECRET, confirm: false, store, onDeliver, onError: (error) => void errors.push(error) });
  const { deliverNotifyUrl } = await notifyUrls({ base: BASE, secret: SECRET, memberId: 'M1', outSerialNo: 'S1' });
  const { status } = await handler(callback(deliverNotifyUrl, { tempOrderCode: 'T1', success: true }));
  return { status, errors };
}

test('a store that answers none of the three words loses nothing in silence', async () => {
  const { sandbox, client, order } = await shop({ lost: true });
  const made = await order({ insuredInfoList: [{ insuredName: '王小明' }] });
  await sandbox.pay(made.tempOrderCode);
  for (const [answer, said] of /** @type {[unknown, RegExp][]} */ ([[true, /resolved to true/], [false, /resolved to false/], [undefined, /undefined/], [null, /null/], [1, /number/], ['NEW', /another text/], [{ name: '王小明' }, /object/]])) {
    const store = { claim: async () => answer, commit: async () => {}, release: async () => {} };
    const { status, errors } = await once(store, () => assert.fail('nobody holds a claim'));
    assert.equal(status, 500);
    assert.ok(errors.length === 1 && errors[0] instanceof ConfigError && errors[0].option === 'store', String(errors));
    assert.match(errors[0].message, /^store: claim must resolve to 'new', 'busy' or 'done', and/);
    assert.match(errors[0].message, said);
    assert.doesNotMatch(errors[0].message, /王小明|NEW/);

    const reconciler = createReconciler({ client, store: /** @type {any} */ (store), pending: () => [made], onDeliver: () => assert.fail('nobody holds a claim'), onError: (error) => void errors.push(error) });
    assert.deepEqual(await reconciler.run(), { asked: 1, told: 0, failed: 1 });
    assert.equal(errors[1]?.option, 'store');
  }
});

test('a store whose methods are not asynchronous, and fail', async () => {
  let calls = 0;
  /** @type {string[]} */
  const did = [];
  const store = { claim: () => 'new', commit: () => void did.push('commit'), release: () => void did.push('release') };
  const failure = new Error('the database is down');
  assert.deepEqual(await once(store, () => void calls++), { status: 200, errors: [] });
  assert.deepEqual(await once(store, () => { throw failure; }), { status: 500, errors: [failure] });
  assert.deepEqual([calls, did], [1, ['commit', 'release']]);

  const lost = new Error('the store is gone');
  const failing = { ...store, commit: () => { throw lost; }, release: () => { throw lost; } };
  assert.deepEqual(await once(failing, () => void calls++), { status: 200, errors: [lost] }, 'it was handled');
  assert.deepEqual(await once(failing, () => { throw failure; }), { status: 500, errors: [lost, failure] });
});

test('addresses that nobody awaited say so where they are spread', async () => {
  const urls = notifyUrls({ base: BASE, secret: SECRET, memberId: 'M', outSerialNo: 'S' });
  assert.throws(() => ({ productCode: '200437', ...urls }), (error) => error instanceof ConfigError && /\.\.\.\(await notifyUrls\(…\)\)/.test(error.message));
  assert.deepEqual(Object.keys(await urls), ['deliverNotifyUrl', 'returnNotifyUrl', 'refundNotifyUrl']);
});

test('a short secret: how to make one', () => {
  assert.throws(() => createNotificationHandler({ secret: 'x', confirm: false, onDeliver: () => {} }), /secret: must have 16 characters or more.*openssl rand -hex 16/);
});

test('toNodeHandler takes a handler, and what it gives takes node’s request', async () => {
  for (const wrong of [undefined, { secret: SECRET }]) {
    assert.throws(() => toNodeHandler(/** @type {any} */ (wrong)), (error) => error instanceof ConfigError && error.option === 'handler' && /createNotificationHandler/.test(error.message));
  }
  const handle = /** @type {any} */ (toNodeHandler(async () => new Response()));
  await assert.rejects(handle(callback(BASE, '{}')), (error) => error instanceof ConfigError && /without toNodeHandler/.test(error.message));
});

test('what is no Request at all', async () => {
  const handler = /** @type {any} */ (createNotificationHandler({ secret: SECRET, confirm: false, onDeliver: () => {} }));
  for (const [given, cure] of /** @type {[unknown, RegExp][]} */ ([
    [undefined, /not undefined: make a Request/],
    [null, /not null: make a Request/],
    [{ rawPath: '/hooks', body: '{}', requestContext: { http: { method: 'POST' } } }, /not object: make a Request of what came.*docs\/NOTIFICATIONS\.md/],
    [{ request: callback(BASE, '{}'), params: {} }, /\(\{ request \}\) => handler\(request\)/],
    [{ req: callback(BASE, '{}') }, /\(\{ req \}\) => handler\(req\)/],
    [new Response(), /not object/],
  ])) {
    await assert.rejects(handler(given), (error) => error instanceof ConfigError && error.option === 'request' && cure.test(error.message), String(cure));
  }
});
