// Callbacks of the real sandbox, and forged ones, through the handler.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { Client, ConfigError, NotificationError } from 'aigobo';
import { createNotificationHandler, createReconciler, memoryNotificationStore, notifyUrls, parseNotification } from 'aigobo/notifications';
import { createSandbox } from 'aigobo/sandbox';
import { BASE, SECRET, callback, shop } from './hooked-shop.js';
import { rejection } from './lab.js';

test('from payment to refund: each piece of news once, with what the order shows', async () => {
  const { sandbox, client, events, answers, errors, order, memberId } = await shop();
  const { tempOrderCode, outSerialNo } = await order();
  const { orderCode } = await sandbox.pay(tempOrderCode);
  await sandbox.settled();
  await client.surrenderByOrderCode({ orderCode, memberId });
  await sandbox.settled();
  assert.deepEqual(errors, []);
  assert.deepEqual(events.map(({ kind }) => kind), ['deliver', 'deliver', 'return', 'refund', 'return', 'refund']);
  for (const event of events) {
    assert.deepEqual([event.tempOrderCode, event.orderCode, event.memberId, event.outSerialNo, event.success, event.source], [tempOrderCode, orderCode, memberId, outSerialNo, true, 'callback']);
    assert.ok(event.policyCode && event.detail?.orderCode === orderCode && event.raw?.policyCode === event.policyCode);
  }
  assert.ok(answers.every(({ status, body }) => status === 200 && body.code === '0000' && body.message === '成功'));
});

test('the addresses carry kind, member, serial number and token, keep a query, and fit', async () => {
  const urls = await notifyUrls({ base: `${BASE}?shop=1`, secret: SECRET, memberId: 'M 1&x=2', outSerialNo: 'GP/1' });
  for (const [name, kind] of [['deliverNotifyUrl', 'deliver'], ['returnNotifyUrl', 'return'], ['refundNotifyUrl', 'refund']]) {
    const { searchParams } = new URL(/** @type {any} */ (urls)[String(name)]);
    assert.deepEqual([...searchParams.keys()], ['shop', 'kind', 'memberId', 'outSerialNo', 'token']);
    assert.deepEqual([searchParams.get('kind'), searchParams.get('memberId'), searchParams.get('outSerialNo')], [kind, 'M 1&x=2', 'GP/1']);
    assert.match(searchParams.get('token') ?? '', /^[\w-]{43}$/);
  }
  const right = { base: BASE, secret: SECRET, memberId: 'M', outSerialNo: 'S' };
  for (const [changes, option] of /** @type {[any, string][]} */ ([
    [{ base: `${BASE}/${'x'.repeat(500)}` }, 'base'],
    [{ base: '/hooks' }, 'base'],
    [{ base: 'ftp://a' }, 'base'],
    [{ secret: '' }, 'secret'],
    [{ secret: 'fifteen letters' }, 'secret'],
    [{ secret: [SECRET, 'fifteen letters'] }, 'secret'],
    [{ secret: `${SECRET}\n` }, 'secret'],
    [{ memberId: undefined }, 'memberId'],
    [{ memberId: 106225 }, 'memberId'],
    [{ member: 'M' }, 'member'],
    [{ outSerialNo: '' }, 'outSerialNo'],
  ])) {
    const error = await rejection(notifyUrls({ ...right, ...changes }));
    assert.ok(error instanceof ConfigError && error.option === option, option);
  }
});

