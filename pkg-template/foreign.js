// @ts-check
// Cleans what others threw, so that an error of this package can show it as its cause.

/** The only properties that a runtime's own error is known to have; any other may contain a request. */
const OF_SYSTEM = new Set(['stack', 'message', 'name', 'cause', 'code', 'errno', 'syscall', 'address', 'port', 'hostname']);

/**
 * Cleans a foreign cause: returns a runtime's own error as it is if it contains no key, and anything else as an error that says the same
 * without keys. (A message may quote the address, which contains the accessToken in the `query` dialect; many fetch
 * libraries attach the whole request to their errors.)
 * @param {unknown} cause
 * @param {(text: string) => string} mask
 * @returns {unknown}
 */
export function withoutKeys(cause, mask, depth = 0) {
  if (cause === undefined) return undefined;
  try {
    const { name, message, stack, code, cause: inner } = /** @type {any} */ (Object(cause));
    const clean = depth < 5 ? withoutKeys(inner, mask, depth + 1) : undefined;
    const said = Object.getOwnPropertyNames(cause).map((key) => (key === 'cause' ? '' : String(/** @type {any} */ (cause)[key]))).join('\n');
    if (cause instanceof Error && isOfSystem(cause) && clean === inner && mask(said) === said) return cause;
    const text = typeof cause === 'string' ? cause : message;
    const copy = new Error(typeof text === 'string' ? mask(text) : 'what was thrown is no error', clean === undefined ? undefined : { cause: clean });
    if (typeof name === 'string') copy.name = mask(name);
    copy.stack = typeof stack === 'string' ? mask(stack) : '';
    return typeof code === 'string' ? Object.assign(copy, { code: mask(code) }) : copy;
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
