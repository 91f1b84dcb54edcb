// Everybody who seals, each as somebody would write it who has read the platform's document: from a JavaScript object to
// the envelope's text, and back.

import { createCipheriv, createDecipheriv, createHash, randomUUID } from 'node:crypto';
import CryptoJS from 'crypto-js';
import forge from 'node-forge';
import * as aigobo from 'aigobo';

/** @typedef {import('aigobo').Credentials} Credentials */
/** @typedef {{ nonce?: string, timestamp?: number }} Stamp */
/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {(body: Record<string, any>, credentials: Credentials, stamp?: Stamp) => string} seal
 * @property {(body: Record<string, any>, secret: string) => string} sign
 * @property {(text: string, desKey: string) => string} encrypt
 * @property {(envelope: string, credentials: Credentials) => object} open
 */

/** How Java prints a nested value. @param {any} value @returns {string} */
function java(value) {
  if (Array.isArray(value)) return `[${value.map(java).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value).map(([name, item]) => `${name}=${java(item)}`).join(', ')}}`;
}

/** @param {any} value */
const empty = (value) => value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** @param {Record<string, any>} body */
function signingString(body) {
  const names = Object.keys(body).filter((name) => !empty(body[name])).sort();
  return names.map((name) => `${name}=${java(body[name])}`).join('&').toUpperCase();
}

/**
 * @param {string} name
 * @param {(text: string) => string} md5
 * @param {(text: string, key: string) => string} encrypt
 * @param {(base64: string, key: string) => string} decrypt
 * @returns {Contender}
 */
function byHand(name, md5, encrypt, decrypt) {
  const sign = (/** @type {Record<string, any>} */ body, /** @type {string} */ secret) => md5(md5(signingString(body) + secret));
  return {
    name, sign, encrypt,
    seal: (body, { accessToken, desKey, md5SecretKey }, { nonce = randomUUID(), timestamp = Date.now() } = {}) =>
      JSON.stringify({
        accessToken, ip: '127.0.0.1', nonce, requestBody: encrypt(JSON.stringify(body), desKey), sign: sign(body, md5SecretKey), timestamp, version: '1.0',
      }),
    open: (text, { accessToken, desKey, md5SecretKey }) => {
      const envelope = JSON.parse(text);
      if (envelope.accessToken !== accessToken || Math.abs(Date.now() - envelope.timestamp) > 300_000) throw new Error('refused');
      const body = JSON.parse(decrypt(envelope.requestBody, desKey));
      if (sign(body, md5SecretKey) !== envelope.sign) throw new Error('refused');
      return body;
    },
  };
}

/** @type {Contender} */
export const ours = {
  name: 'aigobo',
  seal: (body, credentials, stamp) => aigobo.sealText(body, credentials, stamp),
  sign: aigobo.sign,
  encrypt: aigobo.encrypt,
  open: (text, credentials) => aigobo.open(JSON.parse(text), credentials),
};

const { DES, MD5, enc, mode, pad } = CryptoJS;
const ecb = { mode: mode.ECB, padding: pad.Pkcs7 };
const cryptoJs = byHand(
  'crypto-js',
  (text) => MD5(text).toString(),
  (text, key) => DES.encrypt(text, enc.Utf8.parse(key), ecb).toString(),
  (base64, key) => DES.decrypt(base64, enc.Utf8.parse(key), ecb).toString(enc.Utf8),
);

/** @param {any} cipher @param {string} bytes */
function forged(cipher, bytes) {
  cipher.start({ iv: '' });
  cipher.update(forge.util.createBuffer(bytes));
  cipher.finish();
  return cipher.output;
}
const nodeForge = byHand(
  'node-forge',
  (text) => forge.md.md5.create().update(text, 'utf8').digest().toHex(),
  (text, key) => forge.util.encode64(forged(forge.cipher.createCipher('DES-ECB', key), forge.util.encodeUtf8(text)).getBytes()),
  (base64, key) => forged(forge.cipher.createDecipher('DES-ECB', key), forge.util.decode64(base64)).toString(),
);

// OpenSSL 3 has single DES only in its legacy provider, which Node does not load: DES is what triple DES becomes of one key
// three times.
/** @param {string} key */
const thrice = (key) => Buffer.from(key.repeat(3));
export const nodeCrypto = byHand(
  'node:crypto',
  (text) => createHash('md5').update(text).digest('hex'),
  (text, key) => {
    const cipher = createCipheriv('des-ede3-ecb', thrice(key), null);
    return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
  },
  (base64, key) => {
    const decipher = createDecipheriv('des-ede3-ecb', thrice(key), null);
    return decipher.update(base64, 'base64', 'utf8') + decipher.final('utf8');
  },
);

export const CONTENDERS = [ours, nodeCrypto, nodeForge, cryptoJs];

/**
 * That all of them do the same: the same text, and one another's envelopes open.
 * @param {Record<string, any>} body
 * @param {Credentials} credentials
 */
export function requireSame(body, credentials) {
  const stamp = { nonce: 'n-1', timestamp: Date.now() };
  const json = JSON.stringify(body);
  /** @param {Contender} one */
  const made = (one) => JSON.stringify([one.seal(body, credentials, stamp), one.sign(body, credentials.md5SecretKey), one.encrypt(json, credentials.desKey)]);
  const expected = made(ours);
  for (const one of CONTENDERS) {
    if (made(one) !== expected) throw new Error(`${one.name} does not make the same bytes`);
    if (JSON.stringify(one.open(ours.seal(body, credentials), credentials)) !== json) throw new Error(`${one.name} does not open the envelope`);
  }
}
