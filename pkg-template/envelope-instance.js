// @ts-check
// An instance of the envelope's own wasm, with the same interface for `envelope.js` as an instance of the whole. The glue is
// handwritten, since only texts and numbers cross: reading wasm-bindgen's takes as long as everything else before the first envelope.
// It is type-checked against wasm-bindgen's own types of the wasm's exports.

/** @typedef {typeof import('./wasm/envelope_bg.wasm')} Exports */
/** @typedef {Parameters<typeof import('./wasm/instance.js').createInstance>} Surroundings */

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
  return new Instance(guard, draw);
}

/** Keys that are read. */
class Keys {
  /** How many nonces its random bytes still suffice for. */
  nonces = 0;

  /** @param {Instance} inside @param {(string | undefined)[]} texts */
  constructor(inside, [accessToken, desKey, md5SecretKey, dialect]) {
    this.inside = inside;
    this.at = inside.wasm.keys_new(
      inside.pass(accessToken), inside.length, inside.pass(desKey), inside.length, inside.pass(md5SecretKey), inside.length, inside.pass(dialect), inside.length,
    );
    inside.forgotten?.register(this, this.at, this);
  }

  /** Provides for one more nonce. If none can be drawn, the wasm, which has none, says what to do. */
  supply() {
    if (this.nonces === 0) {
      const { wasm, draw } = this.inside;
      // Not in the wasm's memory: drawing may throw, or draw nothing, and that memory may still hold another text.
      const random = new Uint8Array(16 * NONCES);
      try {
        draw(random);
      } catch {
        return this.at;
      }
      const at = wasm.__wbindgen_malloc(random.length, 1) >>> 0;
      this.inside.view().set(random, at);
      wasm.supply(this.at, at, random.length);
      this.nonces = NONCES;
    }
    this.nonces--;
    return this.at;
  }

  free() {
    this.inside.forgotten?.unregister(this);
    this.inside.wasm.__wbg_keys_free(this.at, 0);
    this.at = 0;
  }
}

/** A class, and no function with functions in it: engines read those again with each function around them. */
class Instance {
  encoder = new TextEncoder();
  /** Made for the second answer, or for one that is long or not ASCII: making it takes as long as sealing a hundred bodies. @type {TextDecoder | undefined} */
  decoder;
  answers = 0;
  /** Where the wasm leaves an answer's place and length; nothing else runs in between. */
  told = 0;
  memory = new Uint8Array();
  words = new Uint32Array();
  /** The length of the text passed last, in bytes. */
  length = 0;
  /** @type {Exports} */
  wasm = /** @type {any} */ (undefined);
  /** @type {new (texts: (string | undefined)[]) => Keys} */
  Keys = /** @type {any} */ (Keys.bind(null, this));

  /** @param {Surroundings[0]} guard @param {Surroundings[4]} draw */
  constructor(guard, draw) {
    this.guard = guard;
    this.draw = draw;
    /** Wipes keys that nobody frees. A worker with a compatibility date before May 2025 has no such registry. */
    this.forgotten = typeof FinalizationRegistry === 'undefined' ? undefined : new FinalizationRegistry((/** @type {number} */ at) => this.wasm.__wbg_keys_free(at, 1));
  }

  /** @param {WebAssembly.Module} module */
  startSync(module) {
    this.wasm = /** @type {any} */ (this.guard(new WebAssembly.Instance(module).exports));
    this.told = this.wasm.__wbindgen_malloc(8, 4) >>> 0;
  }

  /** @param {Keys} keys @param {string} body @param {boolean} withNonce */
  seal(keys, body, withNonce) {
    this.wasm.seal(this.told, withNonce ? keys.supply() : keys.at, this.pass(body), this.length, Number(withNonce));
    return this.answer();
  }

  /** @param {Keys} keys @param {string} body @param {number} timestamp @param {string} [nonce] @param {string} [ip] */
  sealText(keys, body, timestamp, nonce, ip) {
    const at = nonce === undefined ? keys.supply() : keys.at;
    this.wasm.sealText(this.told, at, this.pass(body), this.length, timestamp, this.pass(nonce), this.length, this.pass(ip), this.length);
    return this.answer();
  }

