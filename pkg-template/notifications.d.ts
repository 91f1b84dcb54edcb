/**
 * Makes the platform's callbacks (投保, 退保, 退款) safe: addresses that nobody can forge, a handler that checks the order before
 * it believes a callback, and a reconciler for callbacks that never came. It runs in any runtime; `toNodeHandler` is for Node.
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
 * Makes the addresses to give with a pre-order. Each carries its kind, memberId, outSerialNo and an HMAC-SHA-256 token, so that
 * nobody can forge one. `base` is the route of the handler; its query is kept. With two secrets, the first one signs.
 * Await it before you spread it into the request: `...(await notifyUrls({ … }))`.
 * @throws ConfigError, also if an address is longer than the platform accepts (512 characters)
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

/** What the shop is told: a confirmed callback, or what an order showed when no callback came. */
export interface NotificationEvent extends Addressed {
  /** 预订单号 */
  tempOrderCode: string;
  /** 订单号 */
  orderCode?: string;
  /**
   * 保单号; absent where it concerns the order, or those of its policies that have no code. A policy that gets its code later is told
   * again, with the code.
   */
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
 * The shop's functions. They receive failures, too, with `success: false`. Compare `tempOrderCode` with the one you keep for
 * `outSerialNo`: an address proves only the latter. News without a function is not marked as handled.
 */
export interface Callbacks {
  /**
   * 投保. The handler awaits it before it answers the platform; if it throws, the callback stays unhandled. It must be repeatable
   * and take less than claimMs.
   */
  onDeliver?: ((event: NotificationEvent) => void | Promise<void>) | undefined;
  /** 退保 */
  onReturn?: ((event: NotificationEvent) => void | Promise<void>) | undefined;
  /** 退款 */
  onRefund?: ((event: NotificationEvent) => void | Promise<void>) | undefined;
}

/**
 * Remembers what was handled, for all who share it. Your own store must read and write in one step (a script, a transaction, a
 * Durable Object, a unique key), and must not read a copy that may be old. If it rejects, or `claim` resolves to another word, the handler answers 500.
 */
export interface NotificationStore {
  /**
   * `new`: the caller may handle it, for `claimMs` milliseconds, and nobody else who asks meanwhile may. `busy`: somebody
   * else holds a claim that was not committed or released and has not expired. `done`: it was committed.
   */
  claim(key: string, claimMs: number): Promise<'new' | 'busy' | 'done'>;
  /** Marks it as handled: `done` from now on, for as long as the platform may repeat it. */
  commit(key: string): Promise<unknown>;
  /** Gives the claim back, so that the next one to claim it gets it. It must leave alone another's claim, and what was committed. */
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
  /** How long it remembers what was handled, in milliseconds. Default 30 days. */
  ttlMs?: number;
  /** How many it remembers at most; it forgets the oldest first. Default 100,000. */
  most?: number;
  /** Returns milliseconds since 1970. Default `Date.now`. */
  clock?: () => number;
}): NotificationStore;

/** Options of a handler, with at least one of `onDeliver`, `onReturn` and `onRefund`. */
export interface NotificationHandlerOptions extends Callbacks {
  /** The client that queries the order. Not needed with `confirm: false`. */
  client?: Client | undefined;
  /** As given to `notifyUrls`, 16 characters or more (`openssl rand -hex 16` makes one); give two while you change from the second to the first. */
  secret: string | readonly string[];
  /** Default: in memory. Several processes need a shared one (`aigobo/redis`). */
  store?: NotificationStore | undefined;
  /**
   * Whether to confirm a callback with `getOrderDetail` before believing it. Default true. With false, a callback without a
   * policyCode is told once, for the order; a reconciler then tells it once more for each policy.
   */
  confirm?: boolean | undefined;
  /** How long a claim holds if its process dies, in milliseconds. Default 60,000, at most two hours. */
  claimMs?: number | undefined;
  /**
   * Receives every refusal and failure: a NotificationError, the error of `getOrderDetail`, what your function threw. Default: a
   * line on `console.error` with the kind and the outSerialNo; then for an error of this package its name, code and message and
   * those of its causes, for any other error its stack. It prints no other properties.
   */
  onError?: ((error: unknown, about: Partial<Addressed> & { tempOrderCode?: string }) => unknown) | undefined;
}

/**
 * Answers the platform's callbacks: 200 and `{"code":"0000"}` for what was handled, now or before; otherwise an HTTP error
 * whose message is the NotificationError's code. 5xx asks the platform to come again. Make the handler once and keep it: without a
 * shared `store`, it remembers what was handled.
 * @throws ConfigError; the handler rejects with one if it gets something other than a Request (Hono: `c.req.raw`; Express: `toNodeHandler`)
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

/** The part of node:http's IncomingMessage that `toNodeHandler` reads, spelled out so that a project without Node needs no `@types/node`. */
export interface NodeRequest {
  /** `POST` */
  readonly method?: string | undefined;
  /** Path and query. */
  readonly url?: string | undefined;
  /** Whether something has read from the body. */
  readonly readableDidRead: boolean;
  /** Whether the body was read to its end. */
  readonly readableEnded: boolean;
  /** The body's bytes. */
  iterator(options?: { destroyOnReturn?: boolean }): AsyncIterable<any>;
}

/** The part of node:http's ServerResponse that `toNodeHandler` needs. */
export interface NodeResponse {
  /** The HTTP status. */
  statusCode: number;
  /** Called before `end`. */
  setHeader(name: string, value: string): unknown;
  /** Called with the whole body. */
  end(body?: Uint8Array): unknown;
}

/**
 * Adapts a handler to node:http and Express; for Koa: `(ctx) => { ctx.respond = false; return handle(ctx.req, ctx.res) }`. Put no body parser before it.
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

/** A pre-order that the shop is still waiting for. */
export interface PendingOrder {
  /** 预订单号 */
  tempOrderCode: string;
  /** 会员号 */
  memberId: string;
  /** 外部流水号 */
  outSerialNo: string;
}

/** Options of a reconciler, with at least one of `onDeliver`, `onReturn` and `onRefund`. */
export interface ReconcilerOptions extends Callbacks {
  /** The client that queries the orders. */
  client: Client;
  /** Returns the pre-orders the shop waits for, called at each run: an array, anything for `for … of` or `for await … of`, or a promise of it. */
  pending: () => Iterable<PendingOrder> | AsyncIterable<PendingOrder> | Promise<Iterable<PendingOrder> | AsyncIterable<PendingOrder>>;
  /** The handler's store, so that each piece of news is told once (two exceptions: see `confirm` and `policyCode`). */
  store: NotificationStore;
  /** At most this many calls a minute. Default 60. */
  callsPerMinute?: number | undefined;
  /** The same as the handler's, in milliseconds. */
  claimMs?: number | undefined;
  /** Receives the errors of queries, and what your functions threw; the run goes on. Default: the same as the handler's. */
  onError?: ((error: unknown, about: PendingOrder) => unknown) | undefined;
}

/** Queries orders whose callbacks never came. */
export interface Reconciler {
  /** Goes once through all pending orders; an abort rejects with the signal's own reason. Returns how many of each. */
  run(options?: { signal?: AbortSignal }): Promise<{ asked: number; told: number; failed: number }>;
}

/**
 * Queries orders whose callbacks never came, one after another and behind every call of normal priority, and reports
 * what they show to the same functions, once: share the handler's store.
 * @throws ConfigError, as does `run` if `pending` returns something that cannot be iterated
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
