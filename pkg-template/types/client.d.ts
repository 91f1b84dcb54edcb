import type { ClientMethods } from '../generated/models.js';
import type { Credentials, Dialect } from './envelope.js';

declare global {
  // As in @types/node, so that Client's types need no newer `lib` than the project has.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/**
 * The options of a Client. An unknown option, or a value that makes no sense, causes a ConfigError; undefined and
 * null are the same as leaving it out.
 */
export interface ClientOptions extends Credentials {
  /** 分销商编号; the client fills it into requests that leave it out. */
  distrCode: string;
  /** 销售人员推荐码; the client fills it into registerMember. */
  employeeCode?: string | undefined;
  /** 分销商推荐码; the client fills it into registerMember. */
  invitateCode?: string | undefined;
  /** Which gateway. Default `'test'`. */
  environment?: 'production' | 'test' | undefined;
  /** Overrides `environment`: https, or http to this machine only. */
  baseUrl?: string | undefined;
  /** The distributor's outgoing address. Default `'127.0.0.1'`. */
  ip?: string | undefined;
  /** Where the gateway differs from the defaults. */
  dialect?: Partial<Dialect> | undefined;
  /** Whether the document's maximum lengths are enforced. Default true. */
  enforceLengths?: boolean | undefined;
  /** Keys in a browser page are public, so a Client refuses to run in one unless this is true. Default false. */
  allowBrowser?: boolean | undefined;
  /**
   * Used instead of the global fetch. It must send a request once: the client takes what it throws as the outcome of that one
   * sending. If it throws an error of this package whose `attempts` is 0, the caller gets that error as it is: do not write the
   * address into it, which contains the accessToken where `dialect.transport` is `'query'`.
   */
  fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * Where the envelopes' timestamps come from. `'auto'` (the default) is the system's time, corrected by the Date header of the
   * gateway's replies once it is off by more than 2 s. `'system'` is the system's time, uncorrected. A function returns
   * milliseconds since 1970; the quota follows it too, so that a test can let time pass.
   */
  clock?: 'auto' | 'system' | (() => number) | undefined;
  /** The time for one try, including the whole answer, in milliseconds: 1 to 3,600,000. Default 10,000. See TimeoutError. */
  timeoutMs?: number | undefined;
  /**
   * The time for a whole call, including its waits and all its tries, in milliseconds: 1 to 3,600,000. Default: none. A call
   * whose turn in the quota would come later fails at once (RateLimitError). Without a deadline, a `timeoutMs` that you
   * set is also the longest wait for the quota; without either, a call waits as long as it takes.
   */
  deadlineMs?: number | undefined;
  /**
   * How often the client sends a call again: 0 (one try) to 10. Default 2. It sends reads again after a failed connection, a
   * timeout, HTTP 408, 429, 5xx and the platform's 0002; writes only after 0002, HTTP 429, and a connection
   * that was never made, since the platform certainly did nothing then.
   */
  maxRetries?: number | undefined;
  /**
   * How fast calls are sent: at most `calls` in any `periodMs`, in order of arrival; a limiter of your own; or false
   * for no limit. Default: the document's 400 in 60,000 ms, shared by all clients of one account in this process. A client
   * with its own `fetch` or `clock` function counts separately.
   */
  rateLimit?: { calls: number; periodMs: number } | RateLimiter | false | undefined;
  /** Receives one event for each try. The client ignores what it throws, which must not undo a call that succeeded. */
  observe?: ((event: ClientEvent) => void) | undefined;
}

/** Decides when a call may be sent. */
export interface RateLimiter {
  /**
   * Resolves when it is the call's turn. `signal` is the call's; `deadlineMs` says how long the call can wait, in
   * milliseconds from now (absent: as long as it takes). If it rejects, the caller gets that error. If it resolves
   * to a function, the client calls the function once the try is over: until then the call may arrive at the gateway.
   * If the call has given up meanwhile, through its time or its signal, the client calls the function as soon as it has it.
   */
  acquire(options: { signal?: AbortSignal; deadlineMs?: number; priority?: 'low' }): unknown;
}

/** One try of a call. Contains no key and nothing about a person. */
export interface ClientEvent {
  /** The client's method, or the path of an untyped call. */
  readonly endpoint: string;
  /** The nonce of this try: each has a new envelope. */
  readonly nonce: string;
  /** Which try this is, from 1. */
  readonly attempt: number;
  /** How many tries there may be. */
  readonly maxAttempts: number;
  /** How long it waited for the quota, in milliseconds. */
  readonly waitedMs: number;
  /** When it was sent, milliseconds since 1970 by the client's clock, uncorrected. */
  readonly sentAt: number;
  /** The time from sending to the whole answer, or to what came instead, in milliseconds. */
  readonly tookMs: number;
  /** The HTTP status. */
  readonly status?: number;
  /** The platform's code, if the platform answered. */
  readonly gatewayCode?: string;
  /** `ok`, `aborted`, or the `code` of the error that ended this try. */
  readonly outcome: string;
  /** What follows: the call has succeeded, is sent again, or has failed. */
  readonly next: 'done' | 'retry' | 'fail';
  /** With `retry`: the wait before the next try, in milliseconds. */
  readonly retryInMs?: number;
}

/** Options of one call, given after its request. */
export interface CallOptions {
  /**
   * Ends the call at any point, waiting or sending; it rejects with the signal's own reason. The outcome of a write that was
   * sent is then unknown, too: to limit its time use `timeoutMs` or `deadlineMs`.
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

/** A successful call: its data and what came with it. */
export interface Reply<T> {
  /** What the method itself returns. */
  data: T;
  /** The platform's code: `0000`. */
  code: string;
  /** The platform's own message. */
  message: string;
  /** The HTTP status. */
  status: number;
  /** The HTTP headers. */
  headers: Headers;
  /** The nonce of the try that succeeded. */
  nonce: string;
  /** How many tries were sent. */
  attempts: number;
}

/** A call in progress: await it for the data, or its `withReply()` for everything. */
export interface Sent<T> extends Promise<T> {
  /**
   * Returns the data and what came with it.
   * @example
   * ```ts
   * import { Client } from 'aigobo';
   * import { createSandbox } from 'aigobo/sandbox';
   *
   * const client = new Client(createSandbox().clientOptions);
   * const call = client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
   * const { data, code, status, attempts } = await call.withReply();
   * console.log(data.memberId, code, status, attempts); // → 100001 0000 200 1
   * ```
   */
  withReply(): Promise<Reply<T>>;
}

export interface Client extends ClientMethods {}

/**
 * Talks to the gateway, with one method for each endpoint ({@link ClientMethods}). In the examples it talks to a
 * sandbox; the examples of its methods continue the first one.
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const client = new Client({ ...createSandbox().clientOptions, timeoutMs: 3_000 });
 * const { memberId } = await client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * console.log(memberId); // → 100001
 * ```
 */
export class Client {
  /** @throws ConfigError that names the option */
  constructor(options: ClientOptions);
  /**
   * Reads AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY, AIGOBO_MD5_SECRET_KEY, AIGOBO_DISTR_CODE, AIGOBO_EMPLOYEE_CODE,
   * AIGOBO_INVITATE_CODE, AIGOBO_ENVIRONMENT and AIGOBO_BASE_URL from `env`, by default `process.env`.
   * `options` override the environment; their `environment` also overrides AIGOBO_BASE_URL.
   * @throws ConfigError that names the variable, or the option
   * @example
   * ```ts
   * const env = { AIGOBO_ACCESS_TOKEN: 'token', AIGOBO_DES_KEY: '12345678', AIGOBO_MD5_SECRET_KEY: 'secret', AIGOBO_DISTR_CODE: 'DL1000100' };
   * const fromEnv = Client.fromEnv(env, { timeoutMs: 3_000, observe: ({ endpoint, outcome }) => console.log(endpoint, outcome) });
   * console.log(fromEnv instanceof Client); // → true
   * ```
   */
  static fromEnv(env?: Record<string, string | undefined>, options?: Partial<ClientOptions>): Client;
  /**
   * Calls any path, untyped, in the same envelope. It sends the body as it is and returns `data` as JSON.parse reads it (null as undefined). It
   * treats an undocumented path as a write.
   * @example
   * ```ts
   * const data = await client.call('/api/product/getDistrProductDetail', { productCode: '200437', memberId });
   * console.log(data !== null && typeof data === 'object' && 'productName' in data && data.productName); // → 旅途无忧一日游
   * ```
   */
  call(path: string, body: object, options?: CallOptions): Sent<unknown>;
  /**
   * Wipes the keys. Calls in progress still finish; new ones are refused. `using client = new Client(…)` calls it.
   * @example
   * ```ts
   * client[Symbol.dispose]();
   * await client.getProductDetail({ productCode: '200437', memberId }).catch((error) => console.log(error.code)); // → config
   * ```
   */
  [Symbol.dispose](): void;
}
