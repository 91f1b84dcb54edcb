// @ts-check
// Node: the error classes of the main entry where that is CommonJS. They are a tenth of the entry, and most processes throw none of them: so
// they are in a file of their own. Where the entry's code throws one, it makes it by a function of that name.

import { errors } from './node-beside.js';

/** @typedef {import('./errors.js').Fields} Fields */

export const AigoboError = {
  /** @param {unknown} thrown */
  from: (thrown) => errors().AigoboError.from(thrown),
};

/** @param {Fields} fields */
export function ConfigError(fields) {
  return new (errors().ConfigError)(fields);
}

/** @param {Fields} fields */
export function InternalError(fields) {
  return new (errors().InternalError)(fields);
}

/** @param {Fields} fields */
export function ValidationError(fields) {
  return new (errors().ValidationError)(fields);
}

/** @type {typeof import('./index.js').isAigoboError} */
export const isAigoboError = /** @type {any} */ ((/** @type {unknown} */ error) => errors().isAigoboError(error));

/** @type {typeof import('./index.js').isGatewayError} */
export const isGatewayError = /** @type {any} */ (
  (/** @type {unknown} */ error, /** @type {any} */ gatewayCode) => errors().isGatewayError(error, gatewayCode)
);

/**
 * Hands the classes to a part of the entry when it is loaded.
 * @template {{ takeErrors: typeof import('./node-errors.js').takeErrors }} Part
 * @param {Part} part
 */
export function withErrors(part) {
  part.takeErrors(errors());
  return part;
}