  /** @param {Keys} keys @param {string} requestBody @param {[string, string, number, number, number?]} rest */
  open(keys, requestBody, [accessToken, sign, timestamp, now, maxAgeMs]) {
    const [body, bodyLength, both] = [this.pass(requestBody), this.length, this.pass(accessToken + sign)];
    // If all is ASCII, characters are bytes.
    const signLength = this.length === accessToken.length + sign.length ? sign.length : this.encoder.encode(sign).length;
    this.wasm.open(this.told, keys.at, body, bodyLength, both, this.length, signLength, timestamp, now, Number(maxAgeMs !== undefined), maxAgeMs ?? 0);
    return this.answer();
  }

  /** @param {[string]} json */
  envelope([json]) {
    this.wasm.envelope(this.told, this.pass(json), this.length);
    return this.answer();
  }

  /** @param {string} body @param {[string, string?]} rest */
  sign(body, [md5SecretKey, dialect]) {
    this.wasm.sign(this.told, this.pass(body), this.length, this.pass(md5SecretKey), this.length, this.pass(dialect), this.length);
    return this.answer();
  }

  /** @param {[string, string?]} body */
  signingString([body, dialect]) {
    this.wasm.signingString(this.told, this.pass(body), this.length, this.pass(dialect), this.length);
    return this.answer();
  }

  /** @param {string} text @param {[string]} desKey */
  encrypt(text, [desKey]) {
    this.wasm.encrypt(this.told, this.pass(text), this.length, this.pass(desKey), this.length);
    return this.answer();
  }

  /** @param {string} base64 @param {[string]} desKey */
  decrypt(base64, [desKey]) {
    this.wasm.decrypt(this.told, this.pass(base64), this.length, this.pass(desKey), this.length);
    return this.answer();
  }

  /** Returns the text's place, which the wasm frees, or 0 for none. @param {string | undefined} text */
  pass(text) {
    if (text === undefined) return (this.length = 0);
    const { length } = text;
    if (length > PIECE && (length > LONG || this.answers > 0)) return this.passAny(text, Math.ceil((length > LONG ? 2.8 : 3) * length));
    const at = this.wasm.__wbindgen_malloc(length, 1) >>> 0;
    const bytes = this.view();
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) {
        // Wiped, because it may be a key.
        bytes.fill(0, at, at + index);
        this.wasm.__wbindgen_free(at, length, 1);
        return this.passAny(text, 3 * length);
      }
      bytes[at + index] = unit;
    }
    this.length = length;
    return at;
  }

  /** The same for a text that need not be ASCII. @param {string} text @param {number} room enough for most, in bytes */
  passAny(text, room) {
    let at = this.wasm.__wbindgen_malloc(room, 1) >>> 0;
    let done = this.encoder.encodeInto(text, this.view().subarray(at, at + room));
    if (done.read < text.length) {
      at = this.wasm.__wbindgen_realloc(at, room, (room = 3 * text.length), 1) >>> 0;
      done = this.encoder.encodeInto(text, this.view().subarray(at, at + room));
    }
    this.length = done.written;
    return this.wasm.__wbindgen_realloc(at, room, done.written, 1) >>> 0;
  }

  /** The wasm's memory, which moves when it grows. */
  view() {
    if (this.memory.length === 0) {
      this.memory = new Uint8Array(this.wasm.memory.buffer);
      this.words = new Uint32Array(this.memory.buffer);
    }
    return this.memory;
  }

  /** The text that a function answered; the function left its place and length where it was told. */
  answer() {
    const bytes = this.view();
    const from = this.words[this.told >> 2] ?? 0;
    const size = this.words[(this.told >> 2) + 1] ?? 0;
    const failed = bytes[from + size - 1] === FAILED;
    const result = bytes.subarray(from, from + size - 1);
    const text = (this.answers++ === 0 && size < SHORT ? ascii(result) : undefined) ?? (this.decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(result);
    this.wasm.__wbindgen_free(from, size, 1);
    if (failed) throw { aigobo: true, ...JSON.parse(text) };
    return text;
  }
}

/** The text, if the bytes are ASCII. @param {Uint8Array} bytes */
function ascii(bytes) {
  for (const byte of bytes) if (byte > 0x7f) return undefined;
  return String.fromCharCode.apply(null, /** @type {any} */ (bytes));
}
