// @ts-check
// Objects cross into the wasm as JSON text, in the order of their own keys, which is the order that is signed.

import { kindOf, whyNotPlain } from './common/plain.js';
import { ConfigError, ValidationError } from './errors.js';

/**
 * Returns a body or request as JSON text.
 * @param {unknown} given
 * @returns {string}
 */
export function bodyToJson(given) {
  const body = asWritten(given);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('', `must be an object, not ${kindOf(body)}`);
  }
  const text = stringify(given, (message) => invalid('', message));
  // JSON has no NaN: it would silently become null and be left out. The walk is needed only if the text has a null. (The rarest
  // letters first: engines look for the first letter, and n is in nearly every name of the wire.)
  if (text.includes('ll') && text.includes('null')) requireKept(body, '', 0);
  return text;
}

/** The value that JSON writes for it. @param {any} value */
function asWritten(value) {
  return typeof value?.toJSON === 'function' ? value.toJSON() : value;
}

/** Returns the text that the wasm answered with; throws an answer of any other type. @param {unknown} answer @returns {string} */
export function textOf(answer) {
  if (typeof answer !== 'string') throw answer;
  return answer;
}

/**
 * Returns options as JSON text, or undefined.
 * @param {string} option
 * @param {unknown} value
 * @param {readonly string[]} [known] the known names; the wasm says of any other that there is no such option
 * @returns {string | undefined}
 */
export function optionToJson(option, value, known) {
  if (value === undefined || value === null) return undefined;
  const entries = Object.entries(requirePlain(option, value)).map(([name, item]) => {
    if (known?.includes(name) === false) return [name, null];
    requireJson(name, item, 0);
    return [name, item];
  });
  return stringify(Object.fromEntries(entries), (message) => wrongOption(option, message));
}

/**
 * Requires an object of options.
 * @template T
 * @param {string} option
 * @param {T} value
 * @returns {T & object}
 */
export function requirePlain(option, value) {
  const why = whyNotPlain(value);
  if (why) throw wrongOption(option, why);
  return /** @type {T & object} */ (value);
}

/**
 * Returns the options of a function; null means none. Refuses an unknown option: an option never does nothing.
 * @template {object} T
 * @param {T | null | undefined} options
 * @param {readonly string[]} known
 * @returns {T | Partial<T>}
 */
export function onlyKnown(options, known) {
  if (options === undefined || options === null) return {};
  const entries = Object.entries(requirePlain('options', options));
  const unknown = entries.find(([name]) => !known.includes(name));
  if (unknown) throw wrongOption(unknown[0], `is not an option here; there are ${known.join(', ')}`);
  return /** @type {Partial<T>} */ (Object.fromEntries(entries.filter(([, value]) => value !== null)));
}

/**
 * Requires a text: the glue would turn undefined into an engine's TypeError that does not name the option.
 * @param {string} option
 * @param {unknown} value
 * @returns {string}
 */
export function requireText(option, value) {
  if (typeof value !== 'string') throw wrongOption(option, `must be text, not ${kindOf(value)}`);
  return value;
}

/**
 * @param {import('./index.js').Credentials} credentials
 * @returns {[string, string, string]}
 */
export function keys(credentials) {
  const { accessToken, desKey, md5SecretKey } = credentials ?? {};
  return [requireText('accessToken', accessToken), requireText('desKey', desKey), requireText('md5SecretKey', md5SecretKey)];
}

/** The wasm reads nothing that is nested deeper, and an object that contains itself has no end. */
const DEEPEST = 32;

/**
 * Refuses NaN and functions, which JSON does not have: they would become null, or nothing, and an option never does nothing.
 * @param {string} name
 * @param {unknown} value
 * @param {number} depth
 */
function requireJson(name, value, depth) {
  if (depth > DEEPEST) throw wrongOption(name.split('.')[0] ?? '', 'holds itself, or is nested too deeply');
  if (typeof value === 'number' && !Number.isFinite(value)) throw wrongOption(name, `must be a finite number, not ${value}`);
  if (typeof value === 'function' || typeof value === 'symbol') throw wrongOption(name, `must not be a ${typeof value}`);
  if (typeof value === 'bigint') throw wrongOption(name, 'must be a number, not a BigInt');
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof URL) throw wrongOption(name, 'must be text, not a URL: pass its href');
  for (const [inner, item] of Object.entries(Array.isArray(value) ? value : requirePlain(name, value))) requireJson(`${name}.${inner}`, item, depth + 1);
}

/**
 * Makes a ConfigError about one option.
 * @param {string} option
 * @param {string} message
 */
export function wrongOption(option, message) {
  return new ConfigError({ code: 'config', option, message: `${option}: ${message}` });
}

/**
 * @param {unknown} value
 * @param {(message: string) => Error} fail
 */
function stringify(value, fail) {
  try {
    return JSON.stringify(value);
  } catch {
    // The engine's own message would name the caller's properties.
    throw fail('holds a BigInt or itself, or is nested too deeply');
  }
}

/**
 * Walks as `JSON.stringify` does, and knows the path to name. The wasm refuses what is nested too deeply.
 * @param {unknown} value
 * @param {string} path
 * @param {number} depth
 */
function requireKept(value, path, depth) {
  if (typeof value === 'number' && !Number.isFinite(value)) throw invalid(path, 'must be a finite number');
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  for (const [key, item] of Object.entries(value)) {
    // As the wasm tells a field's name from a person's.
    const name = /^(?!(.*\d){5})[\w.-]*$/.test(key) ? key : '***';
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? name : `${path}.${name}`;
    const written = asWritten(item);
    if (written === null && item !== null) throw invalid(at, 'must be a valid date');
    requireKept(written, at, depth + 1);
  }
}

/**
 * @param {string} path
 * @param {string} message
 */
function invalid(path, message) {
  const issues = [{ path, rule: 'type', message, label: '' }];
  return new ValidationError({ code: 'validation', message: `nothing was sent: ${path || 'the body'} ${message}`, issues });
}
