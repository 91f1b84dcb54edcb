// @ts-check
// One POST by the runtime's own fetch, or the caller's, and the whole answer, up to a bound. Here and not in the wasm,
// since each property that it looks at would be a crossing.

import { failureOf } from './common/system-failure.js';
import { isAigoboError } from './errors.js';

/**
 * What came of it, by place, as `src/wasm/fetch.rs` reads it: the status where that much came; the headers; the body's
 * bytes, or else nothing; what a fetch of the caller's own did that no fetch does; what was thrown, in a list; three headers;
 * what the system calls the failure; whether nothing was sent for certain.
 * @typedef {[status?: number, headers?: Headers, bytes?: Uint8Array, odd?: string, thrown?: [unknown], contentType?: string, date?: string, retryAfter?: string, code?: string, unsent?: boolean]} Outcome
 */

/** Thrown here alone: what is odd about an answer. */
class Odd extends Error {}
/** Thrown here alone: the body is larger than is read. */
class TooLarge extends Error {}

/**
 * The promise comes to nothing where the time is over; the function ends the exchange, whoever waits for it.
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
      // An envelope is for the gateway alone: a redirect is an answer, not a way.
      const answer = await run(fetch, url, { method: 'POST', headers, body, redirect: 'manual', signal });
      await take(answer, most, signal, outcome);
    } catch (thrown) {
      // Ours, by whose own word nothing was sent: the caller gets it as it is.
      if (isAigoboError(thrown) && thrown.attempts === 0) throw thrown;
      if (thrown instanceof Odd) outcome[3] = thrown.message;
      else if (!(thrown instanceof TooLarge)) {
        outcome[4] = [thrown];
        [outcome[8], outcome[9]] = failureOf(thrown);
      }
      // What is left of the body is not wanted.
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
 * By its looks, since a fetch from another realm, or from a library, answers with a class of its own.
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
  // Compressed, the length says nothing of what comes out.
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
      // Whoever gave up reads no more.
      signal.throwIfAborted();
      if (done) break;
      const part = bytesOf(value, most - size);
      size += part.length;
      parts.push(part);
    }
  } catch (thrown) {
    // What is left is not wanted; whether the stream minds does not matter.
    (async () => reader.cancel())().catch(() => {});
    throw thrown;
  }
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Bytes from an ArrayBuffer or a view of one, of whichever realm.
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
