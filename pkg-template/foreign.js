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
    if (ours || (cause instanceof Error && isOfSystem(cause))) {
      const all = ours ? JSON.stringify([cause, stack]) : Object.getOwnPropertyNames(cause).map((key) => (key === 'cause' ? '' : String(/** @type {any} */ (cause)[key]))).join('\n');
      if (cleaned === inner && mask(all) === all) return cause;
    }
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

/** @param {Error} error */
function isOfSystem(error) {
  const native = [Error, TypeError, RangeError, SyntaxError, ReferenceError].some((Class) => Object.getPrototypeOf(error) === Class.prototype);
  return native && Reflect.ownKeys(error).every((key) => {
    const value = /** @type {any} */ (error)[key];
    return OF_SYSTEM.has(/** @type {string} */ (key)) && (key === 'cause' || (typeof value !== 'object' && typeof value !== 'function'));
  });
}
