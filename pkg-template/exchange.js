// @ts-check
// Sends one POST with the runtime's fetch, or the caller's, and reads the whole answer, up to a limit. This is not in the wasm,
// where reading each property would be a crossing.

import { joined } from './common/body.js';
import { failureOf } from './common/system-failure.js';
import { isAigoboError } from './errors.js';

/**
 * The outcome, by position, as `src/wasm/fetch.rs` reads it: the status, if it came; the headers; the body's
 * bytes, if they came; what the caller's own fetch did that no fetch should do; what was thrown, in a list; three headers;
 * the system's name for the failure; whether certainly nothing was sent.
 * @typedef {[status?: number, headers?: Headers, bytes?: Uint8Array, odd?: string, thrown?: [unknown], contentType?: string, date?: string, retryAfter?: string, code?: string, unsent?: boolean]} Outcome
 */

/** Thrown only here: what is odd about an answer. */
class Odd extends Error {}
/** Thrown only here: the body is larger than the limit. */
class TooLarge extends Error {}

/**
 * Returns a promise, which resolves to undefined if the time runs out, and a function that ends the exchange.
 * @param {(use: Function, ...args: unknown[]) => Promise<any>} run in the caller's asynchronous context
 * @param {Function} fetch
 * @param {string} url
 * @param {string} contentType
 * @param {string} body
 * @param {number} most bytes of the answer's body
 * @param {number} ms how long it may take
 * @returns {[Promise<Outcome | undefined>, (reason: unknown) => void]}
 */
export function post(run, fetch, url, contentType, body, most, ms) {
  const controller = new AbortController();
  const { signal } = controller;
  /** @type {Outcome} */
  const outcome = [];
  const exchange = async () => {
    try {
      const headers = { 'content-type': contentType, accept: 'application/json' };
      // An envelope is only for the gateway: treat a redirect as an answer, and do not follow it.
      const answer = await run(fetch, url, { method: 'POST', headers, body, redirect: 'manual', signal });
      await take(answer, most, signal, outcome);
    } catch (thrown) {
      // One of our own errors, which says that nothing was sent: the caller gets it as it is.
      if (isAigoboError(thrown) && thrown.attempts === 0) throw thrown;
      if (thrown instanceof Odd) outcome[3] = thrown.message;
      else if (!(thrown instanceof TooLarge)) {
        outcome[4] = [thrown];
        [outcome[8], outcome[9]] = failureOf(thrown);
      }
      // The rest of the body is not needed.
      controller.abort();
    }
  };
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const answer = new Promise((resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      resolve(undefined);
    }, ms);
    void exchange()
      .then(() => resolve(outcome), reject)
      .finally(() => clearTimeout(timer));
  });
  const end = (/** @type {unknown} */ reason) => {
    clearTimeout(timer);
    controller.abort(reason);
  };
  return [answer, end];
}

/**
 * Checks the answer by its shape, since a fetch from another realm, or from a library, returns its own class.
 * @param {any} answer
 * @param {number} most
 * @param {AbortSignal} signal
 * @param {Outcome} outcome
 */
async function take(answer, most, signal, outcome) {
  const { status, headers } = isObject(answer) ? answer : {};
  if (!(Number.isInteger(status) && status >= 0 && status < 1_000 && isObject(headers) && typeof headers.get === 'function' && typeof answer.arrayBuffer === 'function')) {
    throw new Odd('must resolve to a Response, with status, headers and arrayBuffer()');
  }
  outcome[0] = status;
  outcome[1] = headers;
  const { body: stream } = answer;
  const streams = isObject(stream) && typeof stream.getReader === 'function';
  if (answer.bodyUsed || (streams && stream.locked)) throw new Odd("must leave the Response's body unread: read that of response.clone()");
  const told = header(headers, 'content-length');
  const length = /^\d+$/.test(told ?? '') ? Number(told) : undefined;
  if (length !== undefined && length > most) throw new TooLarge();
  // If the body is compressed, its length does not tell how much comes out.
  const byChunk = streams && (length === undefined || header(headers, 'content-encoding') !== undefined);
  outcome[2] = byChunk ? await chunks(stream.getReader(), most, signal) : bytesOf(await answer.arrayBuffer(), most);
  outcome[5] = header(headers, 'content-type');
  outcome[6] = header(headers, 'date');
  outcome[7] = header(headers, 'retry-after');
}

/**
 * @param {any} reader
 * @param {number} most
 * @param {AbortSignal} signal
 */
async function chunks(reader, most, signal) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // A call that gave up reads no more.
      signal.throwIfAborted();
      if (done) break;
      const part = bytesOf(value, most - size);
      size += part.length;
      parts.push(part);
    }
  } catch (thrown) {
    // The rest is not needed; an error from the stream does not matter.
    (async () => reader.cancel())().catch(() => {});
    throw thrown;
  }
  return parts.length === 1 ? parts[0] : joined(parts, size);
}

/**
 * Returns the bytes of an ArrayBuffer or a view of one, from any realm.
 * @param {any} value
 * @param {number} most
 */
function bytesOf(value, most) {
  const length = isObject(value) ? value.byteLength : undefined;
  if (typeof length !== 'number') throw new Odd('must answer with bytes');
  if (length > most) throw new TooLarge();
  const bytes = new Uint8Array(value);
  if (bytes.length !== length) throw new Odd('must answer with bytes');
  return bytes;
}

/**
 * @param {any} headers
 * @param {string} name
 * @returns {string | undefined}
 */
function header(headers, name) {
  try {
    const value = headers.get(name);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} value @returns {value is any} */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
