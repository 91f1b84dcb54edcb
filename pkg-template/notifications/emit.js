// @ts-check
// The one way from something that happened to the shop's own function, once.

import { isAigoboError } from 'aigobo';
import { onlyKnown, requireWhole, wrong } from '../common/options.js';

/** @typedef {import('../notifications.js').NotificationEvent} NotificationEvent */
/** @typedef {import('../notifications.js').NotificationStore} NotificationStore */
/** @typedef {import('../notifications.js').Callbacks} Callbacks */

/** How long a claim holds, should the process that has it die. */
const CLAIM_MS = 60_000;

/** Half of it is the time in which the order is asked for, and no call takes more than an hour. */
const LONGEST_CLAIM_MS = 2 * 3_600_000;

/**
 * Claims the news, calls whoever wants it, and remembers; a callback that throws leaves it as if it had not come.
 * @param {NotificationStore} store
 * @param {string} key
 * @param {number} claimMs
 * @param {() => Promise<unknown>} work
 * @param {(error: unknown) => Promise<void>} untold hears that the store could not be told of what was done
 * @returns {Promise<'handled' | 'busy' | 'done'>}
 */
export async function once(store, key, claimMs, work, untold) {
  const claimed = await store.claim(key, claimMs);
  if (claimed !== 'new') return claimed;
  try {
    await work();
  } catch (thrown) {
    // A claim that cannot be given back runs out.
    await store.release(key).catch(untold);
    throw thrown;
  }
  // It was handled, whatever becomes of the store.
  await store.commit(key).catch(untold);
  return 'handled';
}

/**
 * The function that wants news of this kind. What nobody wants here is not claimed: somebody else may want it.
 * @param {Callbacks} callbacks
 * @param {import('../index.js').NotificationKind} kind
 */
export function wanted({ onDeliver, onReturn, onRefund }, kind) {
  return { deliver: onDeliver, return: onReturn, refund: onRefund }[kind];
}

/**
 * The options of the handler or the reconciler, with what they have in common looked at.
 * @template {Record<string, any>} T
 * @param {T} options
 * @param {readonly string[]} known
 * @returns {T & { claimMs: number }}
 */
export function checkOptions(options, known) {
  const given = onlyKnown(options, known);
  for (const name of ['onDeliver', 'onReturn', 'onRefund', 'onError']) {
    if (given[name] !== undefined && typeof given[name] !== 'function') throw wrong(name, 'must be a function');
  }
  if (!['onDeliver', 'onReturn', 'onRefund'].some((name) => given[name])) {
    throw wrong('onDeliver', 'is missing, and so are onReturn and onRefund: nobody would hear of anything');
  }
  const { store, claimMs = CLAIM_MS } = given;
  if (store !== undefined && !['claim', 'commit', 'release'].every((method) => typeof store?.[method] === 'function')) {
    throw wrong('store', 'must have claim, commit and release');
  }
  return { ...given, claimMs: requireWhole('claimMs', claimMs, LONGEST_CLAIM_MS) };
}

/** @param {unknown} client */
export function requireClient(client) {
  if (typeof (/** @type {any} */ (client)?.getOrderDetail) !== 'function') {
    throw wrong('client', 'must be a Client: the truth is asked from getOrderDetail');
  }
}

/**
 * Tells the shop of what went wrong where nobody awaits it.
 * @param {((error: unknown, about: any) => unknown) | undefined} onError
 * @param {unknown} error
 * @param {{ kind?: string, outSerialNo?: string }} about
 */
export async function report(onError = log, error, about) {
  try {
    await onError(error, about);
  } catch (thrown) {
    // Reporting failed; the answer to the platform must not.
    for (const lost of [error, thrown]) log(lost, about);
  }
}

/**
 * Of an error of others what says where it is and no more: what else hangs on it (a query's parameters, a request) may hold people.
 * @param {any} error
 * @param {{ kind?: string, outSerialNo?: string }} about
 */
function log(error, { kind, outSerialNo }) {
  const what = isAigoboError(error) ? words(error) : error?.stack || (typeof error === 'string' ? error : `what was thrown is no error but ${typeof error}`);
  console.error(['aigobo', kind, outSerialNo, what].filter(Boolean).join(' '));
}

/** With the causes: in an error of this package they are clean. @param {any} error @returns {string} */
function words({ name, code, message, cause }, depth = 0) {
  return `${name}${code ? ` ${code}` : ''}: ${message}${cause?.message && depth < 3 ? `; ${words(cause, depth + 1)}` : ''}`;
}
