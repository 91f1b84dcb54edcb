// @ts-check
// The addresses given with a pre-order. The platform signs nothing, so only the token in the address distinguishes its
// callback from anybody else's.

import { onlyKnown, requireText, wrong } from '../common/options.js';

/** @typedef {import('../notifications.js').Addressed} Addressed */

/** In the document's order. */
export const KINDS = /** @type {const} */ (['deliver', 'return', 'refund']);

/** The document's limit, in characters. */
const LONGEST = 512;

/** The shortest secret, in characters. */
const SHORTEST = 16;

/** @type {typeof import('../notifications.js').notifyUrls} */
export function notifyUrls(options) {
  const urls = make(options);
  // Spreading a promise adds nothing: `...notifyUrls(…)` would add no address and report no error.
  Object.defineProperty(urls, 'deliverNotifyUrl', {
    enumerable: true,
    get() {
      throw wrong('notifyUrls', 'gives a promise: ...(await notifyUrls(…))');
    },
  });
  return urls;
}

/** @type {typeof import('../notifications.js').notifyUrls} */
async function make(options) {
  const { base, secret, memberId, outSerialNo } = onlyKnown(options, ['base', 'secret', 'memberId', 'outSerialNo']);
  const [signing = ''] = requireSecrets(secret);
  requireText('memberId', memberId);
  requireText('outSerialNo', outSerialNo);
  const key = await importKey(signing);
  const urls = await Promise.all(
    KINDS.map(async (kind) => {
      const url = baseUrl(base);
      const token = await crypto.subtle.sign('HMAC', key, message({ kind, memberId, outSerialNo }));
      const parameters = { kind, memberId, outSerialNo, token: toBase64Url(new Uint8Array(token)) };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      if (url.href.length > LONGEST) {
        throw wrong('base', `makes an address of ${url.href.length} characters, and the platform takes ${LONGEST}: shorten it by ${url.href.length - LONGEST}`);
      }
      return url.href;
    }),
  );
  const [deliverNotifyUrl = '', returnNotifyUrl = '', refundNotifyUrl = ''] = urls;
  return { deliverNotifyUrl, returnNotifyUrl, refundNotifyUrl };
}

/**
 * What an address says about itself, if its token is right.
 * @param {URL} url
 * @param {readonly CryptoKey[]} keys
 * @returns {Promise<Addressed | undefined>}
 */
export async function readAddress(url, keys) {
  const [kind, memberId, outSerialNo, token] = ['kind', 'memberId', 'outSerialNo', 'token'].map((name) => url.searchParams.get(name) ?? '');
  const known = KINDS.find((candidate) => candidate === kind);
  const bytes = fromBase64Url(token ?? '');
  if (!known || !bytes || !memberId || !outSerialNo) return undefined;
  const addressed = { kind: known, memberId, outSerialNo };
  // `verify` compares in constant time.
  const valid = await Promise.all(keys.map((key) => crypto.subtle.verify('HMAC', key, bytes, message(addressed))));
  return valid.includes(true) ? addressed : undefined;
}

/**
 * One secret, or two while one replaces the other: the first one signs.
 * @param {unknown} secret
 * @returns {string[]}
 */
export function requireSecrets(secret) {
  const secrets = (Array.isArray(secret) ? secret : [secret]).map((text) => requireText('secret', text));
  if (secrets.length < 1 || secrets.length > 2) throw wrong('secret', 'must be one text, or two while you change from the second to the first');
  if (secrets.some(({ length }) => length < SHORTEST)) throw wrong('secret', `must have ${SHORTEST} characters or more, or it can be guessed; \`openssl rand -hex 16\` makes one`);
  return secrets;
}

/** @param {string} secret */
export function importKey(secret) {
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

/** As JSON, so that no value can reach into the next. @param {Addressed} addressed */
function message({ kind, memberId, outSerialNo }) {
  return new TextEncoder().encode(JSON.stringify(['aigobo notification', kind, memberId, outSerialNo]));
}

/** @param {unknown} base */
function baseUrl(base) {
  const url = typeof base === 'string' && URL.canParse(base) ? new URL(base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw wrong('base', 'must be an absolute http or https address, without user and fragment');
  }
  return url;
}

/** @param {Uint8Array} bytes */
function toBase64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @param {string} text */
function fromBase64Url(text) {
  // 32 bytes, in a form that cannot be written in two ways.
  if (!/^[\w-]{43}$/.test(text)) return undefined;
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
}
