/**
 * The platform's callbacks (投保, 退保, 退款), made safe: addresses that nobody can make up, a handler that asks the order before
 * it believes, and a reconciler for callbacks that never came. Any runtime; `toNodeHandler` for Node.
 * @module aigobo/notifications
 */

import type { Client, OrderDetailReply, Notification, NotificationKind } from './index.js';

export { parseNotification, type Notification, type NotificationKind } from './index.js';

/** What an address of `notifyUrls` says. */
export interface Addressed {
  /** 投保, 退保, 退款 */
  kind: NotificationKind;
  /** 会员号 */
  memberId: string;
  /** 外部流水号 */
  outSerialNo: string;
}

/**
 * The addresses to give with a pre-order: each carries its kind, memberId, outSerialNo and an HMAC-SHA-256 token, so that
 * nobody can make one up. `base` is the route of the handler; what query it has is kept. Of two secrets the first signs.
 * To be awaited before it is spread into the request: `...(await notifyUrls({ … }))`.
 * @throws ConfigError, also where an address is longer than the platform takes (512 characters)
 * @example
 * ```ts
 * import { notifyUrls } from 'aigobo/notifications';
 *
 * const urls = await notifyUrls({ base: 'https://shop.example.com/hooks', secret: 'a secret of the shop', memberId: '106225', outSerialNo: 'GP18' });
 * console.log(Object.keys(urls)); // → [ 'deliverNotifyUrl', 'returnNotifyUrl', 'refundNotifyUrl' ]
 * console.log(urls.deliverNotifyUrl); // → https://shop.example.com/hooks?…
 * ```
 */
export function notifyUrls(options: {
  base: string;
  /** 16 characters or more: `openssl rand -hex 16` makes one. */
  secret: string | readonly string[];
  memberId: string;
  outSerialNo: string;
}): Promise<{ deliverNotifyUrl: string; returnNotifyUrl: string; refundNotifyUrl: string }>;

