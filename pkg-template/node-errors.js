// @ts-check
// Node: the classes of the errors in a part of the main entry, which is handed the entry's own. What it would load by itself may be
// another copy: where a test resets its modules, as Jest can, a part that is loaded then would throw what is no error of the entry's.

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
