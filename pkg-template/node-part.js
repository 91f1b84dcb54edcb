// @ts-check
// Node: what loads a part of the main entry hands it the classes of the errors.

import { AigoboError, ConfigError, InternalError, ValidationError, isAigoboError } from './errors.js';

/**
 * @template {{ takeErrors: typeof import('./node-errors.js').takeErrors }} Part
 * @param {Part} part
 */
export function withErrors(part) {
  part.takeErrors({ AigoboError, ConfigError, InternalError, ValidationError, isAigoboError });
  return part;
}