test('forged, misdirected and malformed callbacks are refused, and tell a stranger nothing', async () => {
  const { sandbox, handler, errors, events, order, memberId } = await shop();
  const { tempOrderCode, outSerialNo, deliverNotifyUrl, returnNotifyUrl } = await order();
  await sandbox.pay(tempOrderCode);
  await sandbox.settled();
  events.length = errors.length = 0;
  const told = { outSerialNo, tempOrderCode, policyCode: 'P', success: true };
  const other = await notifyUrls({ base: BASE, secret: SECRET, memberId, outSerialNo: 'GP-other' });
  const token = new URL(deliverNotifyUrl).searchParams.get('token') ?? '';
  const flipped = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`;
  for (const [request, status, code] of /** @type {[Request, number, string][]} */ ([
    [new Request(deliverNotifyUrl), 405, 'method'],
    [callback(BASE, told), 403, 'token'],
    [callback(deliverNotifyUrl.replace(token, flipped), told), 403, 'token'],
    [callback(deliverNotifyUrl.replace(token, token.slice(1)), told), 403, 'token'],
    [callback(deliverNotifyUrl.replace('kind=deliver', 'kind=return'), told), 403, 'token'],
    [callback(deliverNotifyUrl.replace(`memberId=${memberId}`, 'memberId=1'), told), 403, 'token'],
    [callback(deliverNotifyUrl, ''), 400, 'shape'],
    [callback(deliverNotifyUrl, '<xml/>'), 400, 'shape'],
    [callback(deliverNotifyUrl, { success: true }), 400, 'shape'],
    [callback(deliverNotifyUrl, new Uint8Array((64 << 10) + 1)), 413, 'too-large'],
    [callback(other.deliverNotifyUrl, told), 400, 'mismatch'],
    [callback(deliverNotifyUrl, { ...told, memberId: 'M2' }), 400, 'mismatch'],
    [callback(deliverNotifyUrl, told), 503, 'unconfirmed'],
    [callback(deliverNotifyUrl, { ...told, tempOrderCode: 'nobody’s' }), 503, 'unconfirmed'],
    [callback(returnNotifyUrl, { ...told, policyCode: undefined }), 503, 'unconfirmed'],
  ])) {
    errors.length = 0;
    const answer = await handler(request);
    assert.equal(answer.status, status, code);
    assert.deepEqual(await answer.json(), { code: '9999', message: `notification.${code}` });
    assert.ok(errors.length === 1 && errors[0] instanceof NotificationError && errors[0].code === `notification.${code}`, String(errors));
    assert.ok(!String(errors[0].stack).includes(SECRET) && !String(errors[0].stack).includes(token));
  }
  assert.deepEqual(events, []);
});

test('each known form of a body, and one that a parser made an object of', async () => {
  const { sandbox, handler, events, order } = await shop({ lost: true });
  const { tempOrderCode, returnNotifyUrl, deliverNotifyUrl, memberId } = await order();
  const { orderCode } = await sandbox.pay(tempOrderCode);
  await sandbox.settled();
  const [first, second] = /** @type {any} */ (sandbox.snapshot()).orders[0].policies.map((/** @type {any} */ { policyCode }) => policyCode);
  const form = new URLSearchParams({ tempOrderCode, orderCode, policyCode: first, success: 'true' });
  assert.equal((await handler(callback(deliverNotifyUrl, form.toString()))).status, 200);
  assert.equal((await handler(callback(returnNotifyUrl, { memberId, tempOrderCode, policyCode: second, surrenderSuccess: false, errMsg: '退保失败' }))).status, 200);
  assert.deepEqual(events.map(({ kind, policyCode, success, message }) => [kind, policyCode, success, message]), [['deliver', first, true, undefined], ['return', second, false, '退保失败']]);
  assert.deepEqual(parseNotification({ tempOrderCode: 'T', success: 1 }).success, true);
  const request = callback(deliverNotifyUrl, { tempOrderCode: 'T', success: true });
  const bytes = await request.arrayBuffer();
  const within = new Uint8Array([0, ...new Uint8Array(bytes), 0, 0]);
  const elsewhere = runInNewContext('bytes => new Uint8Array(bytes).buffer')([...new Uint8Array(bytes)]);
  for (const body of [bytes, elsewhere, Buffer.from(bytes), new Uint8Array(bytes), new DataView(within.buffer, 1, bytes.byteLength), within.subarray(1, -2)]) {
    assert.deepEqual([parseNotification(body).tempOrderCode, parseNotification(body).success], ['T', true], Object.prototype.toString.call(body));
  }
  assert.throws(() => parseNotification(new ArrayBuffer(0)), /the body is empty/);
  assert.throws(() => parseNotification('{}'), NotificationError);
});

test('a body that somebody has read: the error names the cure', async () => {
  const { handler, errors, order } = await shop();
  const { deliverNotifyUrl } = await order();
  const request = callback(deliverNotifyUrl, '{}');
  await request.json();
  const answer = await handler(request);
  assert.equal(answer.status, 500);
  assert.equal((await answer.json()).message, 'notification.consumed');
  assert.match(errors[0].message, /before any body parser.*request\.clone\(\)/);
});

test('the same callback a hundred times at once calls once and is answered a hundred times', async () => {
  /** @type {() => void} */
  let finish = () => {};
  let calls = 0;
  const { sandbox, handler, order } = await shop({ lost: true, onDeliver: () => (calls++, new Promise((done) => (finish = done))) });
  const { tempOrderCode, deliverNotifyUrl } = await order({ insuredInfoList: [{ insuredName: '王小明' }] });
  await sandbox.pay(tempOrderCode);
  const { policyCode } = /** @type {any} */ (sandbox.snapshot()).orders[0].policies[0];
  const all = Array.from({ length: 100 }, () => handler(callback(deliverNotifyUrl, { tempOrderCode, policyCode, success: true })));
  const timer = setInterval(() => finish(), 1);
  const answers = await Promise.all(all);
  clearInterval(timer);
  assert.deepEqual([calls, answers.filter(({ status }) => status === 200).length], [1, 100]);
  assert.equal((await handler(callback(deliverNotifyUrl, { tempOrderCode, policyCode, success: true }))).status, 200);
  assert.equal(calls, 1);
});

test('a callback that throws is not handled: the next try is', async () => {
  let calls = 0;
  const failure = new Error('the database is down');
  const { sandbox, handler, errors, order } = await shop({ lost: true, onDeliver: () => { if (calls++ === 0) throw failure; } });
  const { tempOrderCode, deliverNotifyUrl } = await order({ insuredInfoList: [{ insuredName: '王小明' }] });
  await sandbox.pay(tempOrderCode);
  const { policyCode } = /** @type {any} */ (sandbox.snapshot()).orders[0].policies[0];
  const send = async () => (await handler(callback(deliverNotifyUrl, { tempOrderCode, policyCode, success: true }))).status;
  assert.deepEqual([await send(), await send(), await send(), calls], [500, 200, 200, 2]);
  assert.deepEqual(errors, [failure]);
});

test('not borne out yet, borne out later: the platform’s next try is believed', async () => {
  const { sandbox, client, handler, events, order, memberId } = await shop({ lost: true });
  const { tempOrderCode, returnNotifyUrl } = await order({ insuredInfoList: [{ insuredName: '王小明' }] });
  const { orderCode } = await sandbox.pay(tempOrderCode);
  const { policyCode } = /** @type {any} */ (sandbox.snapshot()).orders[0].policies[0];
  const send = async () => (await handler(callback(returnNotifyUrl, { tempOrderCode, policyCode, success: true }))).status;
  assert.equal(await send(), 503);
  await client.surrenderByOrderCode({ orderCode, memberId });
  assert.equal(await send(), 200);
  assert.deepEqual(events.map(({ kind }) => kind), ['return']);
});

test('two secrets while one is changed for the other', async () => {
  const [NEW, OLD] = ['the new secret of the shop', 'the old secret of the shop'];
  const old = await notifyUrls({ base: BASE, secret: OLD, memberId: 'M', outSerialNo: 'S' });
  const both = await notifyUrls({ base: BASE, secret: [NEW, OLD], memberId: 'M', outSerialNo: 'S' });
  const callbacks = { onDeliver: () => {}, onError: () => {} };
  const handler = createNotificationHandler({ secret: [NEW, OLD], confirm: false, ...callbacks });
  const after = createNotificationHandler({ secret: NEW, confirm: false, ...callbacks });
  const body = { tempOrderCode: 'T', success: true };
  assert.equal((await handler(callback(old.deliverNotifyUrl, body))).status, 200);
  assert.equal((await handler(callback(both.deliverNotifyUrl, body))).status, 200);
  assert.equal((await after(callback(old.deliverNotifyUrl, body))).status, 403);
  assert.equal((await after(callback(both.deliverNotifyUrl, body))).status, 200);
});

test('what nobody wants here is left to whoever wants it', async () => {
  const { sandbox, client, store, events, order, memberId, handler } = await shop({ lost: true });
  const made = await order({ insuredInfoList: [{ insuredName: '王小明' }] });
  const { orderCode } = await sandbox.pay(made.tempOrderCode);
  await client.surrenderByOrderCode({ orderCode, memberId });
  const { policyCode } = /** @type {any} */ (sandbox.snapshot()).orders[0].policies[0];
  const deliveries = createReconciler({ client, store, pending: () => [made], onDeliver: () => {} });
  assert.deepEqual(await deliveries.run(), { asked: 1, told: 1, failed: 0 });
  assert.equal((await createNotificationHandler({ client, secret: SECRET, store, onDeliver: () => {} })(callback(made.returnNotifyUrl, { tempOrderCode: made.tempOrderCode, policyCode, success: true }))).status, 200);
  assert.equal((await handler(callback(made.returnNotifyUrl, { tempOrderCode: made.tempOrderCode, policyCode, success: true }))).status, 200);
  assert.deepEqual(events.map(({ kind }) => kind), ['return']);
});

test('news of one order sent to the address of another keeps no news back', async () => {
  const { sandbox, handler, events, order } = await shop({ lost: true });
  const [a, b] = [await order({ insuredInfoList: [{ insuredName: '甲' }] }), await order({ insuredInfoList: [{ insuredName: '乙' }] })];
  await sandbox.pay(b.tempOrderCode);
  const { policyCode } = /** @type {any} */ (sandbox.snapshot()).orders.find(({ tempOrderCode }) => tempOrderCode === b.tempOrderCode).policies[0];
  const body = { tempOrderCode: b.tempOrderCode, policyCode, success: true };
  await handler(callback(a.deliverNotifyUrl, body));
  assert.equal((await handler(callback(b.deliverNotifyUrl, body))).status, 200);
  assert.deepEqual(events.map(({ outSerialNo, tempOrderCode }) => [outSerialNo, tempOrderCode]), [[a.outSerialNo, b.tempOrderCode], [b.outSerialNo, b.tempOrderCode]]);
});

test('a callback of the whole order calls for each policy, and what failed may fail again', async () => {
  const { sandbox, client, store, handler, events, order } = await shop({ lost: true });
  const made = await order();
  const { orderCode } = await sandbox.pay(made.tempOrderCode);
  assert.equal((await handler(callback(made.deliverNotifyUrl, { tempOrderCode: made.tempOrderCode, orderCode, success: true }))).status, 200);
  assert.equal(new Set(events.map(({ policyCode }) => policyCode)).size, 2);
  assert.deepEqual(await createReconciler({ client, store, pending: () => [made], onDeliver: () => assert.fail('told before') }).run(), { asked: 1, told: 0, failed: 0 });
  for (const message of ['保单已起保', '保单已起保', '保单已理赔']) {
    assert.equal((await handler(callback(made.returnNotifyUrl, { tempOrderCode: made.tempOrderCode, policyCode: events[0]?.policyCode, surrenderSuccess: false, errMsg: message }))).status, 200);
  }
  assert.deepEqual(events.slice(2).map(({ kind, success, message }) => [kind, success, message]), [['return', false, '保单已起保'], ['return', false, '保单已理赔']]);
});

test('the gateway is out of reach: the platform is asked to come again', async () => {
  const { sandbox, events, errors, order, answers } = await shop({
    client: new Client({ accessToken: 't', desKey: '12345678', md5SecretKey: 'm', distrCode: 'D', maxRetries: 0, fetch: () => Promise.reject(new TypeError('down')) }),
  });
  const { tempOrderCode } = await order();
  await sandbox.pay(tempOrderCode);
  await sandbox.settled();
  assert.deepEqual(answers.map(({ status }) => status), [500, 500]);
  assert.deepEqual([events.length, errors.map(({ code }) => code)], [0, ['connection', 'connection']]);
});

test('options are checked by name', () => {
  const { clientOptions } = createSandbox();
  const right = { client: new Client(clientOptions), secret: SECRET, onDeliver: () => {} };
  for (const [changes, option] of /** @type {[any, string][]} */ ([
    [{ client: undefined }, 'client'],
    [{ secret: undefined }, 'secret'],
    [{ secret: [] }, 'secret'],
    [{ secret: [SECRET, SECRET, SECRET] }, 'secret'],
    [{ secret: ` ${SECRET}` }, 'secret'],
    [{ secret: 'fifteen letters' }, 'secret'],
    [{ secret: [SECRET, 'fifteen letters'] }, 'secret'],
    [{ onDeliver: undefined }, 'onDeliver'],
    [{ onDelivery: () => {} }, 'onDelivery'],
    [{ onDeliver: 1 }, 'onDeliver'],
    [{ store: {} }, 'store'],
    [{ confirm: 'no' }, 'confirm'],
    [{ claimMs: 0 }, 'claimMs'],
    [{ claimMs: 7_200_001 }, 'claimMs'],
    [new Map(), 'options'],
  ])) {
    assert.throws(() => createNotificationHandler(changes instanceof Map ? changes : { ...right, ...changes }), (error) => error instanceof ConfigError && error.option === option, option);
  }
  const reconciler = { client: right.client, store: memoryNotificationStore(), pending: () => [], onRefund: () => {} };
  for (const [changes, option] of /** @type {[any, string][]} */ ([[{ store: undefined }, 'store'], [{ pending: [] }, 'pending'], [{ callsPerMinute: 0 }, 'callsPerMinute'], [{ client: {} }, 'client'], [{ onRefund: undefined }, 'onDeliver'], [{ claimMs: 8_000_000 }, 'claimMs']])) {
    assert.throws(() => createReconciler({ ...reconciler, ...changes }), (error) => error instanceof ConfigError && error.option === option, option);
  }
  assert.throws(() => memoryNotificationStore({ most: 0 }), ConfigError);
});

test('the longest claim is one that works, and null is no option', async () => {
  const none = /** @type {any} */ ({ confirm: null, onReturn: null, onRefund: null, onError: null });
  const { sandbox, order, answers, events } = await shop({ claimMs: 7_200_000, store: memoryNotificationStore(/** @type {any} */ ({ ttlMs: null, most: null, clock: null })), ...none });
  const { tempOrderCode, memberId, outSerialNo } = await order();
  await sandbox.pay(tempOrderCode);
  await sandbox.settled();
  assert.deepEqual([answers.map(({ status }) => status), events.map(({ kind }) => kind)], [[200, 200], ['deliver', 'deliver']]);
  const store = memoryNotificationStore(/** @type {any} */ (null));
  const client = new Client(sandbox.clientOptions);
  const reconciler = createReconciler({ client, store, pending: () => [{ tempOrderCode, memberId, outSerialNo }], onDeliver: () => {}, .../** @type {any} */ ({ claimMs: null, callsPerMinute: null, onReturn: null }) });
  assert.deepEqual(await reconciler.run(), { asked: 1, told: 2, failed: 0 });
});
