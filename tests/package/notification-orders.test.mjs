// Whom a callback reaches that names no policy, whatever the order shows: everybody it concerns, and nobody twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmNotification, parseNotification } from 'aigobo';
import { createNotificationHandler, createReconciler, memoryNotificationStore, notifyUrls } from 'aigobo/notifications';
import { BASE, SECRET, callback } from './hooked-shop.js';
import { accept, clientFor, gateway } from './lab.js';

const ORDER = { tempOrderCode: 'T1', memberId: 'M1', outSerialNo: 'S1' };

/**
 * A shop at a gateway whose order has this status and these policies. What the shop is told: kind and policy.
 * @param {import('node:test').TestContext} t
 * @param {{ confirm?: boolean }} [options]
 */
async function shop(t, options) {
  /** @type {{ orderStatus: string, insuredInfoList: { policyCode?: string, policyStatus: string }[] }} */
  const detail = { orderStatus: '', insuredInfoList: [] };
  const { baseUrl } = await gateway(t, (_request, response) => accept(response, { orderCode: 'O1', ...detail }));
  const client = clientFor(baseUrl);
  const store = memoryNotificationStore();
  /** @type {string[]} */
  const told = [];
  /** @type {string[]} */
  const errors = [];
  /** How many calls until one fails. */
  let until = Infinity;
  const note = async (/** @type {import('aigobo/notifications').NotificationEvent} */ event) => {
    const seen = options?.confirm === false && event.source === 'callback' ? undefined : detail.orderStatus;
    assert.deepEqual([event.memberId, event.outSerialNo, event.tempOrderCode, event.detail?.orderStatus], ['M1', 'S1', 'T1', seen]);
    if (--until === 0) throw new Error('the database is down');
    told.push(`${event.kind} ${event.policyCode ?? '*'}`);
  };
  const shared = { client, store, onDeliver: note, onReturn: note, onRefund: note, onError: (/** @type {any} */ error) => void errors.push(error.code ?? error.message) };
  const handler = createNotificationHandler({ ...shared, ...options, secret: SECRET });
  const urls = await notifyUrls({ base: BASE, secret: SECRET, memberId: 'M1', outSerialNo: 'S1' });
  return {
    told,
    errors,
    /** @param {string} orderStatus @param {[string?, string?][]} policies */
    shows(orderStatus, ...policies) {
      Object.assign(detail, { orderStatus, insuredInfoList: policies.map(([policyStatus, policyCode]) => ({ policyStatus, ...(policyCode && { policyCode }) })) });
    },
    /** @param {'deliver' | 'return' | 'refund'} kind @param {object} [more] */
    async send(kind, more) {
      return (await handler(callback(urls[`${kind}NotifyUrl`], { tempOrderCode: 'T1', orderCode: 'O1', success: true, ...more }))).status;
    },
    reconcile: () => createReconciler({ ...shared, pending: () => [ORDER] }).run(),
    failAt(/** @type {number} */ call) {
      until = call;
    },
  };
}

/** Kind; the order; its policies; what the shop is told by the callback, and what the reconciler adds. @type {['deliver' | 'return' | 'refund', string, [string?, string?][], string[], string[]?][]} */
const CASES = [
  ['refund', '已退保', [['已退保', 'P1']], ['P1'], ['deliver P1', 'return P1']],
  ['refund', '已退款', [['退保中', 'P1']], ['P1'], ['deliver P1']],
  ['refund', '已退款', [['已退保', 'P1']], ['P1'], ['deliver P1', 'return P1']],
  ['refund', '退款成功', [['已退保', 'P1'], ['已承保', 'P2']], ['P1', 'P2'], ['deliver P1', 'return P1', 'deliver P2']],
  ['refund', '已退款', [['未投保']], ['*']],
  ['refund', '已退款', [], ['*']],
  ['refund', '部分退保', [['已退款', 'P1'], ['已注销']], ['P1', '*'], ['deliver P1', 'return P1']],
  ['return', '已退款', [['已退保']], ['*']],
  ['return', '已退保', [['已退保', 'P1'], ['退保成功', 'P2'], ['已退保', 'P1']], ['P1', 'P2'], ['deliver P1', 'deliver P2']],
  ['return', '部分退保', [['退保成功'], ['已注销', 'P2'], ['已注销']], ['P2', '*'], ['deliver P2']],
  ['deliver', '已支付', [['已承保', 'P1'], ['', 'P2']], ['P1', 'P2']],
  ['deliver', '已支付', [['已承保', 'P1'], ['已承保', 'P1']], ['P1']],
  ['deliver', '部分退保', [['已注销'], ['已承保', 'P2']], ['P2', '*']],
];

