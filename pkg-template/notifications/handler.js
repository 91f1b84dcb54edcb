// @ts-check
// Accepts a callback if its address is ours and the order confirms it, and then passes it on once.

import { NotificationError, confirmNotification, isGatewayError, notificationKey, parseNotification } from 'aigobo';
import { readBody } from '../common/body.js';
import { wrong } from '../common/options.js';
import { importKey, readAddress, requireSecrets } from './address.js';
import { checkOptions, once, report, requireClient, wanted } from './emit.js';
import { isRequest, refuseGiven } from './given.js';
import { memoryNotificationStore } from './store.js';

/** @typedef {import('../notifications.js').NotificationEvent} NotificationEvent */

/** No known callback has more than about 200 bytes. */
export const MOST_BYTES = 64 << 10;

const OPTIONS = ['client', 'secret', 'store', 'confirm', 'claimMs', 'onDeliver', 'onReturn', 'onRefund', 'onError'];

/** The answers to the platform: a refusal tells a stranger nothing, and a 5xx asks the platform to try again. */
const STATUS = /** @type {Record<string, number>} */ ({
  'notification.method': 405,
  'notification.token': 403,
  'notification.too-large': 413,
  'notification.shape': 400,
  'notification.mismatch': 400,
  'notification.busy': 503,
  'notification.unconfirmed': 503,
});

/** @type {typeof import('../notifications.js').createNotificationHandler} */
export function createNotificationHandler(options) {
  const { client, secret, store = memoryNotificationStore(), confirm = true, claimMs, onError, ...callbacks } = checkOptions(options, OPTIONS);
  if (typeof confirm !== 'boolean') throw wrong('confirm', 'must be true or false');
  if (confirm) requireClient(client);
  const secrets = requireSecrets(secret);
  /** Imported on first use, because some runtimes provide no crypto while a module is loaded. @type {Promise<CryptoKey[]> | undefined} */
  let keys;
  /** If the same callback arrives again while the first is being handled, one answer serves both. @type {Map<string, Promise<void>>} */
  const working = new Map();

  return async (request, /** @type {any[]} */ ...around) => {
    if (!isRequest(request)) return refuseGiven(request, around, (error) => report(onError, error, {}));
    /** @type {{ kind?: import('../index.js').NotificationKind, memberId?: string, outSerialNo?: string, tempOrderCode?: string }} */
    const about = {};
    try {
      if (request.method !== 'POST') throw refused('method', `${request.method} is no callback; the platform sends POST`);
      const addressed = await readAddress(new URL(request.url), await (keys ??= Promise.all(secrets.map(importKey))));
      if (!addressed) throw refused('token', 'the address is none that notifyUrls made with this secret');
      Object.assign(about, addressed);
      const notification = parseNotification(await read(request));
      about.tempOrderCode = notification.tempOrderCode;
      for (const name of /** @type {const} */ (['memberId', 'outSerialNo'])) {
        if (notification[name] !== undefined && notification[name] !== addressed[name]) throw refused('mismatch', `it names another ${name} than its address`);
      }
      if (!wanted(callbacks, addressed.kind)) return answer(200, '0000', '成功');
      const key = notificationKey(addressed.kind, { ...notification, ...addressed });
      let work = working.get(key);
      if (!work) {
        work = handle(addressed, notification, key).finally(() => working.delete(key));
        working.set(key, work);
      }
      await work;
      return answer(200, '0000', '成功');
    } catch (error) {
      await report(onError, error, about);
      const code = error instanceof NotificationError ? error.code : 'notification.failed';
      return answer(STATUS[code] ?? 500, '9999', code);
    }
  };

  /**
   * @param {import('../notifications.js').Addressed} addressed
   * @param {import('../index.js').Notification} notification
   * @param {string} key
   */
  async function handle(addressed, notification, key) {
    const about = { ...addressed, tempOrderCode: notification.tempOrderCode };
    const untold = (/** @type {unknown} */ error) => report(onError, error, about);
    /** @param {Partial<NotificationEvent>} known */
    const call = (known) => wanted(callbacks, addressed.kind)?.({ ...notification, ...addressed, source: 'callback', ...known });
    const work = async () => {
      if (!confirm) return call({});
      const { detail, concerned } = await ask(addressed, notification);
      // If it concerns the whole order, it is reported policy by policy, as by everybody else.
      for (const code of concerned) {
        const policy = code === null ? {} : { policyCode: code };
        const tell = async () => call({ detail, ...policy });
        const own = notificationKey(addressed.kind, { ...notification, ...addressed, ...policy });
        // The callback's own news, which is claimed already.
        if (own === key) await tell();
        else if ((await once(store, own, claimMs, tell, untold)) === 'busy') throw refused('busy', 'another process works on the same order');
      }
    };
    const outcome = await once(store, key, claimMs, work, untold);
    if (outcome === 'busy') throw refused('busy', 'another process works on the same callback');
  }

  /**
   * @param {import('../notifications.js').Addressed} addressed
   * @param {import('../index.js').Notification} notification
   */
  async function ask({ kind, memberId }, notification) {
    try {
      const detail = await /** @type {import('../index.js').Client} */ (client).getOrderDetail({ tempOrderCode: notification.tempOrderCode, memberId }, { deadlineMs: Math.ceil(claimMs / 2) });
      return { detail, concerned: confirmNotification(kind, notification, detail) };
    } catch (error) {
      // The platform knows of no such order of this member, so nothing confirms the callback.
      throw isGatewayError(error, '1000') ? refused('unconfirmed', 'the platform knows of no such order of this member', error) : error;
    }
  }
}

/** @param {Request} request */
async function read(request) {
  if (request.bodyUsed) {
    throw refused('consumed', 'somebody read the body before: let this handler come before any body parser (express.json, koa-bodyparser, …), or hand it request.clone()');
  }
  const body = await readBody(request, MOST_BYTES);
  if (body === undefined) throw refused('too-large', `the body is larger than ${MOST_BYTES >> 10} KiB`);
  return body;
}

/**
 * @param {number} status
 * @param {string} code
 * @param {string} message
 */
function answer(status, code, message) {
  return Response.json({ code, message }, { status, headers: status === 503 ? { 'retry-after': '5' } : {} });
}

/**
 * @param {string} reason
 * @param {string} message
 * @param {unknown} [cause]
 */
function refused(reason, message, cause) {
  return new NotificationError({ code: `notification.${reason}`, message: `notification refused: ${message}`, retryable: ['busy', 'unconfirmed'].includes(reason), cause });
}
