// @ts-check
// Cleans what others threw, so that an error of this package can show it as its cause.

import { isAigoboError } from './errors.js';

/** The only properties that a runtime's own error is known to have; any other may contain a request. */
const OF_SYSTEM = new Set(['stack', 'message', 'name', 'cause', 'code', 'errno', 'syscall', 'address', 'port', 'hostname']);

/**
 * Cleans a foreign cause: returns a runtime's own error and one of this package as it is if it contains no key and nobody, and anything
 * else as an error that says the same without them. (A message may quote the address, which contains the accessToken in the `query` dialect; many fetch
 * libraries attach the whole request to their errors.)
 * @param {unknown} cause
 * @param {(text: string) => string} mask
 * @returns {unknown}
 */
export function clean(cause, mask, depth = 0) {
  try {
    if (cause === undefined) return undefined;
    const { name, message, stack, code, cause: inner } = /** @type {any} */ (Object(cause));
    const cleaned = depth < 5 ? clean(inner, mask, depth + 1) : undefined;
    const ours = isAigoboError(cause);
    /** @type {string[]} */
    const all = [];
    // The stack of an error of ours adds only places to its message.
    const seen = (ours || isOfSystem(cause)) && Reflect.ownKeys(Object(cause)).every((key) => key === 'cause' || (ours && key === 'stack') || collect(/** @type {any} */ (cause)[key], all));
    if (seen && cleaned === inner && mask(all.join('\n')) === all.join('\n')) return cause;
    // All at once: the request is searched for people each time.
    const said = typeof cause === 'string' ? cause : typeof message === 'string' ? message : 'what was thrown is no error';
    const texts = [said, name, code, stack].map((text) => (typeof text === 'string' ? text.replaceAll('\0', '') : ''));
    const [text, called, coded, from = ''] = mask(texts.join('\0')).split('\0');
    const copy = new Error(text, cleaned === undefined ? undefined : { cause: cleaned });
    if (called) copy.name = called;
    copy.stack = from;
    return coded ? Object.assign(copy, { code: coded }) : copy;
  } catch {
    return new Error('what was thrown cannot be read');
  }
}

/**
 * Collects every text in a value. Returns false if some may be hidden in it.
 * @param {unknown} value
 * @param {string[]} texts
 * @returns {boolean}
 */
function collect(value, texts, depth = 0) {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && texts.push(String(value)) > 0;
  const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return plain && depth < 5 && Reflect.ownKeys(value).every((key) => texts.push(String(key)) > 0 && collect(/** @type {any} */ (value)[key], texts, depth + 1));
}

/** @param {any} error */
function isOfSystem(error) {
  const native = [Error, TypeError, RangeError, SyntaxError, ReferenceError].some((Class) => Object.getPrototypeOf(Object(error)) === Class.prototype);
  return native && Reflect.ownKeys(error).every((key) => OF_SYSTEM.has(/** @type {string} */ (key)));
}
