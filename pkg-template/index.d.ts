import type { ClientMethods, EndpointInfo, EndpointName } from './generated/models.js';

export * from './generated/models.js';

/**
 * Loads the WebAssembly. Only a browser needs it, once, before anything else; in Node it resolves at once.
 * Safe to call again; after a failed download it tries anew.
 */
export function init(source?: URL | string | Response | BufferSource | WebAssembly.Module): Promise<void>;

/** The three keys the platform issues to a distributor. They belong on a server and nowhere else. */
export interface Credentials {
  /** Sent with every envelope (document section 6). */
  accessToken: string;
  /** Text of at least 8 bytes; the first 8 UTF-8 bytes are the DES key (section 5.2). */
  desKey: string;
  /** Appended to the string that is signed (section 5.1). */
  md5SecretKey: string;
}

/** Where the document is silent or contradicts itself: how this gateway wants to be spoken to. */
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

export interface ClientOptions extends Credentials {
  /** 分销商编号, filled into requests that leave it out. */
  distrCode: string;
  /** 销售人员推荐码, filled into registerMember. */
  employeeCode?: string | undefined;
  /** 分销商推荐码, filled into registerMember. */
  invitateCode?: string | undefined;
  /** Which gateway. Default `'test'`. */
  environment?: 'production' | 'test' | undefined;
  /** Instead of `environment`: https, or http to this machine alone. */
  baseUrl?: string | undefined;
  /** The distributor's outgoing address. Default `'127.0.0.1'`. */
  ip?: string | undefined;
  /** Where the gateway differs from the defaults. */
  dialect?: Partial<Dialect> | undefined;
  /** Whether the document's maximum lengths are rules. Default true. */
  enforceLengths?: boolean | undefined;
  /** Keys in a browser page are public, so a page is refused unless this is true. Default false. */
  allowBrowser?: boolean | undefined;
  /** Used instead of the global fetch. */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /** What stamps the envelopes: the system's clock, or a function that returns milliseconds since 1970. Default `'system'`. */
  clock?: 'system' | (() => number) | undefined;
  /** Each call is sent once: 0 is the only value of this version. */
  maxRetries?: 0 | undefined;
  /** Calls are not paced: false is the only value of this version. */
  rateLimit?: false | undefined;
}

export interface CallOptions {
  /** Ends the call; it rejects with the signal's own reason. For a time limit: `AbortSignal.timeout(10_000)`. */
  signal?: AbortSignal | undefined;
}

export interface Client extends ClientMethods {}

/** Talks to the gateway: one method for each endpoint. */
export class Client {
  /** @throws ConfigError that names the option */
  constructor(options: ClientOptions);
  /**
   * Reads AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY, AIGOBO_MD5_SECRET_KEY, AIGOBO_DISTR_CODE, AIGOBO_EMPLOYEE_CODE,
   * AIGOBO_INVITATE_CODE, AIGOBO_ENVIRONMENT and AIGOBO_BASE_URL. Default: `process.env`.
   * @throws ConfigError that names the variable
   */
  static fromEnv(env?: Record<string, string | undefined>): Client;
  /** Any path, untyped, in the same envelope. The body is sent as it is; `data` comes back as it came. */
  call(path: string, body: object, options?: CallOptions): Promise<unknown>;
}

/** The message that travels (document section 2). */
export interface Envelope {
  accessToken: string;
  ip?: string;
  nonce: string;
  /** base64 of the DES-encrypted JSON. */
  requestBody: string;
  sign: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  version: string;
}

/** Every step from a body to its envelope. Holds the body's data but never a key. */
export interface Explanation {
  /** The fields that take no part in the signature, and why. */
  leftOut: { name: string; why: string }[];
  /** The names in the order of signing. */
  order: string[];
  signingString: string;
  /** What is hashed: the signing string, then the secret as `***`. */
  hashed: string;
  firstDigest: string;
  sign: string;
  /** The JSON that is encrypted. */
  plaintext: string;
  plaintextBytes: number;
  /** Bytes of PKCS5 padding, 1 to 8. */
  padding: number;
  requestBody: string;
}

