import type { GatewayCode } from '../generated/models.js';
import type { Issue } from './requests.js';

/**
 * The base class of all errors of this package. No message, stack or field contains a key, or anybody whom the request names;
 * what your own `fetch` threw becomes the `cause` with both masked. (A field that the document does not know is named if its name could
 * be a field's: ASCII letters, digits and `_-.`, with fewer than five digits.)
 * @example
 * ```ts
 * import { AigoboError, decrypt } from 'aigobo';
 *
 * try {
 *   decrypt('voMb9bxrG2Y=', 'another key');
 * } catch (error) {
 *   if (error instanceof AigoboError) console.log(error.name, error.code, error.retryable); // → EnvelopeError envelope.decrypt false
 * }
 * ```
 */
export class AigoboError extends Error {
  /** Stable, for programs; the message is for people. */
  readonly code: string;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  /** The client's method, or the path of an untyped call. */
  readonly endpoint?: string;
  /** The last envelope's nonce, by which the platform's support can find the call. */
  readonly nonce?: string;
  /** How many tries were sent; 0 if none was. */
  readonly attempts?: number;
  /** The HTTP status, if an answer came. */
  readonly status?: number;
  /** The wait that the gateway's Retry-After asks for, in milliseconds. */
  readonly retryAfterMs?: number;
  /**
   * Returns name, message, code and all fields, for logs.
   * @example
   * ```ts
   * import { isAigoboError, sign } from 'aigobo';
   *
   * try {
   *   sign({ memberId: '106225' }, '');
   * } catch (error) {
   *   if (isAigoboError(error)) console.log(Object.keys(error.toJSON())); // → [ 'name', 'message', 'code', 'retryable', 'option' ]
   * }
   * ```
   */
  toJSON(): Record<string, unknown>;
}
/**
 * `config`: an option is missing or wrong.
 * @example
 * ```ts
 * import { Client, ConfigError } from 'aigobo';
 *
 * try {
 *   Client.fromEnv({ AIGOBO_ACCESS_TOKEN: 'token' });
 * } catch (error) {
 *   if (error instanceof ConfigError) console.log(error.option); // → desKey
 * }
 * ```
 */
export class ConfigError extends AigoboError {
  readonly code: 'config';
  /** The option's name; with `Client.fromEnv` the message names the variable. */
  readonly option: string;
}
/**
 * `validation`: the request breaks the document's rules; nothing was sent.
 * @example
 * ```ts
 * import { Client, ValidationError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const client = new Client(createSandbox().clientOptions);
 * try {
 *   await client.getOrderDetail({ tempOrderCode: '', memberId: '' });
 * } catch (error) {
 *   if (error instanceof ValidationError) console.log(error.issues.map(({ label }) => label)); // → [ '预订单号', '会员号' ]
 * }
 * ```
 */
export class ValidationError extends AigoboError {
  readonly code: 'validation';
  /** Everything that is wrong, at once. */
  readonly issues: readonly Issue[];
}
/**
 * `connection`: no answer is known; see `cause`. For a write it means that certainly nothing was sent: there was no
 * connection to send over. In any other case a write gets an OutcomeUnknownError.
 * @example
 * ```ts
 * import { Client, ConnectionError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox();
 * sandbox.faults([{ fault: 'reset' }]);
 * const client = new Client({ ...sandbox.clientOptions, maxRetries: 0 });
 * try {
 *   await client.getProductDetail({ productCode: '200437', memberId: '106225' });
 * } catch (error) {
 *   if (error instanceof ConnectionError) console.log(error.code, error.retryable, error.attempts); // → connection true 1
 * }
 * ```
 */
export class ConnectionError extends AigoboError {
  readonly code: 'connection';
}
/**
 * `timeout`: no complete answer came in time. A write gets an OutcomeUnknownError instead. Where no time was left to send at all, it is a
 * RateLimitError.
 * @example
 * ```ts
 * import { Client, TimeoutError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox();
 * sandbox.faults([{ fault: 'hang' }]);
 * const client = new Client(sandbox.clientOptions);
 * try {
 *   await client.getProductDetail({ productCode: '200437', memberId: '106225' }, { timeoutMs: 50, maxRetries: 0 });
 * } catch (error) {
 *   if (error instanceof TimeoutError) console.log(error.code, error.timeoutMs); // → timeout 50
 * }
 * ```
 */
