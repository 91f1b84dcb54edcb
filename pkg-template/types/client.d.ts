import type { ClientMethods } from '../generated/models.js';
import type { Credentials, Dialect } from './envelope.js';

declare global {
  // As in @types/node: so that Client's types need no newer `lib` than the project has.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/**
 * What a Client is made of. An option that does not exist, or a value that makes no sense, is a ConfigError; undefined and
 * null are the same as leaving it out.
 */
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
  /**
   * Used instead of the global fetch. It sends a request once: what it throws is taken for what became of that one sending. An
   * error of this package whose `attempts` is 0 is what the caller gets.
   */
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
   * timeout, HTTP 408, 429, 5xx and the platform's 0002; writes only after 0002, HTTP 429, and a connection
   * that never came about, when the platform certainly did nothing.
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
   * Where the call has given up meanwhile, by its time or its signal, that function is called as soon as it comes.
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
  /** How many there may be. */
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
  /** What follows: the call is over, or is sent again. */
  readonly next: 'done' | 'retry' | 'fail';
  /** With `retry`: the wait before the next try, in milliseconds. */
  readonly retryInMs?: number;
}

/** Of one call, beside its request. */
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
  /** What the method returns by itself. */
  data: T;
  /** The platform's: `0000`. */
  code: string;
  /** The platform's own message. */
  message: string;
  /** HTTP. */
  status: number;
  /** HTTP. */
  headers: Headers;
  /** Of the try that succeeded. */
  nonce: string;
  /** How many tries were sent. */
  attempts: number;
}

/** A call under way: await it for the data, or its `withReply()` for everything. */
export interface Sent<T> extends Promise<T> {
  /**
   * The data with what came around it.
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
 * Talks to the gateway: one method for each endpoint ({@link ClientMethods}). In the examples it talks to a
 * sandbox; those of its methods go on from the first.
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
   * AIGOBO_INVITATE_CODE, AIGOBO_ENVIRONMENT and AIGOBO_BASE_URL out of `env`, by default `process.env`. What stands in
   * `options` goes before what the environment says, and `environment` there also before AIGOBO_BASE_URL.
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
   * Any path, untyped, in the same envelope. The body is sent as it is; `data` comes back as JSON.parse reads it (null as undefined). A path that is
   * none of the documented ones is treated as a write.
   * @example
   * ```ts
   * const data = await client.call('/api/product/getDistrProductDetail', { productCode: '200437', memberId });
   * console.log(data !== null && typeof data === 'object' && 'productName' in data && data.productName); // → 旅途无忧一日游
   * ```
   */
  call(path: string, body: object, options?: CallOptions): Sent<unknown>;
  /**
   * Wipes the keys. Calls that run still end, new ones are refused. `using client = new Client(…)` calls it.
   * @example
   * ```ts
   * client[Symbol.dispose]();
   * await client.getProductDetail({ productCode: '200437', memberId }).catch((error) => console.log(error.code)); // → config
   * ```
   */
  [Symbol.dispose](): void;
}
