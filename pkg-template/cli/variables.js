// @ts-check
// The parts of an account besides its keys, which no flag takes, and the name of each for whoever sets it.

import { KEYS, variableOf } from '../common/account.js';

/** Set in the environment or by flags. */
export const CODES = /** @type {const} */ (['distrCode', 'employeeCode', 'invitateCode', 'environment', 'baseUrl']);

/** Whoever set it knows it by this name and not by the library's. @param {string} option */
export function settingOf(option) {
  if (KEYS.some((key) => key === option)) return variableOf(option);
  if (CODES.some((code) => code === option)) return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} / ${variableOf(option)}`;
  return undefined;
}