export class TimeoutError extends AigoboError {
  readonly code: 'timeout';
  /** The time that this try had, in milliseconds. */
  readonly timeoutMs: number;
}
/**
 * `http`: the gateway's front answered, not the platform. HTTP 408 and 5xx do not tell what became of a write: there it is the `cause` of
 * an OutcomeUnknownError. With any other status the write was not carried out, and gets this error itself.
 * @example
 * ```ts
 * import { Client, HttpError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox();
 * sandbox.faults([{ fault: 'html' }]); // a proxy's page
 * const client = new Client({ ...sandbox.clientOptions, maxRetries: 0 });
 * try {
 *   await client.getProductDetail({ productCode: '200437', memberId: '106225' });
 * } catch (error) {
 *   if (error instanceof HttpError) console.log(error.status, error.body); // → 502 <html>…</html>
 * }
 * ```
 */
export class HttpError extends AigoboError {
  readonly code: 'http';
  /** The HTTP status; 0 if a browser hides a redirect. */
  readonly status: number;
  /** The beginning of its body, with people and keys masked. */
  readonly body: string;
}
/**
 * `gateway.<code>`: the platform said no (document section 8.1.1, `responseCodes`).
 * @example
 * ```ts
 * import { Client, GatewayError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const client = new Client(createSandbox().clientOptions);
 * try {
 *   await client.getOrderDetail({ tempOrderCode: '1010', memberId: '106225' });
 * } catch (error) {
 *   if (error instanceof GatewayError) console.log(error.gatewayCode, error.gatewayMessage); // → 9999 失败: memberId names no member…
 * }
 * ```
 */
export class GatewayError extends AigoboError {
  readonly code: `gateway.${string}`;
  /** Four digits. */
  readonly gatewayCode: GatewayCode;
  /** The platform's words, with people and keys masked. */
  readonly gatewayMessage: string;
  /** What to do about it. */
  readonly remedy: string;
}
/**
 * `reply`: the platform broke its own contract, or something on the way answered in its place. For a write it is the
 * `cause` of an OutcomeUnknownError, unless the platform said 0000 and only its data is not as documented: then the write gets this error
 * itself, because it **was carried out**; its message says how to get what the reply did not give.
 * @example
 * ```ts
 * import { Client, ReplyError } from 'aigobo';
 *
 * const client = new Client({
 *   accessToken: 'token', desKey: '12345678', md5SecretKey: 'secret', distrCode: 'DL1000100',
 *   fetch: async () => Response.json({ code: '0000', message: '成功', data: {} }),
 * });
 * try {
 *   await client.getOrderDetail({ tempOrderCode: '1010', memberId: '106225' });
 * } catch (error) {
 *   if (error instanceof ReplyError) console.log(error.path); // → data.orderStatus
 * }
 * ```
 */
export class ReplyError extends AigoboError {
  readonly code: 'reply';
  /** Where in the reply, for example `data.url`; empty if it is not a reply at all. */
  readonly path: string;
}
/**
 * `outcome-unknown`: a write was sent and the platform's answer never came. Find out what became of it before you send it
 * again: `remedy` says how. `cause` is the ConnectionError, TimeoutError, HttpError or ReplyError, or the ConfigError
 * if your `fetch` does not answer as fetch does.
 * @example
 * ```ts
 * import { Client, OutcomeUnknownError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox();
 * sandbox.faults([{ fault: 'lost-answer', endpoint: 'registerMember' }]); // done, but the answer is lost
 * const client = new Client(sandbox.clientOptions);
 * try {
 *   await client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * } catch (error) {
 *   if (error instanceof OutcomeUnknownError) console.log(`${error.cause.code}: ${error.remedy}`); // → connection: register again with the same mobile…
 * }
 * ```
 */