test('a confirmed callback of the whole order reaches somebody, and no policy twice', async (t) => {
  for (const [kind, status, policies, wanted, more = []] of CASES) {
    const { told, errors, shows, send, reconcile } = await shop(t);
    shows(status, ...policies);
    const expected = wanted.map((code) => `${kind} ${code}`);
    for (let time = 1; time <= 3; time++) {
      assert.equal(await send(kind), 200);
      assert.deepEqual(told, expected, `${kind} ${status} ${JSON.stringify(policies)}, time ${time}`);
    }
    // A callback for one of the policies brings nothing new either, and the reconciler only what is left.
    if (policies.every(([state]) => state === '已退保')) for (const [, policyCode] of policies) assert.equal(await send(kind, { policyCode }), 200);
    assert.deepEqual(told, expected);
    await reconcile();
    await reconcile();
    assert.deepEqual([told.slice(expected.length), errors], [more, []]);
  }
});

test('what is not borne out reaches nobody, and does once it is', async (t) => {
  const { told, errors, shows, send } = await shop(t);
  shows('已支付', ['已承保', 'P1'], ['退保中']);
  assert.deepEqual([await send('deliver'), await send('return'), await send('refund'), told], [503, 503, 503, []]);
  shows('已退款', ['已承保', 'P1'], ['退保中']);
  assert.deepEqual([await send('deliver'), await send('return'), await send('refund'), told], [503, 503, 200, ['refund P1', 'refund *']]);
  assert.deepEqual(errors, Array(5).fill('notification.unconfirmed'));
});

test('a function that fails midway hears the rest, and what it took not again', async (t) => {
  const all = ['return P1', 'return P2', 'return *'];
  for (const call of [1, 2, 3]) {
    const { told, shows, send, failAt } = await shop(t);
    shows('已退保', ['已退保', 'P1'], ['已退保'], ['已退保', 'P2']);
    failAt(call);
    assert.deepEqual([await send('return'), told], [500, all.slice(0, call - 1)]);
    assert.deepEqual([await send('return'), told], [200, all]);
  }
});

test('a callback of the whole order that failed is told once, as one', async (t) => {
  const { told, shows, send } = await shop(t);
  shows('已支付', ['已承保', 'P1'], ['已承保', 'P2']);
  assert.deepEqual([await send('return', { success: false, message: '已起保' }), await send('return', { success: false, message: '已起保' })], [200, 200]);
  assert.deepEqual(told, ['return *']);
});

test('the two exceptions that docs/NOTIFICATIONS.md names: what is told once more, and then not again', async (t) => {
  const unconfirmed = await shop(t, { confirm: false });
  unconfirmed.shows('已支付', ['已承保', 'P1'], ['已承保', 'P2']);
  await unconfirmed.send('deliver');
  for (let time = 1; time <= 2; time++) await unconfirmed.reconcile();
  assert.deepEqual(unconfirmed.told, ['deliver *', 'deliver P1', 'deliver P2']);

  const late = await shop(t);
  late.shows('已退保', ['已退保', 'P1'], ['已退保']);
  await late.send('return');
  await late.reconcile();
  const before = [...late.told];
  assert.deepEqual(before.filter((news) => news.startsWith('return')), ['return P1', 'return *']);
  late.shows('已退保', ['已退保', 'P1'], ['已退保', 'P2']);
  await late.send('return', { policyCode: 'P2' });
  assert.deepEqual(late.told, [...before, 'return P2']);
  for (let time = 1; time <= 2; time++) await late.reconcile();
  assert.deepEqual(late.told, [...before, 'return P2', 'deliver P2']);
});

test('confirmNotification says what a callback concerns', () => {
  const detail = { orderStatus: '已退款', insuredInfoList: [{ policyCode: 'P1', policyStatus: '已退保' }, { policyStatus: '已退保' }] };
  const told = (/** @type {object} */ more) => parseNotification({ tempOrderCode: 'T1', success: true, ...more });
  assert.deepEqual(confirmNotification('return', told({}), detail), ['P1', null]);
  assert.deepEqual(confirmNotification('return', told({ policyCode: 'P1' }), detail), ['P1']);
  assert.deepEqual(confirmNotification('refund', told({}), { orderStatus: '已退款', insuredInfoList: [] }), [null]);
  assert.deepEqual(confirmNotification('deliver', told({ success: false }), { insuredInfoList: [] }), [null]);
});
