// @ts-check
// Makes up for callbacks that never came: it asks about the orders that the shop still waits for, at low priority.

import { isGatewayError, orderNews } from 'aigobo';
import { pause } from '../common/pause.js';
import { requireText, wrong } from '../common/options.js';
import { checkOptions, once, report, requireClient, wanted } from './emit.js';

const OPTIONS = ['client', 'pending', 'store', 'callsPerMinute', 'claimMs', 'onDeliver', 'onReturn', 'onRefund', 'onError'];

/** @type {typeof import('../notifications.js').createReconciler} */
export function createReconciler(options) {
  const { client, pending, store, callsPerMinute = 60, claimMs, onError, ...callbacks } = checkOptions(options, OPTIONS);
  requireClient(client);
  if (typeof pending !== 'function') throw wrong('pending', 'must be a function that returns the pre-orders the shop waits for');
  if (store === undefined) throw wrong('store', 'is missing; share it with the handler, so that nothing is told twice');
  if (!(Number.isFinite(callsPerMinute) && callsPerMinute > 0)) throw wrong('callsPerMinute', 'must be a number above 0');

  /**
   * What the order shows; nothing until the buyer has bought (1000).
   * @param {import('../notifications.js').PendingOrder} order
   * @param {AbortSignal | undefined} signal
   */
  async function ask({ tempOrderCode, memberId, outSerialNo }, signal) {
    try {
      requireText('outSerialNo', outSerialNo);
      return await client.getOrderDetail({ tempOrderCode, memberId: requireText('memberId', memberId) }, { priority: 'low', ...(signal && { signal }) });
    } catch (error) {
      if (isGatewayError(error, '1000')) return undefined;
      throw error;
    }
  }

  /**
   * Reports each piece of news separately, so that one failure does not hold back the others.
   * @param {import('../notifications.js').PendingOrder} order
   * @param {import('../index.js').OrderDetailReply} detail
   */
  async function tell(order, detail) {
    const { memberId, outSerialNo } = order;
    let [told, failed] = [0, 0];
    for (const { key, ...news } of orderNews(order, detail)) {
      const callback = wanted(callbacks, news.kind);
      if (!callback) continue;
      const work = async () => callback({ ...news, memberId, outSerialNo, source: 'reconciler', detail });
      try {
        const outcome = await once(store, key, claimMs, work, (error) => report(onError, error, order));
        if (outcome === 'handled') told++;
      } catch (error) {
        failed++;
        await report(onError, error, order);
      }
    }
    return { told, failed };
  }

  return {
    async run({ signal } = {}) {
      const result = { asked: 0, told: 0, failed: 0 };
      for await (const order of requireOrders(await pending())) {
        signal?.throwIfAborted();
        if (result.asked > 0) await pause(60_000 / callsPerMinute, signal);
        result.asked++;
        try {
          const detail = await ask(order, signal);
          const { told, failed } = detail ? await tell(order, detail) : { told: 0, failed: 0 };
          result.told += told;
          result.failed += failed;
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          result.failed++;
          await report(onError, error, order);
        }
      }
      return result;
    },
  };
}

/**
 * What `pending` returned, if it can be iterated.
 * @param {any} orders
 * @returns {Iterable<import('../notifications.js').PendingOrder> | AsyncIterable<import('../notifications.js').PendingOrder>}
 */
function requireOrders(orders) {
  const iterable = typeof orders === 'object' && orders !== null && (Symbol.asyncIterator in orders || Symbol.iterator in orders);
  if (!iterable) throw wrong('pending', 'must return an array of { tempOrderCode, memberId, outSerialNo }, or anything that can be gone through with for or for await, or a promise of it');
  return orders;
}
