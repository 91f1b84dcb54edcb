// @ts-check
// Cleans what others threw, so that an error of this package can show it as its cause.

import { AigoboError } from './errors.js';

/** The only properties that a runtime's own error is known to have; any other may contain a request. */
const OF_SYSTEM = /^(stack|message|name|cause|code|errno|syscall|address|port|hostname)$/;

/** Said of what is no error, or cannot be read. */
const UNSHOWN = 'what was thrown cannot be shown';

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
    /** @type {string[]} */
    const all = [];
    if (collectError(cause, all) && cleaned === inner && mask(all.join('\n')) === all.join('\n')) return cause;
    // All at once: the request is searched for people each time.
    const said = typeof cause === 'string' ? cause : typeof message === 'string' ? message : UNSHOWN;
    const texts = [said, name, code, stack].map((text) => (typeof text === 'string' ? text.replaceAll('\0', '') : ''));
    const [text, called, coded, from = ''] = mask(texts.join('\0')).split('\0');
    const copy = new Error(text, cleaned === undefined ? undefined : { cause: cleaned });
    if (called) copy.name = called;
    copy.stack = from;
    return coded ? Object.assign(copy, { code: coded }) : copy;
  } catch {
    return new Error(UNSHOWN);
  }
}

/**
 * Collects every text in an error, except its cause. Returns false if some may be hidden in it, and for what is neither a runtime's own
 * error nor one of this package's classes.
 * @param {any} error
 * @param {string[]} texts
 */
function collectError(error, texts) {
  const above = Object.getPrototypeOf(Object(error));
  // A subclass of somebody else's may add anything, and so may what only has our mark.
  const ours = Object.getPrototypeOf(Object(above)) === AigoboError.prototype && Reflect.ownKeys(above).length === 2;
  const native = [Error, TypeError, RangeError, SyntaxError, ReferenceError].some((Class) => above === Class.prototype);
  return (ours || native) && Reflect.ownKeys(error).every((key) => {
    const name = String(key);
    texts.push(name);
    if (name === 'cause') return true;
    // Without the lines that only locate it: a file's path may look like a mail address.
    return (ours || OF_SYSTEM.test(name)) && collect(name === 'stack' ? error.stack.replace(/^ +at .*/gm, '') : error[key], texts);
  });
}

/**
 * Collects every text in a value. Returns false if some may be hidden in it.
 * @param {unknown} value
 * @param {string[]} texts
 * @returns {boolean}
 */
function collect(value, texts, depth = 0) {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && texts.push(String(value)) > 0;
  // A list of a class of its own may be written as anything.
  const plain = [Array.prototype, Object.prototype].includes(Object.getPrototypeOf(value));
  return plain && depth < 5 && Reflect.ownKeys(value).every((key) => texts.push(String(key)) > 0 && collect(/** @type {any} */ (value)[key], texts, depth + 1));
}