export class OutcomeUnknownError extends AigoboError {
  readonly code: 'outcome-unknown';
  /** Why the outcome is unknown. */
  readonly cause: ConnectionError | TimeoutError | HttpError | ReplyError | ConfigError;
  /** How to find out what became of this call, and when to send it again. */
  readonly remedy: string;
}
/**
 * `rate-limit`: the wait for the quota would outlast the call, or its `deadlineMs` was over before its turn, so it was not sent.
 * @example
 * ```ts
 * import { Client, RateLimitError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const client = new Client({ ...createSandbox().clientOptions, rateLimit: { calls: 1, periodMs: 60_000 }, deadlineMs: 1_000 });
 * await client.getProductDetail({ productCode: '200437', memberId: '106225' }).catch(() => {});
 * try {
 *   await client.getProductDetail({ productCode: '200437', memberId: '106225' });
 * } catch (error) {
 *   if (error instanceof RateLimitError) console.log(error.attempts, Math.round((error.waitMs ?? 0) / 1_000)); // → 0 60
 * }
 * ```
 */
export class RateLimitError extends AigoboError {
  readonly code: 'rate-limit';
  /** The least time until the quota allows the call, in milliseconds; absent if your own limiter did not say, or if `deadlineMs` was over. */
  readonly waitMs?: number;
}
/**
 * `envelope.token`, `.decrypt`, `.sign`, `.stale`, `.shape`: `open` or `decrypt` refused.
 * @example
 * ```ts
 * import { EnvelopeError, open, seal } from 'aigobo';
 *
 * const keys = { accessToken: 'token', desKey: '12345678', md5SecretKey: 'secret' };
 * const envelope = seal({ memberId: '106225' }, keys, { timestamp: 1626570000000 });
 * try {
 *   open(envelope, keys);
 * } catch (error) {
 *   if (error instanceof EnvelopeError) console.log(error.code); // → envelope.stale
 * }
 * ```
 */
export class EnvelopeError extends AigoboError {
  readonly code: `envelope.${'token' | 'decrypt' | 'sign' | 'stale' | 'shape'}`;
}
/**
 * A callback was refused. `notification.method`, `.token` (`notifyUrls` did not make the address), `.consumed` (something
 * read the body before), `.too-large`, `.shape`, `.mismatch` (it names another pre-order than its address does),
 * `.unconfirmed` (the order shows something else), `.busy` (another process is handling it).
 * @example
 * ```ts
 * import { NotificationError, parseNotification } from 'aigobo';
 *
 * try {
 *   parseNotification('<html></html>');
 * } catch (error) {
 *   if (error instanceof NotificationError) console.log(error.code); // → notification.shape
 * }
 * ```
 */
export class NotificationError extends AigoboError {
  readonly code: `notification.${'method' | 'token' | 'consumed' | 'too-large' | 'shape' | 'mismatch' | 'unconfirmed' | 'busy'}`;
}
/**
 * `store`: a store shared by several processes (`aigobo/redis`) did not answer, or refused (then not `retryable`); nothing was sent.
 * @example
 * ```ts
 * import { StoreError } from 'aigobo';
 * import { redisRateLimiter } from 'aigobo/redis';
 *
 * const dead = { call: () => new Promise(() => {}) };
 * const limiter = redisRateLimiter(dead, { key: 'DL1000100', timeoutMs: 50 });
 * try {
 *   await limiter.acquire({});
 * } catch (error) {
 *   if (error instanceof StoreError) console.log(error.code, error.retryable); // → store true
 * }
 * ```
 */
export class StoreError extends AigoboError {
  readonly code: 'store';
}
/**
 * `internal`: a defect of this library. The next call runs on a fresh WebAssembly instance; report it.
 * @example
 * ```ts
 * import { Client, InternalError, isAigoboError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const client = new Client(createSandbox().clientOptions);
 * try {
 *   await client.getOrderDetail({ tempOrderCode: '1010', memberId: '106225' });
 * } catch (error) {
 *   if (error instanceof InternalError) throw error; // nothing that the shop can do about
 *   console.log(isAigoboError(error) && error.code); // → gateway.9999
 * }
 * ```
 */
export class InternalError extends AigoboError {
  readonly code: 'internal';
}
