// @ts-check
// For callbacks that never came: asks for the orders the shop still waits for, in nobody's way.

import { isGatewayError, orderNews } from 'aigobo';
import { requireText, wrong } from './address.js';
import { checkOptions, emit, once, report, requireClient } from './emit.js';

const OPTIONS = ['client', 'pending', 'store', 'callsPerMinute', 'claimMs', 'onDeliver', 'onReturn', 'onRefund', 'onError'];

/** @type {typeof import('../notifications.js').createReconciler} */
export function createReconciler(options) {
  const { client, pending, store, callsPerMinute = 60, onError, ...callbacks } = options;
  const { claimMs } = checkOptions(/** @type {any} */ (options), OPTIONS);
  requireClient(client);
  if (typeof pending !== 'function') throw wrong('pending', 'must be a function that returns the pre-orders the shop waits for');
  if (store === undefined) throw wrong('store', 'is missing; share it with the handler, so that nothing is told twice');
  if (!(Number.isFinite(callsPerMinute) && callsPerMinute > 0)) throw wrong('callsPerMinute', 'must be a number above 0');

  /**
   * @param {import('../notifications.js').PendingOrder} order
   * @param {AbortSignal | undefined} signal
   */
  async function reconcile(order, signal) {
    const { tempOrderCode, memberId, outSerialNo } = order;
    const detail = await client.getOrderDetail({ tempOrderCode, memberId: requireText('memberId', memberId) }, { priority: 'low', ...(signal && { signal }) });
    let told = 0;
    for (const { key, ...news } of orderNews(tempOrderCode, detail)) {
      const event = { ...news, memberId, outSerialNo, source: /** @type {const} */ ('reconciler'), detail };
      const outcome = await once(store, key, claimMs, () => emit(callbacks, event), (error) => report(onError, error, order));
      if (outcome === 'handled') told++;
    }
    return told;
  }

  return {
    async run({ signal } = {}) {
      const result = { asked: 0, told: 0, failed: 0 };
      for await (const order of await pending()) {
        signal?.throwIfAborted();
        if (result.asked > 0) await pause(60_000 / callsPerMinute, signal);
        result.asked++;
        try {
          result.told += await reconcile(order, signal);
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          // 1000: the buyer has not bought yet.
          if (isGatewayError(error, '1000')) continue;
          result.failed++;
          await report(onError, error, order);
        }
      }
      return result;
    },
  };
}

/**
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const abort = () => {
      end();
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      end();
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort);
  });
}
