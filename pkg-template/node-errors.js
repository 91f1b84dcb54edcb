// @ts-check
// Node: the error classes in a part of the main entry, which receives the entry's own. A copy that it loaded by itself might be
// another one: when a test resets its modules, as Jest can, a part loaded then would throw errors that are not the entry's.

/** @typedef {Pick<typeof import('./errors.js'), 'AigoboError' | 'ConfigError' | 'InternalError' | 'ValidationError' | 'isAigoboError'>} Errors */

/** @type {Errors['AigoboError']} */
export let AigoboError;
/** @type {Errors['ConfigError']} */
export let ConfigError;
/** @type {Errors['InternalError']} */
export let InternalError;
/** @type {Errors['ValidationError']} */
export let ValidationError;
/** @type {Errors['isAigoboError']} */
export let isAigoboError;

/** @param {Errors} errors the entry's */
export function takeErrors(errors) {
  ({ AigoboError, ConfigError, InternalError, ValidationError, isAigoboError } = errors);
}
