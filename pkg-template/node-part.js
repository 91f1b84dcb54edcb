// @ts-check
// Node: hands the error classes to a part of the main entry when it is loaded.

import { AigoboError, ConfigError, InternalError, ValidationError, isAigoboError } from './errors.js';

/**
 * @template {{ takeErrors: typeof import('./node-errors.js').takeErrors }} Part
 * @param {Part} part
 */
export function withErrors(part) {
  part.takeErrors({ AigoboError, ConfigError, InternalError, ValidationError, isAigoboError });
  return part;
}
