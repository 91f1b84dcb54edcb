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
  const encoder = new TextEncoder();
  /** Made for the second answer, or for one that is long or not ASCII: making it takes as long as sealing a hundred bodies. @type {TextDecoder | undefined} */
  let decoder;
  /** @type {Exports} */
  let wasm;
  let answers = 0;
  /** Where the wasm leaves an answer's place and length; nothing else runs in between. */
  let told = 0;
  let memory = new Uint8Array();
  let words = new Uint32Array();

  /** Wipes keys that nobody frees. A worker with a compatibility date before May 2025 has no such registry. */
  const forgotten = typeof FinalizationRegistry === 'undefined' ? undefined : new FinalizationRegistry((/** @type {number} */ at) => wasm.__wbg_keys_free(at, 1));

  class Keys {
    /** How many nonces its random bytes still suffice for. */
    nonces = 0;

    /** @param {(string | undefined)[]} texts */
    constructor([accessToken, desKey, md5SecretKey, dialect]) {
      this.at = wasm.keys_new(pass(accessToken), length, pass(desKey), length, pass(md5SecretKey), length, pass(dialect), length);
      forgotten?.register(this, this.at, this);
    }

    /** Provides for one more nonce. If none can be drawn, the wasm, which has none, says what to do. */
    supply() {
      if (this.nonces === 0) {
        // Not in the wasm's memory: drawing may throw, or draw nothing, and that memory may still hold another text.
        const random = new Uint8Array(16 * NONCES);
        try {
          draw(random);
        } catch {
          return this.at;
        }
        const at = wasm.__wbindgen_malloc(random.length, 1) >>> 0;
        view().set(random, at);
        wasm.supply(this.at, at, random.length);
        this.nonces = NONCES;
      }
      this.nonces--;
      return this.at;
    }

    free() {
      forgotten?.unregister(this);
      wasm.__wbg_keys_free(this.at, 0);
      this.at = 0;
    }
  }

  /** The length of the text passed last, in bytes. */
  let length = 0;

  /** Returns the text's place, which the wasm frees, or 0 for none. @param {string | undefined} text */
  function pass(text) {
    if (text === undefined) return (length = 0);
    length = text.length;
    if (length > PIECE && (length > LONG || answers > 0)) return passAny(text, Math.ceil((length > LONG ? 2.8 : 3) * length));
    const at = wasm.__wbindgen_malloc(length, 1) >>> 0;
    const bytes = view();
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) {
        // Wiped, because it may be a key.
        bytes.fill(0, at, at + index);
        wasm.__wbindgen_free(at, length, 1);
        return passAny(text, 3 * length);
      }
      bytes[at + index] = unit;
    }
    return at;
  }

  /** The same for a text that need not be ASCII. @param {string} text @param {number} room enough for most, in bytes */
  function passAny(text, room) {
    const write = () => encoder.encodeInto(text, view().subarray(at, at + room));
    let at = wasm.__wbindgen_malloc(room, 1) >>> 0;
    let done = write();
    if (done.read < text.length) {
      at = wasm.__wbindgen_realloc(at, room, (room = 3 * text.length), 1) >>> 0;
      done = write();
    }
    length = done.written;
    return wasm.__wbindgen_realloc(at, room, length, 1) >>> 0;
  }

  /** The wasm's memory, which moves when it grows. */
  function view() {
    if (memory.length === 0) {
      memory = new Uint8Array(wasm.memory.buffer);
      words = new Uint32Array(memory.buffer);
    }
    return memory;
  }

  /**
   * The text that a function answers; the function leaves its place and length where it is told.
   * @param {(at: number) => void} ask
   */
  function answer(ask) {
    ask(told);
    const bytes = view();
    const from = words[told >> 2] ?? 0;
    const size = words[(told >> 2) + 1] ?? 0;
    const failed = bytes[from + size - 1] === FAILED;
    const result = bytes.subarray(from, from + size - 1);
    const text = (answers++ === 0 && size < SHORT ? ascii(result) : undefined) ?? (decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(result);
    wasm.__wbindgen_free(from, size, 1);
    if (failed) throw { aigobo: true, ...JSON.parse(text) };
    return text;
  }

  /** The text, if the bytes are ASCII. @param {Uint8Array} bytes */
  function ascii(bytes) {
    for (const byte of bytes) if (byte > 0x7f) return undefined;
    return String.fromCharCode.apply(null, /** @type {any} */ (bytes));
  }

  return {
    /** @param {WebAssembly.Module} module */
    startSync(module) {
      wasm = /** @type {any} */ (guard(new WebAssembly.Instance(module).exports));
      told = wasm.__wbindgen_malloc(8, 4) >>> 0;
    },
    Keys,
    /** @param {Keys} keys @param {string} body @param {boolean} withNonce */
    seal: (keys, body, withNonce) => answer((to) => wasm.seal(to, withNonce ? keys.supply() : keys.at, pass(body), length, Number(withNonce))),
    /** @param {Keys} keys @param {string} body @param {number} timestamp @param {string} [nonce] @param {string} [ip] */
    sealText: (keys, body, timestamp, nonce, ip) =>
      answer((to) => wasm.sealText(to, nonce === undefined ? keys.supply() : keys.at, pass(body), length, timestamp, pass(nonce), length, pass(ip), length)),
    /** @param {Keys} keys @param {string} requestBody @param {[string, string, number, number, number?]} rest */
    open: (keys, requestBody, [accessToken, sign, timestamp, now, maxAgeMs]) =>
      answer((to) => {
        const [body, bodyLength, both] = [pass(requestBody), length, pass(accessToken + sign)];
        // If all is ASCII, characters are bytes.
        const signLength = length === accessToken.length + sign.length ? sign.length : encoder.encode(sign).length;
        wasm.open(to, keys.at, body, bodyLength, both, length, signLength, timestamp, now, Number(maxAgeMs !== undefined), maxAgeMs ?? 0);
      }),
    /** @param {[string]} json */
    envelope: ([json]) => answer((to) => wasm.envelope(to, pass(json), length)),
    /** @param {string} body @param {[string, string?]} rest */
    sign: (body, [md5SecretKey, dialect]) => answer((to) => wasm.sign(to, pass(body), length, pass(md5SecretKey), length, pass(dialect), length)),
    /** @param {[string, string?]} body */
    signingString: ([body, dialect]) => answer((to) => wasm.signingString(to, pass(body), length, pass(dialect), length)),
    /** @param {string} text @param {[string]} desKey */
    encrypt: (text, [desKey]) => answer((to) => wasm.encrypt(to, pass(text), length, pass(desKey), length)),
    /** @param {string} base64 @param {[string]} desKey */
    decrypt: (base64, [desKey]) => answer((to) => wasm.decrypt(to, pass(base64), length, pass(desKey), length)),
  };
}
