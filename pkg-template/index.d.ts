import type { ClientMethods, EndpointInfo, EndpointName } from './generated/models.js';

export * from './generated/models.js';

declare global {
  // As in @types/node: so that Client's types need no newer `lib` than the project has.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/**
 * Loads the WebAssembly. Only a browser needs it, once, before anything else; on a server it resolves at once.
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
  /**
   * What stamps the envelopes. `'auto'` (the default) is the system's time, corrected by the Date header of the
   * gateway's replies once it is off by more than 2 s. `'system'` is the system's time as it is. A function returns
   * milliseconds since 1970; the quota follows it too, so that a test can let time pass.
   */
  clock?: 'auto' | 'system' | (() => number) | undefined;
  /** Of one try, the whole answer included, in milliseconds: 1 to 3,600,000. Default 10,000. See TimeoutError. */
  timeoutMs?: number | undefined;
  /**
   * Of a whole call, with its waits and all its tries, in milliseconds: 1 to 3,600,000. Default: none. A call that
   * cannot have its turn in the quota by then is refused at once (RateLimitError). Without it a `timeoutMs` that you
   * set is also the longest wait for the quota, and without either a call waits as long as it takes.
   */
  deadlineMs?: number | undefined;
  /**
   * How often a call is sent again: 0 (one try) to 10. Default 2. Reads are sent again after a failed connection, a
   * timeout, HTTP 408, 429, 5xx and the platform's 0002; writes only after 0002 and HTTP 429, when the platform
   * certainly did nothing.
   */
  maxRetries?: number | undefined;
  /**
   * How fast calls are sent: at most `calls` in any `periodMs`, in order of arrival; a limiter of your own; or false
   * for no limit. Default: the document's 400 in 60,000 ms, shared by all clients of one account in this process; one with
   * a `fetch` or a `clock` function of its own counts for itself.
   */
  rateLimit?: { calls: number; periodMs: number } | RateLimiter | false | undefined;
  /** Gets one event for each try. What it throws is ignored: it must not undo a call that went through. */
  observe?: ((event: ClientEvent) => void) | undefined;
}

/** What says when a call may be sent. */
export interface RateLimiter {
  /**
   * Resolves when it is the call's turn. `signal` is the call's, `deadlineMs` how long the call can wait, in
   * milliseconds from now; absent: as long as it takes. What it rejects with is what the caller gets. What it resolves
   * to is called, where it is a function, once the try is over: until then the call may arrive at the gateway.
   */
  acquire(options: { signal?: AbortSignal; deadlineMs?: number; priority?: 'low' }): unknown;
}

/** One try of a call. Holds no key and nothing of a person. */
export interface ClientEvent {
  /** The client's method, or the path of an untyped call. */
  readonly endpoint: string;
  /** The try's own: each has a new envelope. */
  readonly nonce: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Waited for the quota, in milliseconds. */
  readonly waitedMs: number;
  /** When it was sent, milliseconds since 1970 by the client's clock, uncorrected. */
  readonly sentAt: number;
  /** From sending to the whole answer, or to what came instead, in milliseconds. */
  readonly tookMs: number;
  /** HTTP. */
  readonly status?: number;
  /** The platform's code, where the platform answered. */
  readonly gatewayCode?: string;
  /** `ok`, `aborted`, or the `code` of the error this try ended in. */
  readonly outcome: string;
  readonly next: 'done' | 'retry' | 'fail';
  /** With `retry`: the wait before the next try, in milliseconds. */
  readonly retryInMs?: number;
}

export interface CallOptions {
  /**
   * Ends the call wherever it is, waiting or sending; it rejects with the signal's own reason. Of a write that was sent
   * the outcome is then unknown, too: to limit its time use `timeoutMs` or `deadlineMs`.
   */
  signal?: AbortSignal | undefined;
  /** Instead of the client's. */
  timeoutMs?: number | undefined;
  /** Instead of the client's. */
  deadlineMs?: number | undefined;
  /** Instead of the client's. */
  maxRetries?: number | undefined;
  /** `'low'` lets every call of `'normal'` priority (the default) go first when the quota is short. */
  priority?: 'normal' | 'low' | undefined;
}

/** A successful call with what came around its data. */
export interface Reply<T> {
  data: T;
  /** The platform's: `0000`. */
  code: string;
  /** The platform's own message. */
  message: string;
  /** HTTP. */
  status: number;
  headers: Headers;
  /** Of the try that succeeded. */
  nonce: string;
  /** How many tries were sent. */
  attempts: number;
}

