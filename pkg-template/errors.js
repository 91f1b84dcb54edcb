// @ts-check
// The package's error classes. The wasm throws plain objects that name their class; `AigoboError.from` turns
// them into these, so that `instanceof`, `cause` and a JavaScript stack work as everywhere else.

/**
 * What the wasm throws: the class's name and its fields.
 * @typedef {{ message: string, code: string, name?: string, retryable?: boolean, cause?: unknown, aigobo?: true, [field: string]: unknown }} Fields
 */

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

  /**
   * What was thrown, as an error of this package where it is ours; anything else as it is.
   * @param {unknown} thrown
   * @returns {unknown}
   */
  static from(thrown) {
    if (thrown instanceof WebAssembly.RuntimeError) {
      const message = 'the library itself failed; this is a defect of it, please report it with the stack of cause';
      return new InternalError({ code: 'internal', message, cause: thrown });
    }
    const fields = /** @type {Fields | null} */ (typeof thrown === 'object' ? thrown : null);
    const Class = fields?.aigobo === true ? classes.get(fields.name ?? '') : undefined;
    return Class && fields ? new Class(fields) : thrown;
  }
}

/** An option is missing or wrong: the programmer must act. `option` names it. */
export class ConfigError extends AigoboError {}
/** A request breaks the document's rules: `issues` holds every fault; nothing was sent. */
export class ValidationError extends AigoboError {}
/** No answer came: nothing is known of the outcome. */
export class ConnectionError extends AigoboError {}
/** The gateway's front answered instead of the gateway: `status`, and the beginning of its `body`. */
export class HttpError extends AigoboError {}
/** The platform said no: `gatewayCode`, `gatewayMessage`, `remedy`. */
export class GatewayError extends AigoboError {}
/** The platform broke its own contract: `path` in the reply. */
export class ReplyError extends AigoboError {}
/** `open` or `decrypt` refused: `code` tells which check failed. */
export class EnvelopeError extends AigoboError {}
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
    HttpError,
    GatewayError,
    ReplyError,
    EnvelopeError,
    InternalError,
  }),
);
for (const [name, Class] of classes) {
  Object.defineProperty(Class.prototype, 'name', { value: name, configurable: true, writable: true });
}
