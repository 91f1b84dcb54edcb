// @ts-check
// An instance of the envelope's own wasm, with the same interface for `envelope.js` as an instance of the whole. The glue is
// handwritten, since only texts and numbers cross: reading wasm-bindgen's takes as long as everything else before the first envelope.
// It is type-checked against wasm-bindgen's own types of the wasm's exports.
//
// Functions of the module's own, and no classes: only such functions can be compiled at once, when an engine reads them
// (`build/quick.mjs`); it skips a method, and goes through it again before the first call.

/** @typedef {typeof import('./wasm/envelope_bg.wasm')} Exports */
/** @typedef {Parameters<typeof import('./wasm/instance.js').createInstance>} Surroundings */
/** @typedef {{ inside: Inside, at: number, nonces: number, free: () => void }} Keys keys that are read; how many nonces their random bytes still suffice for */

/**
 * @typedef {object} Inside what an instance consists of
 * @property {Exports} wasm
 * @property {Surroundings[4]} draw
 * @property {TextEncoder} [encoder] made for the first text that is long or not ASCII
 * @property {TextDecoder} [decoder] made for the second answer, or for one that is long or not ASCII: making it takes as long as sealing a hundred bodies
 * @property {number} answers how many there were
 * @property {number} told where the wasm leaves an answer's place and length; nothing else runs in between
 * @property {Uint8Array} memory
 * @property {Uint32Array} words the same memory
 * @property {number} length of the text passed last, in bytes
 * @property {FinalizationRegistry<number>} [forgotten] wipes keys that nobody frees; a worker with a compatibility date before May 2025 has no such registry
 */

/** The last byte of an answer that is an error, as JSON text, and not a result. */
const FAILED = 33;

/** A longer text, in UTF-16 units, gets room for most texts at once, and returns what it did not need. */
const LONG = 4096;

/** The encoder writes a longer text, in UTF-16 units, except before the first answer, which would wait for its preparation. */
const PIECE = 40;

/** A shorter answer, in bytes, may be read without a decoder. */
const SHORT = 512;

/** The random bytes for this many nonces, 16 bytes each, are handed over at once. */
const NONCES = 128;

/** @param {Surroundings} surroundings as for the whole one */
export function createInstance(...[guard, , , , draw]) {
  /** @type {Inside} */
  const inside = {
    wasm: /** @type {any} */ (undefined),
    draw,
    encoder: undefined,
    decoder: undefined,
    answers: 0,
    told: 0,
    memory: new Uint8Array(),
    words: new Uint32Array(),
    length: 0,
    forgotten: typeof FinalizationRegistry === 'undefined' ? undefined : new FinalizationRegistry((at) => inside.wasm.__wbg_keys_free(at, 1)),
  };
  /** @type {new (texts: (string | undefined)[]) => Keys} */
  const Keys = /** @type {any} */ (readKeys.bind(null, inside));
  return Object.assign(inside, {
    guard, Keys, startSync, seal: wasmSeal, sealText: wasmSealText, open: wasmOpen, envelope: wasmEnvelope, sign: wasmSign, signingString: wasmSigningString,
    encrypt: wasmEncrypt, decrypt: wasmDecrypt,
  });
}

/** @this {Inside & { guard: Surroundings[0] }} @param {WebAssembly.Module} module */
function startSync(module) {
  this.wasm = /** @type {any} */ (this.guard(new WebAssembly.Instance(module).exports));
  this.told = this.wasm.__wbindgen_malloc(8, 4) >>> 0;
}

/** @param {Inside} inside @param {(string | undefined)[]} texts */
function readKeys(inside, [accessToken, desKey, md5SecretKey, dialect]) {
  const at = inside.wasm.keys_new(
    pass(inside, accessToken), inside.length, pass(inside, desKey), inside.length, pass(inside, md5SecretKey), inside.length, pass(inside, dialect), inside.length,
  );
  const keys = { inside, at, nonces: 0, free };
  inside.forgotten?.register(keys, at, keys);
  return keys;
}

/** @this {Keys} */
function free() {
  this.inside.forgotten?.unregister(this);
  this.inside.wasm.__wbg_keys_free(this.at, 0);
  this.at = 0;
}

/** Provides for one more nonce. If none can be drawn, the wasm, which has none, says what to do. @param {Keys} keys */
function supplied(keys) {
  if (keys.nonces === 0) {
    const { inside } = keys;
    // Not in the wasm's memory: drawing may throw, or draw nothing, and that memory may still hold another text.
    const random = new Uint8Array(16 * NONCES);
    try {
      inside.draw(random);
    } catch {
      return keys.at;
    }
    const at = inside.wasm.__wbindgen_malloc(random.length, 1) >>> 0;
    view(inside).set(random, at);
    inside.wasm.supply(keys.at, at, random.length);
    keys.nonces = NONCES;
  }
  keys.nonces--;
  return keys.at;
}

/** @this {Inside} @param {Keys} keys @param {string} body @param {boolean} withNonce */
function wasmSeal(keys, body, withNonce) {
  this.wasm.seal(this.told, withNonce ? supplied(keys) : keys.at, pass(this, body), this.length, Number(withNonce));
  return answer(this);
}

