// @ts-check
// The doctor without a network. The wasm finds what is wrong. For shapes, units and errors see doctor.d.ts.

import { isAigoboError, isGatewayError } from 'aigobo';
import { onlyKnown, wrong } from '../common/options.js';
import { guard, ready } from '../sandbox/wasm.js';

/** @type {typeof import('../doctor.js').diagnose} */
export function diagnose(evidence, credentials, options) {
  const { now = Date.now(), lang = 'en', dialect = {} } = onlyKnown(options, ['now', 'lang', 'dialect']);
  if (!Number.isSafeInteger(now) || now < 0) throw wrong('now', 'must be a whole number of milliseconds since 1970');
  const shown = typeof evidence === 'string' ? { text: evidence } : evidence;
  for (const [name, error] of Object.entries({ evidence: shown, 'evidence.refusal': /** @type {any} */ (shown)?.refusal })) {
    if (isAigoboError(error) && !isGatewayError(error)) throw wrong(name, `is a ${error.name}, in which the platform refuses nothing; its own message says what to do`);
  }
  const [token, desKey, md5SecretKey] = keys(credentials);
  const texts = [toJson('evidence', shown, whole), toJson('dialect', dialect)];
  const [evidenceJson = '', dialectJson = ''] = texts;
  return JSON.parse(guard(() => ready().diagnose(evidenceJson, token, desKey, md5SecretKey, now, dialectJson, requireLanguage(lang))));
}

/** @type {typeof import('../doctor.js').difference} */
export function difference(a, b) {
  return JSON.parse(ready().difference(requireAny('a', a), requireAny('b', b)));
}

/** @type {typeof import('../doctor.js').explainText} */
export function explainText(explanation, options) {
  const { color = false, lang = 'en' } = onlyKnown(options, ['color', 'lang']);
  if (typeof color !== 'boolean') throw wrong('color', 'must be true or false');
  const text = toJson('explanation', explanation);
  return guard(() => ready().explainText(text, color, requireLanguage(lang)));
}

/**
 * The keys unchanged, including blanks around them, because those may be what is wrong.
 * @param {Partial<import('../index.js').Credentials>} credentials
 * @returns {[string, string, string]}
 */
function keys(credentials) {
  const { accessToken = '', desKey = '', md5SecretKey = '' } = credentials ?? {};
  return [requireAny('accessToken', accessToken), requireAny('desKey', desKey), requireAny('md5SecretKey', md5SecretKey)];
}

/**
 * @param {string} option
 * @param {unknown} value
 * @returns {string}
 */
function requireAny(option, value) {
  if (typeof value !== 'string') throw wrong(option, `must be text, not ${value === null ? 'null' : typeof value}`);
  return value;
}

/**
 * @param {string} lang
 * @returns {string}
 */
function requireLanguage(lang) {
  return requireAny('lang', lang);
}

/** Half a character, left where a log was cut, cannot be passed to the wasm. @param {string} _ @param {unknown} value */
function whole(_, value) {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
}

/**
 * An object as JSON text, in the order of its own keys.
 * @param {string} option
 * @param {unknown} value
 * @param {(name: string, value: unknown) => unknown} [change]
 * @returns {string}
 */
function toJson(option, value, change) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(option, option === 'evidence' ? 'must be text or an object' : 'must be an object');
  try {
    return JSON.stringify(value, change);
  } catch (error) {
    throw wrong(option, `is no JSON: ${/** @type {Error} */ (error).message.split('\n')[0]}`);
  }
}