/** What the shop is told: a callback that was borne out, or what an order showed where no callback came. */
export interface NotificationEvent extends Addressed {
  /** 预订单号 */
  tempOrderCode: string;
  /** 订单号 */
  orderCode?: string;
  /** 保单号 */
  policyCode?: string;
  /** Whether it went through. */
  success: boolean;
  /** The platform's words. */
  message?: string;
  /** Who brought it. */
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

/**
 * Remembers what was handled, for all who share it. One of your own must look and write in one step (a script, a transaction, a
 * Durable Object, a unique key), and not read what may be an old copy. What it rejects with is answered 500.
 */
export interface NotificationStore {
  /**
   * `new`: it is the caller's to handle, for `claimMs` milliseconds, and of all who ask meanwhile nobody else's. `busy`: somebody
   * else's, neither committed nor released nor run out. `done`: was committed.
   */
  claim(key: string, claimMs: number): Promise<'new' | 'busy' | 'done'>;
  /** It was handled: `done` from now on, for as long as the platform may repeat it. */
  commit(key: string): Promise<unknown>;
  /** It was not: whoever claims it next has it. Gives back one's own claim alone, and nothing that was committed. */
  release(key: string): Promise<unknown>;
}

/**
 * Remembers in this process what was handled.
 * @throws ConfigError
 * @example
 * ```ts
 * import { memoryNotificationStore } from 'aigobo/notifications';
 *
 * const store = memoryNotificationStore({ ttlMs: 86_400_000 });
 * console.log(await store.claim('deliver:GP18', 60_000)); // → new
 * console.log(await store.claim('deliver:GP18', 60_000)); // → busy
 * await store.commit('deliver:GP18');
 * console.log(await store.claim('deliver:GP18', 60_000)); // → done
 * ```
 */
export function memoryNotificationStore(options?: {
  /** How long what was handled is remembered, in milliseconds. Default 30 days. */
  ttlMs?: number;
  /** How many at the most; the oldest are forgotten first. Default 100,000. */
  most?: number;
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number;
}): NotificationStore;

/** What a handler is made of; at least one of `onDeliver`, `onReturn` and `onRefund` is there. */
export interface NotificationHandlerOptions extends Callbacks {
  /** Whom to ask for the truth. Not needed with `confirm: false`. */
  client?: Client | undefined;
  /** As given to `notifyUrls`, 16 characters or more (`openssl rand -hex 16` makes one); two while you change from the second to the first. */
  secret: string | readonly string[];
  /** Default: in memory. More than one process need a shared one (`aigobo/redis`). */
  store?: NotificationStore | undefined;
  /** Whether `getOrderDetail` is asked before a callback is believed. Default true. */
  confirm?: boolean | undefined;
  /** How long a claim holds, should the process that has it die, in milliseconds. Default 60,000, at most two hours. */
  claimMs?: number | undefined;
  /**
   * Hears of every refusal and failure: a NotificationError, what `getOrderDetail` failed with, what a callback threw. Default: a
   * line on `console.error` with the kind, the outSerialNo, and the error's name, message and stack, without what else hangs on it.
   */
  onError?: ((error: unknown, about: Partial<Addressed> & { tempOrderCode?: string }) => unknown) | undefined;
}

/**
 * Answers the platform's callbacks: 200 and `{"code":"0000"}` for what was handled, now or before; otherwise an HTTP error
 * whose message is the NotificationError's code. 5xx asks the platform to come again. Made once and kept: without a shared
 * `store` what was handled is remembered in it.
 * @throws ConfigError; the handler rejects with one when it is given no Request (Hono: `c.req.raw`; Express: `toNodeHandler`)
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { createNotificationHandler, notifyUrls } from 'aigobo/notifications';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const secret = 'a secret of the shop';
 * const sandbox = createSandbox({ deliver: (url, init) => handler(new Request(String(url), init)) });
 * const client = new Client(sandbox.clientOptions);
 * const handler = createNotificationHandler({ client, secret, onDeliver: ({ outSerialNo, success }) => console.log(outSerialNo, success) });
 *
 * const mobile = '13800000001';
 * const { memberId } = await client.registerMember({ mobile, company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * const outSerialNo = 'GP18';
 * const { tempOrderCode } = await client.createPreOrder({
 *   memberId, mobile, outSerialNo, payType: 2, productCode: '200437', productName: '旅途无忧一日游',
 *   returnPage: 'https://shop.example.com/orders/18',
 *   ...(await notifyUrls({ base: 'https://shop.example.com/hooks', secret, memberId, outSerialNo })),
 * });
 * await sandbox.pay(tempOrderCode);
 * await sandbox.settled(); // → GP18 true
 * ```
 */
export function createNotificationHandler(options: NotificationHandlerOptions): (request: Request) => Promise<Response>;

/** What `toNodeHandler` reads of node:http's IncomingMessage, spelled out so that a project without Node needs no `@types/node`. */
export interface NodeRequest {
  /** `POST` */
  readonly method?: string | undefined;
  /** Path and query. */
  readonly url?: string | undefined;
  /** Whether somebody read from the body. */
  readonly readableDidRead: boolean;
  /** Whether the body was read to its end. */
  readonly readableEnded: boolean;
  /** The body's bytes. */
  iterator(options?: { destroyOnReturn?: boolean }): AsyncIterable<any>;
}

/** What `toNodeHandler` needs of node:http's ServerResponse. */
export interface NodeResponse {
  /** HTTP. */
  statusCode: number;
  /** Before `end`. */
  setHeader(name: string, value: string): unknown;
  /** With the whole body. */
  end(body?: Uint8Array): unknown;
}

/**
 * For node:http and Express; Koa: `(ctx) => { ctx.respond = false; return handle(ctx.req, ctx.res) }`. No body parser before it.
 * @throws ConfigError
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createNotificationHandler, toNodeHandler } from 'aigobo/notifications';
 *
 * const onError = () => {}; // without it: a line on console.error
 * const handler = createNotificationHandler({ secret: 'a secret of the shop', confirm: false, onError, onDeliver: ({ policyCode }) => console.log(policyCode) });
 * const server = createServer(toNodeHandler(handler)).listen(0, '127.0.0.1', async () => {
 *   const address = server.address();
 *   const port = address !== null && typeof address === 'object' ? address.port : 0;
 *   const forged = await fetch(`http://127.0.0.1:${port}/hooks`, { method: 'POST', body: '{}' });
 *   console.log(forged.status, await forged.json()); // → 403 { code: '9999', message: 'notification.token' }
 *   server.close();
 * });
 * ```
 */
export function toNodeHandler(
  handler: (request: Request) => Promise<Response>,
): (
  request: NodeRequest,
  response: NodeResponse,
  next?: (error?: unknown) => void,
) => Promise<void>;

/** A pre-order that the shop still waits for. */
export interface PendingOrder {
  /** 预订单号 */
  tempOrderCode: string;
  /** 会员号 */
  memberId: string;
  /** 外部流水号 */
  outSerialNo: string;
}

/** What a reconciler is made of; at least one of `onDeliver`, `onReturn` and `onRefund` is there. */
export interface ReconcilerOptions extends Callbacks {
  /** Whom to ask. */
  client: Client;
  /** The pre-orders the shop waits for, asked anew at each run: an array, or anything for `for … of` or `for await … of`, or a promise of it. */
  pending: () => Iterable<PendingOrder> | AsyncIterable<PendingOrder> | Promise<Iterable<PendingOrder> | AsyncIterable<PendingOrder>>;
  /** The handler's, so that each thing is told once. */
  store: NotificationStore;
  /** Default 60. */
  callsPerMinute?: number | undefined;
  /** As the handler's, in milliseconds. */
  claimMs?: number | undefined;
  /** Hears of what could not be asked, and of callbacks that threw; the run goes on. Default: as the handler's. */
  onError?: ((error: unknown, about: PendingOrder) => unknown) | undefined;
}

/** Asks for orders whose callbacks never came. */
export interface Reconciler {
  /** One run over all that is pending; an abort rejects with the signal's own reason. Returns how many of each. */
  run(options?: { signal?: AbortSignal }): Promise<{ asked: number; told: number; failed: number }>;
}

/**
 * Asks for orders whose callbacks never came, one after the other and behind every call of normal priority, and tells
 * what they show through the same functions, once: share the handler's store.
 * @throws ConfigError, as does `run` where `pending` gives what cannot be gone through
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { createReconciler, memoryNotificationStore } from 'aigobo/notifications';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox();
 * sandbox.faults([{ fault: 'notification-lost' }]);
 * const client = new Client(sandbox.clientOptions);
 * const mobile = '13800000001';
 * const { memberId } = await client.registerMember({ mobile, company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * const { tempOrderCode } = await client.createPreOrder({
 *   memberId, mobile, outSerialNo: 'GP18', payType: 2, productCode: '200437', productName: '旅途无忧一日游',
 *   deliverNotifyUrl: 'https://shop.example.com/hooks/deliver', returnNotifyUrl: 'https://shop.example.com/hooks/return',
 *   returnPage: 'https://shop.example.com/orders/18',
 * });
 * await sandbox.pay(tempOrderCode);
 *
 * const reconciler = createReconciler({
 *   client,
 *   store: memoryNotificationStore(),
 *   pending: () => [{ tempOrderCode, memberId, outSerialNo: 'GP18' }],
 *   onDeliver: ({ outSerialNo, source }) => console.log(outSerialNo, source), // → GP18 reconciler
 * });
 * console.log(await reconciler.run()); // → { asked: 1, told: 1, failed: 0 }
 * ```
 */
export function createReconciler(options: ReconcilerOptions): Reconciler;