/** @this {Inside} @param {Keys} keys @param {string} body @param {number} timestamp @param {string} [nonce] @param {string} [ip] */
function wasmSealText(keys, body, timestamp, nonce, ip) {
  const at = nonce === undefined ? supplied(keys) : keys.at;
  this.wasm.sealText(this.told, at, pass(this, body), this.length, timestamp, pass(this, nonce), this.length, pass(this, ip), this.length);
  return answer(this);
}

/** @this {Inside} @param {Keys} keys @param {string} requestBody @param {[string, string, number, number, number?]} rest */
function wasmOpen(keys, requestBody, [accessToken, sign, timestamp, now, maxAgeMs]) {
  const [body, bodyLength, both] = [pass(this, requestBody), this.length, pass(this, accessToken + sign)];
  // If all is ASCII, characters are bytes.
  const signLength = this.length === accessToken.length + sign.length ? sign.length : encoder(this).encode(sign).length;
  this.wasm.open(this.told, keys.at, body, bodyLength, both, this.length, signLength, timestamp, now, Number(maxAgeMs !== undefined), maxAgeMs ?? 0);
  return answer(this);
}

/** @this {Inside} @param {[string]} json */
function wasmEnvelope([json]) {
  this.wasm.envelope(this.told, pass(this, json), this.length);
  return answer(this);
}

/** @this {Inside} @param {string} body @param {[string, string?]} rest */
function wasmSign(body, [md5SecretKey, dialect]) {
  this.wasm.sign(this.told, pass(this, body), this.length, pass(this, md5SecretKey), this.length, pass(this, dialect), this.length);
  return answer(this);
}

/** @this {Inside} @param {[string, string?]} body */
function wasmSigningString([body, dialect]) {
  this.wasm.signingString(this.told, pass(this, body), this.length, pass(this, dialect), this.length);
  return answer(this);
}

/** @this {Inside} @param {string} text @param {[string]} desKey */
function wasmEncrypt(text, [desKey]) {
  this.wasm.encrypt(this.told, pass(this, text), this.length, pass(this, desKey), this.length);
  return answer(this);
}

/** @this {Inside} @param {string} base64 @param {[string]} desKey */
function wasmDecrypt(base64, [desKey]) {
  this.wasm.decrypt(this.told, pass(this, base64), this.length, pass(this, desKey), this.length);
  return answer(this);
}

/** Returns the text's place, which the wasm frees, or 0 for none. @param {Inside} inside @param {string | undefined} text */
function pass(inside, text) {
  if (text === undefined) return (inside.length = 0);
  const { length } = text;
  if (length > PIECE && (length > LONG || inside.answers > 0)) return passAny(inside, text, Math.ceil((length > LONG ? 2.8 : 3) * length));
  const at = inside.wasm.__wbindgen_malloc(length, 1) >>> 0;
  const bytes = view(inside);
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) {
      // Wiped, because it may be a key.
      bytes.fill(0, at, at + index);
      inside.wasm.__wbindgen_free(at, length, 1);
      return passAny(inside, text, 3 * length);
    }
    bytes[at + index] = unit;
  }
  inside.length = length;
  return at;
}

/** The same for a text that need not be ASCII. @param {Inside} inside @param {string} text @param {number} room enough for most, in bytes */
function passAny(inside, text, room) {
  let at = inside.wasm.__wbindgen_malloc(room, 1) >>> 0;
  let done = encoder(inside).encodeInto(text, view(inside).subarray(at, at + room));
  if (done.read < text.length) {
    at = inside.wasm.__wbindgen_realloc(at, room, (room = 3 * text.length), 1) >>> 0;
    done = encoder(inside).encodeInto(text, view(inside).subarray(at, at + room));
  }
  inside.length = done.written;
  return inside.wasm.__wbindgen_realloc(at, room, done.written, 1) >>> 0;
}

/** @param {Inside} inside */
function encoder(inside) {
  return (inside.encoder ??= new TextEncoder());
}

/** The wasm's memory, which moves when it grows. @param {Inside} inside */
function view(inside) {
  if (inside.memory.length === 0) {
    inside.memory = new Uint8Array(inside.wasm.memory.buffer);
    inside.words = new Uint32Array(inside.memory.buffer);
  }
  return inside.memory;
}

/** The text that a function answered; the function left its place and length where it was told. @param {Inside} inside */
function answer(inside) {
  const bytes = view(inside);
  const from = inside.words[inside.told >> 2] ?? 0;
  const size = inside.words[(inside.told >> 2) + 1] ?? 0;
  const failed = bytes[from + size - 1] === FAILED;
  const result = bytes.subarray(from, from + size - 1);
  const text = (inside.answers++ === 0 && size < SHORT ? ascii(result) : undefined) ?? (inside.decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(result);
  inside.wasm.__wbindgen_free(from, size, 1);
  if (failed) throw { aigobo: true, ...JSON.parse(text) };
  return text;
}

/** The text, if the bytes are ASCII. @param {Uint8Array} bytes */
function ascii(bytes) {
  for (const byte of bytes) if (byte > 0x7f) return undefined;
  return String.fromCharCode.apply(null, /** @type {any} */ (bytes));
}
