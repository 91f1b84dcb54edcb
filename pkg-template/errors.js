// @ts-check
// The package's error classes. The wasm throws plain objects that name their class; `AigoboError.from` turns
// them into these, so that `instanceof`, `cause` and a JavaScript stack work as everywhere else.

/**
 * What the wasm throws: the class's name and its fields.
 * @typedef {{ message: string, code: string, name?: string, retryable?: boolean, cause?: unknown, aigobo?: true, [field: string]: unknown }} Fields
 */

/** By this the guards know our errors whichever copy of the package, and whichever realm, made them. */
const BRAND = Symbol.for('aigobo.error');

/** The base of all errors of this package. */
export class AigoboError extends Error {
  /** @param {Fields} fields */
  constructor({ message, code, retryable = false, cause, aigobo, name, ...rest }) {
    super(message, cause === undefined ? undefined : { cause });
    /** @type {string} */
    this.code = code;
    /** @type {boolean} */
    this.retryable = retryable;
    Object.assign(this, rest);
  }

  /** For `JSON.stringify`, which would leave out the name and the message, and say nothing of a foreign cause. */
  toJSON() {
    const { name, message, cause, ...fields } = this;
    return { name, message, ...fields, ...(cause === undefined ? {} : { cause: plain(cause) }) };
  }

  /**
   * The same of a call that could not begin.
   * @param {string} endpoint
   */
  during(endpoint) {
    const { message, code, retryable, ...fields } = this;
    const Class = /** @type {typeof AigoboError} */ (this.constructor);
    return new Class({ ...fields, code, retryable, message: `${endpoint}: ${message}`, endpoint, attempts: 0 });
  }

  /**
   * What was thrown, as an error of this package where it is ours; anything else as it is.
   * @param {unknown} thrown
   * @param {(text: string) => string} [mask] hides the keys in what others threw
   * @returns {unknown}
   */
  static from(thrown, mask = (text) => text) {
    const fields = /** @type {Fields | null} */ (typeof thrown === 'object' ? thrown : null);
    const Class = fields?.aigobo === true ? classes.get(fields.name ?? '') : undefined;
    if (!Class || !fields) return thrown;
    // Of `this`: a class in which its own name stands gets another one from bundlers.
    const inner = this.from(fields.cause, mask);
    return new Class({ ...fields, cause: isAigoboError(inner) ? inner : withoutKeys(inner, mask) });
  }
}

/** An option is missing or wrong: the programmer must act. `option` names it. */
export class ConfigError extends AigoboError {}
/** A request breaks the document's rules: `issues` holds every fault; nothing was sent. */
export class ValidationError extends AigoboError {}
/** No answer came: nothing is known of the outcome. */
export class ConnectionError extends AigoboError {}
/** No complete answer came within `timeoutMs`: nothing is known of the outcome. */
export class TimeoutError extends AigoboError {}
/** The gateway's front answered instead of the gateway: `status`, and the beginning of its `body`. */
export class HttpError extends AigoboError {}
/** The platform said no: `gatewayCode`, `gatewayMessage`, `remedy`. */
export class GatewayError extends AigoboError {}
/** The platform broke its own contract: `path` in the reply. */
export class ReplyError extends AigoboError {}
/** A write was sent and the platform's answer never came: ask before doing it again; `cause` says why. */
export class OutcomeUnknownError extends AigoboError {}
/** The wait for the quota would outlast the call; nothing was sent. */
export class RateLimitError extends AigoboError {}
/** `open` or `decrypt` refused: `code` tells which check failed. */
export class EnvelopeError extends AigoboError {}
/** A callback was refused: `code` tells which check failed. */
export class NotificationError extends AigoboError {}
/** A store shared by several processes did not answer; nothing was sent. */
export class StoreError extends AigoboError {}
/** The library itself failed. */
export class InternalError extends AigoboError {}

// Names written out: bundlers rename classes, and `name` is part of the contract.
/** @type {Map<string, typeof AigoboError>} */
const classes = new Map(
  Object.entries({
    AigoboError,
    ConfigError,
    ValidationError,
    ConnectionError,
    TimeoutError,
    HttpError,
    GatewayError,
    ReplyError,
    OutcomeUnknownError,
    RateLimitError,
    EnvelopeError,
    NotificationError,
    StoreError,
    InternalError,
  }),
);
for (const [name, Class] of classes) {
  Object.defineProperty(Class.prototype, 'name', { value: name, configurable: true, writable: true });
}
Object.defineProperty(AigoboError.prototype, BRAND, { value: true });

/** @type {typeof import('./index.js').isAigoboError} */
export const isAigoboError = /** @type {any} */ (
  (/** @type {unknown} */ error) => typeof error === 'object' && error !== null && BRAND in error
);

/** @type {typeof import('./index.js').isGatewayError} */
export const isGatewayError = /** @type {any} */ (
  (/** @type {any} */ error, /** @type {string | undefined} */ gatewayCode) =>
    isAigoboError(error) && error.name === 'GatewayError' && (gatewayCode === undefined || error.code === `gateway.${gatewayCode}`)
);

/**
 * A cause for JSON: who refused a connection stands in the cause of a cause.
 * @param {unknown} cause
 * @returns {unknown}
 */
function plain(cause, depth = 0) {
  if (isAigoboError(cause)) return cause.toJSON();
  if (typeof cause === 'bigint' || typeof cause === 'symbol') return String(cause);
  if (!(cause instanceof Error) || depth > 5) return cause;
  const { name, message, code, cause: inner } = /** @type {Error & { code?: unknown }} */ (cause);
  return { name, message, ...(code === undefined ? {} : { code }), ...(inner === undefined ? {} : { cause: plain(inner, depth + 1) }) };
}

/** All that a runtime's own error is known to carry; anything else may hold a request. */
const OF_SYSTEM = new Set(['stack', 'message', 'name', 'cause', 'code', 'errno', 'syscall', 'address', 'port', 'hostname']);

/**
 * A foreign cause: a runtime's own error as it is where no key is in it, anything else as an error that says the same
 * without. (A message may quote the address, which holds the accessToken in the `query` dialect; many a fetch hangs the
 * whole request on its errors.)
 * @param {unknown} cause
 * @param {(text: string) => string} mask
 * @returns {unknown}
 */
function withoutKeys(cause, mask, depth = 0) {
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
