/** The three keys the platform issues to a distributor (document sections 5 and 6). They belong only on a server. */
export interface Credentials {
  /** Sent with every envelope (document section 6). */
  accessToken: string;
  /** A text of at least 8 bytes; its first 8 UTF-8 bytes are the DES key (section 5.2). */
  desKey: string;
  /** Appended to the signing string (section 5.1). */
  md5SecretKey: string;
}

/** How to speak to this gateway where the document is silent or contradicts itself. */
export interface Dialect {
  /** How the envelope travels. Default `'json'`. */
  transport: 'json' | 'form' | 'query';
  /** How a nested value is printed for the signature. Default `'java'`: `{k=v, k=v}`, `[v, v]`. */
  nested: 'java' | 'json';
  /** How both MD5 digests are written as hex. Default `'lower'`. */
  digest: 'lower' | 'upper';
  /** The envelope's version. Default `'1.0'`. */
  version: string;
}

/** The message that is sent (document section 2). */
export interface Envelope {
  /** As issued by the platform. */
  accessToken: string;
  /** The distributor's outgoing address. */
  ip?: string;
  /** 1 to 64 characters, new for each try. */
  nonce: string;
  /** base64 of the DES-encrypted JSON. */
  requestBody: string;
  /** 32 hex characters. */
  sign: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  /** `1.0` */
  version: string;
}

/** Every step from a body to its envelope. Contains the body's data but never a key. */
export interface Explanation {
  /** The fields that are not signed, and why. */
  leftOut: { name: string; why: string }[];
  /** The names in the order in which they are signed. */
  order: string[];
  /** The fields as `name=value`, joined by `&`, before upper-casing. */
  joined: string;
  /** The signing string, without the secret. */
  signingString: string;
  /** What is hashed: the signing string, then the secret as `***`. */
  hashed: string;
  /** The first MD5, in hex; the sign is the MD5 of it. */
  firstDigest: string;
  /** The envelope's `sign`. */
  sign: string;
  /** The JSON that is encrypted. */
  plaintext: string;
  /** Its length in UTF-8 bytes. */
  plaintextBytes: number;
  /** Bytes of PKCS5 padding, 1 to 8. */
  padding: number;
  /** The envelope's `requestBody`. */
  requestBody: string;
}

/**
 * The signing string (document section 5.1), in upper case and without the secret.
 * @throws ValidationError, ConfigError
 * @example
 * ```ts
 * import { signingString } from 'aigobo';
 *
 * console.log(signingString({ productCode: '200437', memberId: '106225' })); // → MEMBERID=106225&PRODUCTCODE=200437
 * ```
 */
export function signingString(body: object, dialect?: Partial<Dialect>): string;
/**
 * The envelope's `sign` (document section 5.1): 32 hex characters.
 * @throws ValidationError, ConfigError
 * @example
 * ```ts
 * import { sign } from 'aigobo';
 *
 * console.log(sign({ productCode: '200437', memberId: '106225' }, 'secret')); // → 70c4593deea606395eba6d81a5bace84
 * ```
 */
export function sign(body: object, md5SecretKey: string, dialect?: Partial<Dialect>): string;
/**
 * DES/ECB/PKCS5Padding in base64 (document section 5.2).
 * @throws ConfigError
 * @example
 * ```ts
 * import { encrypt } from 'aigobo';
 *
 * console.log(encrypt('{"a":1}', '12345678')); // → voMb9bxrG2Y=
 * ```
 */
export function encrypt(text: string, desKey: string): string;
/**
 * The reverse of {@link encrypt}; it skips line breaks inside the base64.
 * @throws ConfigError, EnvelopeError
 * @example
 * ```ts
 * import { decrypt } from 'aigobo';
 *
 * console.log(decrypt('voMb9bxrG2Y=', '12345678')); // → {"a":1}
 * ```
 */
export function decrypt(base64: string, desKey: string): string;
/**
 * Seals a body as it is. Defaults: a random nonce, the time now, ip 127.0.0.1. If you pass the same credentials object again, its keys
 * are read only once, and wiped from the wasm's memory when the object is collected; other keys are wiped after the call.
 * @param options `nonce` 1 to 64 characters; `timestamp` in milliseconds since 1970
 * @throws ValidationError, ConfigError
 * @example
 * ```ts
 * import { seal } from 'aigobo';
 *
 * const keys = { accessToken: 'token', desKey: '12345678', md5SecretKey: 'secret' };
 * const envelope = seal({ memberId: '106225' }, keys, { nonce: 'n-1', timestamp: 1626570000000 });
 * console.log(envelope.requestBody); // → TCJV9IQYZSrGTqlLZlzL8KwBl9uUhsgM
 * ```
 */
export function seal(
  body: object,
  credentials: Credentials,
  options?: { nonce?: string; timestamp?: number; ip?: string; dialect?: Partial<Dialect> },
): Envelope;
/**
 * Like {@link seal}, but returns the JSON text to send: the same as `JSON.stringify(seal(…))`, but faster.
 * @param options those of {@link seal}
 * @throws ValidationError, ConfigError
 * @example
 * ```ts
 * import { sealText } from 'aigobo';
 *
 * const keys = { accessToken: 'token', desKey: '12345678', md5SecretKey: 'secret' };
 * const text = sealText({ memberId: '106225' }, keys, { nonce: 'n-1', timestamp: 1626570000000 });
 * console.log(text.slice(0, 53)); // → {"accessToken":"token","ip":"127.0.0.1","nonce":"n-1"
 * ```
 */
export function sealText(
  body: object,
  credentials: Credentials,
  options?: { nonce?: string; timestamp?: number; ip?: string; dialect?: Partial<Dialect> },
): string;
/**
 * Checks an envelope and returns the body, as a gateway does.
 * @param options `now` in milliseconds since 1970, default the time now; `maxAgeMs` default 300,000
 * @throws EnvelopeError, ConfigError
 * @example
 * ```ts
 * import { open, seal } from 'aigobo';
 *
 * const keys = { accessToken: 'token', desKey: '12345678', md5SecretKey: 'secret' };
 * console.log(open(seal({ memberId: '106225' }, keys), keys)); // → { memberId: '106225' }
 * ```
 */
export function open(
  envelope: Envelope,
  credentials: Credentials,
  options?: { now?: number; maxAgeMs?: number; dialect?: Partial<Dialect> },
): object;
/**
 * Shows every intermediate step, with secrets masked. It shows the body's data, so it is for a developer's screen.
 * @throws ValidationError, ConfigError
 * @example
 * ```ts
 * import { explain } from 'aigobo';
 *
 * const keys = { accessToken: 'token', desKey: '12345678', md5SecretKey: 'secret' };
 * const { hashed, sign, padding } = explain({ productCode: '200437', memberId: '106225' }, keys);
 * console.log(hashed); // → MEMBERID=106225&PRODUCTCODE=200437***
 * console.log(sign, padding); // → 70c4593deea606395eba6d81a5bace84 4
 * ```
 */
export function explain(body: object, credentials: Credentials, dialect?: Partial<Dialect>): Explanation;
