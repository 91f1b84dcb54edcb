import type { Client, OrderDetailReply, Notification, NotificationKind } from './index.js';

export { parseNotification, type Notification, type NotificationKind } from './index.js';

/** What an address of `notifyUrls` says. */
export interface Addressed {
  kind: NotificationKind;
  memberId: string;
  outSerialNo: string;
}

/**
 * The addresses to give with a pre-order: each carries its kind, memberId, outSerialNo and an HMAC-SHA-256 token, so that
 * nobody can make one up. `base` is the route of the handler; what query it has is kept. Of two secrets the first signs.
 * @throws ConfigError, also where an address is longer than the platform takes (512 characters)
 */
export function notifyUrls(options: {
  base: string;
  secret: string | readonly string[];
  memberId: string;
  outSerialNo: string;
}): Promise<{ deliverNotifyUrl: string; returnNotifyUrl: string; refundNotifyUrl: string }>;

/** What the shop is told: a callback that was borne out, or what an order showed where no callback came. */
export interface NotificationEvent extends Addressed {
  tempOrderCode: string;
  orderCode?: string;
  policyCode?: string;
  success: boolean;
  message?: string;
  source: 'callback' | 'reconciler';
  /** What the order shows; absent with `confirm: false`. */
  detail?: OrderDetailReply;
  /** The callback's body as it came. */
  raw?: Notification['raw'];
}

/**
 * What the shop does. Failures come the same way, with `success: false`. Compare `tempOrderCode` with the one you keep for
 * `outSerialNo`: an address proves the latter alone. News that no function wants is not marked as handled.
 */
export interface Callbacks {
  /** 投保. Awaited before the platform is answered; what it throws leaves the callback unhandled. Repeatable, in less than claimMs. */
  onDeliver?: ((event: NotificationEvent) => void | Promise<void>) | undefined;
  /** 退保 */
  onReturn?: ((event: NotificationEvent) => void | Promise<void>) | undefined;
  /** 退款 */
  onRefund?: ((event: NotificationEvent) => void | Promise<void>) | undefined;
}

/** Remembers what was handled, for all who share it. */
export interface NotificationStore {
  /** `new`: it is the caller's to handle, for `claimMs` milliseconds. `busy`: somebody else's. `done`: was handled. */
  claim(key: string, claimMs: number): Promise<'new' | 'busy' | 'done'>;
  /** It was handled. */
  commit(key: string): Promise<unknown>;
  /** It was not: whoever claims it next has it. */
  release(key: string): Promise<unknown>;
}

/**
 * In this process.
 * @throws ConfigError
 */
export function memoryNotificationStore(options?: {
  /** How long what was handled is remembered, in milliseconds. Default 30 days. */
  ttlMs?: number;
  /** How many at the most; the oldest are forgotten first. Default 100,000. */
  most?: number;
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number;
}): NotificationStore;

export interface NotificationHandlerOptions extends Callbacks {
  /** Whom to ask for the truth. Not needed with `confirm: false`. */
  client?: Client | undefined;
  /** As given to `notifyUrls`; two while you change from the second to the first. */
  secret: string | readonly string[];
  /** Default: in memory. More than one process need a shared one (`aigobo/redis`). */
  store?: NotificationStore | undefined;
  /** Whether `getOrderDetail` is asked before a callback is believed. Default true. */
  confirm?: boolean | undefined;
  /** How long a claim holds, should the process that has it die, in milliseconds. Default 60,000. */
  claimMs?: number | undefined;
  /** Hears of every refusal and failure: a NotificationError, what `getOrderDetail` failed with, what a callback threw. */
  onError?: ((error: unknown, about: Partial<Addressed> & { tempOrderCode?: string }) => unknown) | undefined;
}

/**
 * Answers the platform's callbacks: 200 and `{"code":"0000"}` for what was handled, now or before; otherwise an HTTP error
 * whose message is the NotificationError's code. 5xx asks the platform to come again.
 * @throws ConfigError
 */
export function createNotificationHandler(options: NotificationHandlerOptions): (request: Request) => Promise<Response>;

/** For node:http and Express; Koa: `(ctx) => { ctx.respond = false; return handle(ctx.req, ctx.res) }`. No body parser before it. */
export function toNodeHandler(
  handler: (request: Request) => Promise<Response>,
): (
  request: import('node:http').IncomingMessage,
  response: import('node:http').ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>;

/** A pre-order that the shop still waits for. */
export interface PendingOrder {
  tempOrderCode: string;
  memberId: string;
  outSerialNo: string;
}

/**
 * Asks for orders whose callbacks never came, one after the other and behind every call of normal priority, and tells
 * what they show through the same functions, once: share the handler's store.
 * @throws ConfigError
 */
export function createReconciler(
  options: Callbacks & {
    client: Client;
    /** The pre-orders the shop waits for, asked anew at each run. */
    pending: () => Iterable<PendingOrder> | AsyncIterable<PendingOrder> | Promise<Iterable<PendingOrder> | AsyncIterable<PendingOrder>>;
    store: NotificationStore;
    /** Default 60. */
    callsPerMinute?: number | undefined;
    /** As the handler's. */
    claimMs?: number | undefined;
    /** Hears of what could not be asked, and of callbacks that threw; the run goes on. */
    onError?: ((error: unknown, about: PendingOrder) => unknown) | undefined;
  },
): {
  /** One run over all that is pending; an abort rejects with the signal's own reason. */
  run(options?: { signal?: AbortSignal }): Promise<{ asked: number; told: number; failed: number }>;
};
