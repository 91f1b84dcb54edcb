// @ts-check
// The package's error classes. The wasm throws plain objects that name their class; `AigoboError.from` turns
// them into these, so that `instanceof`, `cause` and a JavaScript stack work as everywhere else.

/**
 * What the wasm throws: the class's name and its fields.
 * @typedef {{ message: string, code: string, name?: string, retryable?: boolean, cause?: unknown, aigobo?: true, [field: string]: unknown }} Fields
 */

/** The guards recognise our errors by this, whichever copy of the package and whichever realm made them. */
const BRAND = Symbol.for('aigobo.error');

/** The base class of all errors of this package. */
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
   * The same error, as that of a call that could not begin.
   * @param {string} endpoint
   */
  during(endpoint) {
    const { message, code, retryable, ...fields } = this;
    const Class = /** @type {typeof AigoboError} */ (this.constructor);
    return new Class({ ...fields, code, retryable, message: `${endpoint}: ${message}`, endpoint, attempts: 0 });
  }

  /**
   * Returns what was thrown as an error of this package if it is ours, and anything else as it is.
   * @param {unknown} thrown
   * @param {(cause: any) => unknown} [clean] removes keys and people from what others threw; without it such a cause is not shown
   * @returns {unknown}
   */
  static from(thrown, clean = () => undefined) {
    const fields = /** @type {Fields | null} */ (typeof thrown === 'object' ? thrown : null);
    const Class = fields?.aigobo === true ? classes.get(fields.name ?? '') : undefined;
    if (!Class || !fields) return thrown;
    // Use `this`: bundlers rename a class that mentions its own name.
    const inner = this.from(fields.cause, clean);
    return new Class({ ...fields, cause: isAigoboError(inner) ? inner : clean(inner) });
  }
}

/** An option is missing or wrong: the programmer must act. `option` names it. */
export class ConfigError extends AigoboError {}
/** A request breaks the document's rules: `issues` holds every fault; nothing was sent. */
export class ValidationError extends AigoboError {}
/** No answer came. For a write it means that certainly nothing was sent; a write that may have been sent gets an OutcomeUnknownError. */
export class ConnectionError extends AigoboError {}
/** No complete answer came within `timeoutMs`: the outcome is unknown. */
export class TimeoutError extends AigoboError {}
/** The gateway's front answered instead of the gateway: `status`, and the beginning of its `body`. */
export class HttpError extends AigoboError {}
/** The platform said no: `gatewayCode`, `gatewayMessage`, `remedy`. */
export class GatewayError extends AigoboError {}
/** The platform broke its own contract: `path` in the reply. A write that throws it was carried out. */
export class ReplyError extends AigoboError {}
/** A write was sent and the platform's answer never came: find out before you send it again; `cause` says why. */
export class OutcomeUnknownError extends AigoboError {}
/** The wait for the quota would outlast the call, or its time was over; nothing was sent. */
export class RateLimitError extends AigoboError {}
/** `open` or `decrypt` refused: `code` tells which check failed. */
export class EnvelopeError extends AigoboError {}
/** A callback was refused: `code` tells which check failed. */
export class NotificationError extends AigoboError {}
/** A store shared by several processes did not answer, or refused; nothing was sent. */
export class StoreError extends AigoboError {}
/** The library itself failed. */
export class InternalError extends AigoboError {}

// The names are written out: bundlers rename classes, and `name` is part of the contract.
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
 * Returns a cause for JSON, with its own cause, which says who refused a connection.
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
