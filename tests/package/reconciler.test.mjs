// What no callback told, asked for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConfigError } from 'aigobo';
import { createReconciler } from 'aigobo/notifications';
import { callback, shop } from './hooked-shop.js';
import { rejection } from './lab.js';

test('the reconciler tells what no callback told, and what a callback told not again', async () => {
  const { sandbox, client, store, events, order, memberId, handler } = await shop({ lost: true });
  const orders = [await order(), await order(), await order()];
  const { orderCode } = await sandbox.pay(String(orders[0]?.tempOrderCode));
  await sandbox.pay(String(orders[1]?.tempOrderCode));
  const note = (/** @type {import('aigobo/notifications').NotificationEvent} */ event) => void events.push(event);
  /** @type {any[]} */
  const asked = [];
  const reconciler = createReconciler({ client, store, callsPerMinute: 60_000, pending: async () => orders, onDeliver: note, onReturn: note, onRefund: note, onError: (error) => void asked.push(error) });
  const policies = /** @type {any} */ (sandbox.snapshot()).orders.flatMap((/** @type {any} */ { policies = [] }) => policies.map((/** @type {any} */ { policyCode }) => policyCode));
  await handler(callback(String(orders[0]?.deliverNotifyUrl), { tempOrderCode: orders[0]?.tempOrderCode, policyCode: policies[0], success: true }));
  assert.deepEqual(await reconciler.run(), { asked: 3, told: 3, failed: 0 });
  await client.surrenderByOrderCode({ orderCode, memberId });
  assert.deepEqual(await reconciler.run(), { asked: 3, told: 4, failed: 0 });
  assert.deepEqual(await reconciler.run(), { asked: 3, told: 0, failed: 0 });
  assert.deepEqual(events.map(({ kind, source }) => `${kind} ${source}`), ['deliver callback', ...Array(3).fill('deliver reconciler'), 'return reconciler', 'refund reconciler', 'return reconciler', 'refund reconciler']);
  // Late after all: known already.
  assert.equal((await handler(callback(String(orders[0]?.returnNotifyUrl), { tempOrderCode: orders[0]?.tempOrderCode, policyCode: policies[0], success: true }))).status, 200);
  assert.equal(events.length, 8);
  assert.deepEqual(asked, []);
});

test('the reconciler goes on after a failure, stops at an abort, and lets buyers go first', async () => {
  const { sandbox, store, order } = await shop({ lost: true });
  const orders = [await order(), await order()];
  for (const { tempOrderCode } of orders) await sandbox.pay(tempOrderCode);
  /** @type {any[]} */
  const errors = [];
  /** @type {any[]} */
  const asked = [];
  const client = new Client({ ...sandbox.clientOptions, rateLimit: { acquire: async (options) => void asked.push(options) } });
  let calls = 0;
  const options = { client, store, callsPerMinute: 60_000, pending: () => orders };
  const failing = createReconciler({ ...options, onDeliver: () => { if (calls++ === 0) throw new Error('the first fails'); }, onError: (error, about) => void errors.push([error.message, about.tempOrderCode]) });
  assert.deepEqual(await failing.run(), { asked: 2, told: 3, failed: 1 });
  assert.deepEqual(errors, [['the first fails', orders[0]?.tempOrderCode]]);
  assert.deepEqual(await failing.run(), { asked: 2, told: 1, failed: 0 });
  assert.ok(asked.every(({ priority }) => priority === 'low'));
  const slow = createReconciler({ ...options, callsPerMinute: 0.1, onDeliver: () => {} });
  const controller = new AbortController();
  const running = rejection(slow.run({ signal: controller.signal }));
  controller.abort('enough');
  assert.equal(await running, 'enough');
});

test('what is pending can be gone through, and says whose order it is', async () => {
  const { client, store, order } = await shop({ lost: true });
  const { tempOrderCode, memberId, outSerialNo } = await order();
  /** @type {any[]} */
  const errors = [];
  const run = (/** @type {any} */ pending) => createReconciler({ client, store, pending: () => pending, onDeliver: () => {}, onError: (error) => void errors.push(error) }).run();
  for (const pending of [{ rows: [] }, undefined, null, 'TE1', Promise.resolve({ rows: [] })]) {
    const error = await rejection(run(pending));
    assert.ok(error instanceof ConfigError && error.option === 'pending', String(error));
    assert.match(error.message, /must return an array of { tempOrderCode, memberId, outSerialNo }/);
  }
  const right = { tempOrderCode, memberId, outSerialNo };
  for (const pending of [[right], new Set([right]), (async function* () { yield right; })()]) assert.deepEqual(await run(pending), { asked: 1, told: 0, failed: 0 });
  for (const name of ['memberId', 'outSerialNo']) {
    assert.deepEqual(await run([{ ...right, [name]: undefined }]), { asked: 1, told: 0, failed: 1 });
    assert.equal(errors.pop().option, name);
  }
});
