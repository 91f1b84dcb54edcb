// @ts-check
// An instance of the envelope's own wasm, in which `envelope.js` finds what it finds in one of the whole. What the glue gives
// is text alone: the last character tells a result from an error.

import { createInstance as instanceOf } from './wasm/envelope-instance.js';

/** Ends an error, as JSON text. */
const FAILED = '!';

/** @typedef {Parameters<typeof import('./wasm/instance.js').createInstance>} Surroundings */

/** @param {Surroundings} surroundings what the whole one would be made with */
export function createInstance(...[guard, , , , draw]) {
  const glue = instanceOf(guard);

  class Keys extends glue.Keys {
    /** @param {[string, string, string, string?]} texts */
    constructor(texts) {
      super(...texts);
    }
  }

  return {
    startSync: glue.startSync,
    start: glue.start,
    Keys,
    /** @param {Keys} keys @param {string} body */
    seal: (keys, body) => result(glue.seal(keys, body)),
    /** @param {Keys} keys @param {string} requestBody @param {[string, string, number, number, number?]} rest */
    open: (keys, requestBody, rest) => result(glue.open(keys, requestBody, ...rest)),
    /** @param {[string]} json */
    envelope: ([json]) => result(glue.envelope(json)),
    /** @param {string} body @param {[string, string?]} rest */
    sign: (body, [md5SecretKey, dialect]) => result(glue.sign(body, md5SecretKey, dialect)),
    /** @param {[string, string?]} body */
    signingString: ([body, dialect]) => result(glue.signingString(body, dialect)),
    /** @param {string} text @param {[string]} desKey */
    encrypt: (text, [desKey]) => result(glue.encrypt(text, desKey)),
    /** @param {string} base64 @param {[string]} desKey */
    decrypt: (base64, [desKey]) => result(glue.decrypt(base64, desKey)),
    nonce: () => uuid(draw),
  };
}

/** @param {string} answer */
function result(answer) {
  const text = answer.slice(0, -1);
  if (answer.endsWith(FAILED)) throw { aigobo: true, ...JSON.parse(text) };
  return text;
}

/** A random UUID, of version 4. @param {(bytes: Uint8Array) => void} draw */
function uuid(draw) {
  const bytes = new Uint8Array(16);
  draw(bytes);
  const hex = Array.from(bytes, (byte, place) => (place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
