// @ts-check
// The envelope's functions: sign, encrypt, seal and back. index.d.ts describes shapes, units and errors. They read the caller's objects
// before they enter the wasm, where a RangeError counts as a trap.

import { bodyToJson, keys, onlyKnown, optionToJson, requirePlain, requireText, textOf, wrongOption } from './json.js';
import { withWasm } from './runtime.js';

/** @typedef {import('./index.js').Credentials} Credentials */

/** @type {typeof import('./index.js').signingString} */
export function signingString(body, dialect) {
  const args = [bodyToJson(body), optionToJson('dialect', dialect)];
  return withWasm((wasm) => textOf(wasm.signingString(args)));
}

/** @type {typeof import('./index.js').sign} */
export function sign(body, md5SecretKey, dialect) {
  const text = bodyToJson(body);
  const args = [requireText('md5SecretKey', md5SecretKey), optionToJson('dialect', dialect)];
  return withWasm((wasm) => textOf(wasm.sign(text, args)));
}

/** @type {typeof import('./index.js').encrypt} */
export function encrypt(text, desKey) {
  return withWasm((wasm) => textOf(wasm.encrypt(requireText('text', text), [requireText('desKey', desKey)])));
}

/** @type {typeof import('./index.js').decrypt} */
export function decrypt(base64, desKey) {
  return withWasm((wasm) => textOf(wasm.decrypt(requireText('base64', base64), [requireText('desKey', desKey)])));
}

/** @type {typeof import('./index.js').seal} */
export function seal(body, credentials, options) {
  const text = bodyToJson(body);
  const { nonce, timestamp, ip = '127.0.0.1', dialect, told } = stampOf(options);
  return withWasm((wasm) => {
    const sealed = withKeys(wasm, credentials, told, (keys) => textOf(wasm.seal(keys, text, nonce === undefined)));
    return {
      accessToken: credentials.accessToken, ip, nonce: nonce ?? sealed.slice(-32),
      requestBody: sealed.slice(32, nonce === undefined ? -32 : undefined), sign: sealed.slice(0, 32), timestamp, version: dialect?.version ?? '1.0',
    };
  });
}

/** @type {typeof import('./index.js').sealText} */
export function sealText(body, credentials, options) {
  const text = bodyToJson(body);
  const { nonce, timestamp, ip, told } = stampOf(options);
  return withWasm((wasm) => withKeys(wasm, credentials, told, (keys) => textOf(wasm.sealText(keys, text, timestamp, nonce, ip))));
}

/** @param {Parameters<typeof seal>[2]} options */
function stampOf(options) {
  const { nonce, timestamp = Date.now(), ip, dialect } = onlyKnown(options, ['nonce', 'timestamp', 'ip', 'dialect']);
  requireNumber('timestamp', timestamp);
  if (ip !== undefined) requireText('ip', ip);
  if (nonce !== undefined && (requireText('nonce', nonce) === '' || nonce.length > 64)) {
    throw wrongOption('nonce', 'must have 1 to 64 characters');
  }
  return { nonce, timestamp, ip, dialect, told: optionToJson('dialect', dialect) };
}

/** @type {typeof import('./index.js').open} */
export function open(envelope, credentials, options) {
  const { now = Date.now(), maxAgeMs, dialect } = onlyKnown(options, ['now', 'maxAgeMs', 'dialect']);
  requireNumber('now', now);
  requireNumber('maxAgeMs', maxAgeMs);
  const told = optionToJson('dialect', dialect);
  const text = isWhole(envelope) ? undefined : (optionToJson('envelope', envelope) ?? '{}');
  return withWasm((wasm) => {
    const whole = text === undefined ? envelope : JSON.parse(textOf(wasm.envelope([text])));
    const { accessToken, requestBody, sign, timestamp } = whole;
    return JSON.parse(withKeys(wasm, credentials, told, (keys) => textOf(wasm.open(keys, requestBody, [accessToken, sign, timestamp, now, maxAgeMs]))));
  });
}

/** Whether it is as `seal` makes it or as it arrives: nothing in it needs correcting or reporting. @param {any} envelope */
function isWhole(envelope) {
  if (typeof envelope !== 'object' || envelope === null) return false;
  const { accessToken, nonce, requestBody, sign, timestamp, version } = requirePlain('envelope', envelope);
  return [accessToken, nonce, requestBody, sign, version].every((text) => typeof text === 'string' && text !== '') && nonce.length <= 64 && Number.isSafeInteger(timestamp);
}

/** @typedef {import('./runtime.js').Wasm} Wasm */
/** @typedef {InstanceType<Wasm['Keys']>} Keys */
/** @typedef {{ wasm: Wasm, texts: (string | undefined)[], read: Keys }} Kept */

/** The keys that were read, by the object they came in; undefined for an object that came only once so far. @type {WeakMap<object, Kept | undefined>} */
const kept = new WeakMap();

/**
 * Reads keys once if their object comes again, otherwise for one use. Kept keys are wiped when their object is collected.
 * @template T
 * @param {Wasm} wasm
 * @param {Credentials} credentials
 * @param {string | undefined} told the dialect
 * @param {(read: Keys) => T} use
 * @returns {T}
 */
function withKeys(wasm, credentials, told, use) {
  const known = kept.get(credentials);
  if (known?.wasm === wasm) {
    const [accessToken, desKey, md5SecretKey, dialectText] = known.texts;
    // Compare them one by one: a list of them would take a hundredth of a small envelope's time.
    if (credentials.accessToken === accessToken && credentials.desKey === desKey && credentials.md5SecretKey === md5SecretKey && told === dialectText) return use(known.read);
  }
  const texts = [...keys(credentials), told];
  const read = new wasm.Keys(texts);
  if (known?.wasm === wasm) known.read.free();
  if (kept.has(credentials)) {
    kept.set(credentials, { wasm, texts, read });
    return use(read);
  }
  kept.set(credentials, undefined);
  try {
    return use(read);
  } finally {
    read.free();
  }
}

/**
 * @param {string} option
 * @param {unknown} value
 */
function requireNumber(option, value) {
  if (value !== undefined && !(Number.isSafeInteger(value) && Number(value) >= 0)) {
    throw wrongOption(option, 'must be a whole number of milliseconds, 0 or more');
  }
}