/** A call under way: await it for the data, or its `withReply()` for everything. */
export interface Sent<T> extends Promise<T> {
  /** `const { data, code, message, status, headers } = await client.getOrderDetail(…).withReply()` */
  withReply(): Promise<Reply<T>>;
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
  /**
   * Any path, untyped, in the same envelope. The body is sent as it is; `data` comes back as JSON.parse reads it (null as undefined). A path that is
   * none of the documented ones is treated as a write.
   */
  call(path: string, body: object, options?: CallOptions): Sent<unknown>;
  /** Wipes the keys. Calls that run still end, new ones are refused. `using client = new Client(…)` calls it. */
  [Symbol.dispose](): void;
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

/** What a callback is about; its body does not say, only the address tells: 投保, 退保, 退款. */
export type NotificationKind = 'deliver' | 'return' | 'refund';

/** What a callback says, in whichever of the known forms it came. */
export interface Notification {
  /** 外部流水号 */
  outSerialNo?: string;
  /** 预订单号 */
  tempOrderCode: string;
  /** 订单号 */
  orderCode?: string;
  /** 保单号 */
  policyCode?: string;
  success: boolean;
  /** The platform's words. */
  message?: string;
  memberId?: string;
  /** The body as it came. */
  raw: Record<string, unknown>;
}

/** Something that an order shows, whether a callback told it or not. */
export interface OrderNews {
  /** The same as `notificationKey` of the callback that tells it. */
  key: string;
  kind: NotificationKind;
  outSerialNo: string;
  tempOrderCode: string;
  orderCode?: string;
  policyCode: string;
  success: true;
}

/**
 * Reads a callback's body: JSON or a form, as text, bytes or an object that was parsed already.
 * @throws NotificationError `notification.shape`
 */
export function parseNotification(body: string | Uint8Array | object): Notification;
/** By what the same news is known again, whoever brings it; with the outSerialNo of its address where it names none. */
export function notificationKey(kind: NotificationKind, notification: Notification): string;
/**
 * Whether what `getOrderDetail` returned bears a callback out.
 * @throws NotificationError `notification.unconfirmed`, which tells what the order shows instead
 */
export function confirmNotification(kind: NotificationKind, notification: Notification, detail: object): void;
/** Every policy issued, surrendered or refunded that an order shows: what callbacks will have told, or should have. */
export function orderNews(order: { outSerialNo: string; tempOrderCode: string }, detail: object): OrderNews[];

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
  /** The last envelope's nonce, by which the platform's support can find the call. */
  readonly nonce?: string;
  /** How many tries were sent; 0 where nothing was. */
  readonly attempts?: number;
  /** HTTP, where an answer came. */
  readonly status?: number;
  /** What the gateway asked for by Retry-After. */
  readonly retryAfterMs?: number;
  /** Name, message, code and all fields, for logs. */
  toJSON(): Record<string, unknown>;
}
/** `config`: an option is missing or wrong. */
export class ConfigError extends AigoboError {
  readonly option: string;
}
/** `validation`: the request breaks the document's rules; nothing was sent. */
export class ValidationError extends AigoboError {
  readonly issues: readonly Issue[];
}
/** `connection`: nothing is known of an answer; see `cause`. A write becomes an OutcomeUnknownError instead. */
export class ConnectionError extends AigoboError {}
/** `timeout`: no complete answer in time. A write becomes an OutcomeUnknownError instead. */
export class TimeoutError extends AigoboError {
  /** What this try was given. */
  readonly timeoutMs: number;
}
/** `http`: the gateway's front answered. */
export class HttpError extends AigoboError {
  /** 0 where a browser hides a redirect. */
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
/**
 * `outcome-unknown`: a write was sent and the platform's answer never came. Ask what became of it before you send it
 * again: `remedy` says how. `cause` is the ConnectionError, TimeoutError, HttpError or ReplyError, or the ConfigError
 * of a `fetch` that does not answer like one.
 */
export class OutcomeUnknownError extends AigoboError {
  readonly cause: AigoboError;
  /** How to find out what became of this call, and when to send it again. */
  readonly remedy: string;
}
/** `rate-limit`: the wait for the quota would outlast the call, so it was not sent. */
export class RateLimitError extends AigoboError {
  /** How long until the quota allows it, at least; absent where a limiter of your own did not tell. */
  readonly waitMs?: number;
}
/** `envelope.token`, `.decrypt`, `.sign`, `.stale`, `.shape`: `open` or `decrypt` refused. */
export class EnvelopeError extends AigoboError {}
/**
 * A callback was refused. `notification.method`, `.token` (the address is none of `notifyUrls`), `.consumed` (somebody
 * read the body before), `.too-large`, `.shape`, `.mismatch` (it names another pre-order than its address),
 * `.unconfirmed` (the order shows something else), `.busy` (another process works on it).
 */
export class NotificationError extends AigoboError {}
/** `store`: a store shared by several processes (`aigobo/redis`) did not answer; nothing was sent. */
export class StoreError extends AigoboError {}
/** `internal`: a defect of this library. */
export class InternalError extends AigoboError {}

/** Whether it is an error of this package, of whichever copy of it and from whichever realm. */
export function isAigoboError(error: unknown): error is AigoboError;
/** Whether the platform said no, and with this code: `isGatewayError(error, '1000')`. */
export function isGatewayError(error: unknown, gatewayCode?: string): error is GatewayError;
