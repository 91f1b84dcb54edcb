// @ts-check
// Checks of options for the entries beside the main one, whose errors they share.

import { ConfigError } from 'aigobo';

/**
 * @param {string} option
 * @param {string} message
 */
export function wrong(option, message) {
  return new ConfigError({ code: 'config', option, message: `${option}: ${message}` });
}

/**
 * An option never does nothing.
 * @param {unknown} options
 * @param {readonly string[]} known
 */
export function onlyKnown(options, known) {
  if (typeof options !== 'object' || options === null) throw wrong('options', 'must be an object');
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(unknown, `is not an option here; there are ${known.join(', ')}`);
}

/**
 * @param {string} option
 * @param {unknown} value
 * @returns {string}
 */
export function requireText(option, value) {
  if (value === undefined || value === '') throw wrong(option, 'is missing');
  if (typeof value !== 'string') throw wrong(option, `must be text, not ${value === null ? 'null' : typeof value}`);
  if (value.trim() !== value) throw wrong(option, 'has white space at its start or end; remove it');
  return value;
}

/**
 * @param {string} option
 * @param {unknown} value
 * @returns {number}
 */
export function requireWhole(option, value) {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw wrong(option, 'must be a whole number, 1 or more');
  return value;
}