/** One thing wrong with a request. */
export interface Issue {
  /** Where: `insuredInfoList[2].insuredBirthday`. */
  path: string;
  rule: 'required' | 'type' | 'length' | 'choice' | 'date' | 'order' | 'url' | 'unknown';
  /** What to do about it, in English. */
  message: string;
  /** The field's Chinese name, from the document. */
  label: string;
}

/** The string that is signed, in upper case and without the secret. @throws ValidationError, ConfigError */
export function signingString(body: object, dialect?: Partial<Dialect>): string;
/** The envelope's `sign`: 32 hex characters. @throws ValidationError, ConfigError */
export function sign(body: object, md5SecretKey: string, dialect?: Partial<Dialect>): string;
/** DES/ECB/PKCS5Padding in base64. @throws ConfigError */
export function encrypt(text: string, desKey: string): string;
/** The reverse of `encrypt`; line breaks inside the base64 are skipped. @throws ConfigError, EnvelopeError */
export function decrypt(base64: string, desKey: string): string;
/** Seals a body as it is. Default: a random nonce, the time now, ip 127.0.0.1. @throws ValidationError, ConfigError */
export function seal(
  body: object,
  credentials: Credentials,
  options?: { nonce?: string; timestamp?: number; ip?: string; dialect?: Partial<Dialect> },
): Envelope;
/** Checks an envelope and returns the body. Default: now, 5 minutes. @throws EnvelopeError, ConfigError */
export function open(
  envelope: Envelope,
  credentials: Credentials,
  options?: { now?: number; maxAgeMs?: number; dialect?: Partial<Dialect> },
): object;
/** Every intermediate step, secrets masked. For a developer's screen: it shows the body's data. */
export function explain(body: object, credentials: Credentials, dialect?: Partial<Dialect>): Explanation;
/** The issues of a request before it is sent, empty when there are none; also in a browser, where no key is needed. */
export function validate(
  endpoint: EndpointName,
  request: object,
  options?: { distrCode?: string; employeeCode?: string; invitateCode?: string; enforceLengths?: boolean },
): Issue[];
/** What an 18-character 身份证 number tells (GB 11643-1999); null where it is none. */
export function parseResidentId(number: string): { birthday: string; gender: 'M' | 'F'; checksumOk: boolean } | null;

/** All endpoints, in the document's order. */
export const endpoints: readonly EndpointInfo[];
/** The documented response codes (section 8). */
export const responseCodes: Readonly<Record<string, { message: string; meaning: string; remedy: string }>>;

/** The base of all errors of this package. No message, stack or field holds a key. */
export class AigoboError extends Error {
  /** Stable, for programs; the message is for people. */
  readonly code: string;
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean;
  /** The client's method, or the path of an untyped call. */
  readonly endpoint?: string;
  /** The envelope's nonce, by which the platform's support can find the call. */
  readonly nonce?: string;
}
/** `config`: an option is missing or wrong. */
export class ConfigError extends AigoboError {
  readonly option: string;
}
/** `validation`: the request breaks the document's rules; nothing was sent. */
export class ValidationError extends AigoboError {
  readonly issues: readonly Issue[];
}
/** `connection`: nothing is known of an answer; see `cause`. */
export class ConnectionError extends AigoboError {}
/** `http`: the gateway's front answered. */
export class HttpError extends AigoboError {
  readonly status: number;
  /** The beginning of its body, keys masked. */
  readonly body: string;
}
/** `gateway.<code>`: the platform said no. */
export class GatewayError extends AigoboError {
  readonly gatewayCode: string;
  readonly gatewayMessage: string;
  /** What to do about it. */
  readonly remedy: string;
}
/** `reply`: the platform broke its own contract. */
export class ReplyError extends AigoboError {
  /** Where, for example `data.url`. */
  readonly path: string;
}
/** `envelope.token`, `.decrypt`, `.sign`, `.stale`, `.shape`: `open` or `decrypt` refused. */
export class EnvelopeError extends AigoboError {}
/** `internal`: a defect of this library. */
export class InternalError extends AigoboError {}
