// @ts-check
// Checks the options of the secondary entries, which share the main entry's errors.

import { ConfigError } from 'aigobo';
import { kindOf, whyNotPlain } from './plain.js';

/**
 * @param {string} option
 * @param {string} message
 * @param {unknown} [cause]
 */
export function wrong(option, message, cause) {
  return new ConfigError({ code: 'config', option, message: `${option}: ${message}`, cause });
}

/**
 * The options, treated as by the main entry: null counts as not given, and an unknown option is refused, so that no
 * option is silently ignored.
 * @template {object} T
 * @param {T | null | undefined} options
 * @param {readonly string[]} known
 * @returns {T}
 */
export function onlyKnown(options, known) {
  const given = withoutNull(options);
  const unknown = Object.keys(options ?? {}).find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(unknown, `is not an option here; there are ${known.join(', ')}`);
  return given;
}

/**
 * @template {object} T
 * @param {T | null | undefined} options
 * @returns {T}
 */
export function withoutNull(options) {
  const given = options ?? {};
  const why = whyNotPlain(given);
  if (why) throw wrong('options', why);
  return /** @type {T} */ (Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)));
}

/**
 * Requires a text that will do as it is. (Of the main entry's texts the wasm judges the content.)
 * @param {string} option
 * @param {unknown} value
 * @returns {string}
 */
export function requireText(option, value) {
  if (value === undefined || value === '') throw wrong(option, 'is missing');
  if (typeof value !== 'string') throw wrong(option, `must be text, not ${kindOf(value)}`);
  if (value.trim() !== value) throw wrong(option, 'has white space at its start or end; remove it');
  return value;
}

/**
 * @param {string} option
 * @param {unknown} value
 * @param {number} [most]
 * @returns {number}
 */
export function requireWhole(option, value, most = Number.MAX_SAFE_INTEGER) {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > most) {
    throw wrong(option, `must be a whole number, ${most === Number.MAX_SAFE_INTEGER ? '1 or more' : `from 1 to ${most}`}`);
  }
  return value;
}
