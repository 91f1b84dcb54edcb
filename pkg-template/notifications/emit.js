// @ts-check
// The only way from an event to the shop's own function, which is called once.

import { isAigoboError } from 'aigobo';
import { onlyKnown, requireWhole, wrong } from '../common/options.js';

/** @typedef {import('../notifications.js').NotificationEvent} NotificationEvent */
/** @typedef {import('../notifications.js').NotificationStore} NotificationStore */
/** @typedef {import('../notifications.js').Callbacks} Callbacks */

/** How long a claim lasts if its process dies. */
const CLAIM_MS = 60_000;

/** Half of it is the time for asking about the order, and no call takes longer than an hour. */
const LONGEST_CLAIM_MS = 2 * 3_600_000;

/**
 * Claims the news, calls the function that wants it, and records that it was handled. If the function throws, the news
 * counts as not yet received.
 * @param {NotificationStore} store
 * @param {string} key
 * @param {number} claimMs
 * @param {() => Promise<unknown>} work
 * @param {(error: unknown) => Promise<void>} untold is called if the store could not record what was done
 * @returns {Promise<'handled' | 'busy' | 'done'>}
 */
export async function once(store, key, claimMs, work, untold) {
  const claimed = await store.claim(key, claimMs);
  if (claimed === 'busy' || claimed === 'done') return claimed;
  if (claimed !== 'new') throw wrong('store', `claim must resolve to 'new', 'busy' or 'done', and resolved to ${named(claimed)}: nothing can be handled`);
  try {
    await work();
  } catch (thrown) {
    // A claim that cannot be released expires.
    await settle(() => store.release(key), untold);
    throw thrown;
  }
  // It was handled, whatever happens to the store.
  await settle(() => store.commit(key), untold);
  return 'handled';
}

/**
 * Waits for what a store does, whether or not its method is asynchronous.
 * @param {() => unknown} act
 * @param {(error: unknown) => Promise<void>} failed
 */
async function settle(act, failed) {
  try {
    await act();
  } catch (error) {
    await failed(error);
  }
}

/** What a store answered, without its words, which may be anybody's. @param {unknown} answer */
function named(answer) {
  if (typeof answer === 'string') return 'another text';
  return typeof answer === 'boolean' || answer === null ? String(answer) : typeof answer;
}

/**
 * The function that wants news of this kind. News that nobody here wants is not claimed, because somebody else may want
 * it.
 * @param {Callbacks} callbacks
 * @param {import('../index.js').NotificationKind} kind
 */
export function wanted({ onDeliver, onReturn, onRefund }, kind) {
  return { deliver: onDeliver, return: onReturn, refund: onRefund }[kind];
}

/**
 * The options of the handler or the reconciler, with the ones they share checked.
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
 * Reports an error that nobody awaits to the shop.
 * @param {((error: unknown, about: any) => unknown) | undefined} onError
 * @param {unknown} error
 * @param {{ kind?: string, outSerialNo?: string }} about
 */
export async function report(onError = log, error, about) {
  try {
    await onError(error, about);
  } catch (thrown) {
    // Reporting failed, but the answer to the platform must not fail.
    for (const lost of [error, thrown]) log(lost, about);
  }
}

/**
 * Logs only the message and the place of somebody else's error: its other contents (a query's parameters, a request) may include
 * people. (So may its message; whoever cannot log that passes `onError`.)
 * @param {any} error
 * @param {{ kind?: string, outSerialNo?: string }} about
 */
function log(error, { kind, outSerialNo }) {
  const what = isAigoboError(error) ? words(error) : error?.stack || (typeof error === 'string' ? error : `what was thrown is no error but ${typeof error}`);
  console.error(['aigobo', kind, outSerialNo, what].filter(Boolean).join(' '));
}

/** Includes the causes, which hold nobody's data in an error of this package. @param {any} error @returns {string} */
function words({ name, code, message, cause }, depth = 0) {
  return `${name}${code ? ` ${code}` : ''}: ${message}${cause?.message && depth < 3 ? `; ${words(cause, depth + 1)}` : ''}`;
}
