/**
 * The platform as a state machine in this process, to develop and test against: it needs no keys, and no network except for the
 * callbacks, which `deliver` sends. It really opens and checks every envelope. `aigobo/sandbox-server` is the same over HTTP.
 * @module aigobo/sandbox
 */

import type { ClientOptions, Credentials, Dialect, EndpointName, NotificationKind } from './index.js';

/** What the global fetch takes. */
export type FetchInput = string | URL | Request;

/** A function like the global fetch. */
export type Fetch = (input: FetchInput, init?: RequestInit) => Promise<Response>;

/** How a notification is sent: the second argument of `deliver`. */
export interface Delivery {
  /** Always. */
  method: 'POST';
  /** JSON in UTF-8. */
  headers: { 'content-type': 'application/json' };
  /** The notification's JSON. */
  body: string;
  /** Aborts once the shop has had 10 seconds to answer. */
  signal: AbortSignal;
}

/** Options of `createSandbox`. */
export interface SandboxOptions {
  /** The beginning of the addresses in replies. Default: an address that nobody has, for use in one process. */
  baseUrl?: string | undefined;
  /** Used instead of `sandbox-access-token`, `sandbox8`, `sandbox-md5-secret`, `DL1000100`, `GY66688`, `88888888`. */
  credentials?: Partial<Credentials & { distrCode: string; employeeCode: string; invitateCode: string }> | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: (() => number) | undefined;
  /** The same seed and clock give the same replies. A whole number, 0 or more. Default 1. */
  seed?: number | undefined;
  /**
   * The initial balance of the distributor's credit account (payType 1), in yuan. Default `'100000.00'`. The sandbox refuses a payment
   * that the balance does not cover with 9999; a surrender returns the amount charged.
   */
  creditBalance?: string | undefined;
  /**
   * The complete dialect that the gateway insists on: it refuses another transport or version with 2008, another signature with 2000.
   * `clientOptions` use it. Default: the usual signature, and every transport and version.
   */
  dialect?: Partial<Dialect> | undefined;
  /**
   * A file that keeps everything across a restart (Node, Deno, Bun). Whatever was answered is in it, on the disk; what `advance`,
   * `credit`, `faults` and `reset` did is in it after `settled()`. Only one sandbox at a time may use it; end with `close()`. Default: nothing is kept.
   */
  state?: string | undefined;
  /**
   * Sends the notifications to the distributor. Default: the global fetch, so that they really go out. If it never
   * answers, `settled()` waits for 10 seconds.
   */
  deliver?: ((url: string, init: Delivery) => Promise<Response>) | undefined;
}

/** When a fault strikes: after a number that pass, a number of times, or by the seed's chance. The first rule that strikes counts. */
export interface Strikes {
  /** How many pass first. Default 0. */
  after?: number;
  /** How many times it strikes. Default: always. */
  times?: number;
  /** The probability, 0 to 1. Default 1. The same seed and calls give the same faults. */
  chance?: number;
}

/**
 * A deliberate fault in a call or a callback.
 *
 * In calls: `delay` (by `ms` milliseconds). The call is not done: `hang` (no answer), `reset` (of the connection), `status` (HTTP, 503 unless
 * `status` says otherwise), `html` (a proxy's page, 502), `gbk` (text in another encoding), `code` (the platform's). The call is done, but the
 * answer is lost or cut in half: `lost-answer`, `cut`. `skew`: the gateway's clock, and its Date header, are off by `ms`.
 *
 * In callbacks: `notification-lost` (never comes), `notification-duplicate` (comes twice), `notification-late` (by `ms`),
 * `notification-reorder` (comes after the next one).
 */
export type Fault =
  | (Strikes & { endpoint?: EndpointName } & (
        | { fault: 'delay'; ms: number }
        | { fault: 'hang' | 'reset' | 'gbk' }
        | { fault: 'status' | 'html'; status?: number }
        | { fault: 'code'; code: string }
        | { fault: 'lost-answer' | 'cut' }
      ))
  | { fault: 'skew'; ms: number }
  | (Strikes & { kind?: NotificationKind } & (
        | { fault: 'notification-lost' | 'notification-duplicate' | 'notification-reorder' }
        | { fault: 'notification-late'; ms: number }
      ));

/**
 * The platform, faithful to its document, in memory. The examples of its methods continue this one.
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox({ clock: () => 1626570000000, deliver: async () => Response.json({ code: '0000' }) });
 * const client = new Client(sandbox.clientOptions);
 * const mobile = '13800000001';
 * const { memberId } = await client.registerMember({ mobile, company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * const { url, tempOrderCode } = await client.createPreOrder({
 *   memberId, mobile, outSerialNo: 'GP18', payType: 2, productCode: '200437', productName: '旅途无忧一日游',
 *   deliverNotifyUrl: 'https://shop.example.com/hooks/deliver', returnNotifyUrl: 'https://shop.example.com/hooks/return',
 *   returnPage: 'https://shop.example.com/orders/18',
 * });
 * console.log(sandbox.snapshot().orders.length); // → 1
 * ```
 */
export interface Sandbox {
  /**
   * The whole platform as one function: gateway, cashier's pages, documents, `/_sandbox/` controls.
   * @example
   * ```ts
   * const page = await sandbox.fetch(url);
   * console.log(page.status, page.headers.get('content-type')); // → 200 text/html; charset=utf-8
   * ```
   */
  fetch(input: FetchInput, init?: RequestInit): Promise<Response>;
  /** What a Client needs to talk to it: `new Client(sandbox.clientOptions)`. */
  readonly clientOptions: ClientOptions & { baseUrl: string; fetch: NonNullable<ClientOptions['fetch']> };
  /**
   * Does what the buyer does at the returned url: pays (payType 2), or confirms and then owes the distributor (payType 1).
   * @throws ConfigError if there is nothing to pay, or the order has expired or was cancelled
   * @example
   * ```ts
   * await sandbox.pay(tempOrderCode);
   * const { orderStatus } = await client.getOrderDetail({ tempOrderCode, memberId });
   * console.log(orderStatus); // → 已支付
   * ```
   */
  pay(tempOrderCode: string): Promise<{ orderCode: string }>;
  /**
   * Moves the sandbox's clock, and the one in `clientOptions`, by milliseconds.
   * @example
   * ```ts
   * sandbox.advance(60_000);
   * console.log(sandbox.snapshot().now); // → 1626570060000
   * ```
   */
  advance(ms: number): void;
  /**
   * Sets the balance of the distributor's credit account, in yuan.
   * @throws ConfigError
   * @example
   * ```ts
   * sandbox.credit('1000.00');
   * console.log(sandbox.snapshot().creditBalance); // → 1000.00
   * ```
   */
  credit(balance: string): void;
  /**
   * Forgets everything, including faults, and starts again from the seed.
   * @example
   * ```ts
   * sandbox.reset();
   * console.log(sandbox.snapshot().orders); // → []
   * ```
   */
  reset(): void;
  /**
   * Sets the faults from now on; an empty list ends them.
   * @throws ConfigError that names the rule and the field
   * @example
   * ```ts
   * sandbox.faults([{ fault: 'code', code: '9999', endpoint: 'getProductDetail', times: 1 }]);
   * await client.getProductDetail({ productCode: '200437', memberId }).catch((error) => console.log(error.code)); // → gateway.9999
   * const { productName } = await client.getProductDetail({ productCode: '200437', memberId });
   * console.log(productName); // → 旅途无忧一日游
   * ```
   */
  faults(list: readonly Fault[]): void;
  /**
   * Returns what the sandbox remembers, oldest first. It contains whatever the requests contained, in plain text.
   * @example
   * ```ts
   * const { orders, calls } = sandbox.snapshot();
   * console.log(orders[0]?.outSerialNo, orders[0]?.history.at(-1)?.stage); // → GP18 preOrder
   * console.log(calls.map(({ endpoint, code }) => `${endpoint} ${code}`)); // → [ 'registerMember 0000', 'createPreOrder 0000' ]
   * ```
   */
  snapshot(): SandboxSnapshot;
  /**
   * Resolves when every notification has been delivered, or could not be.
   * @example
   * ```ts
   * await sandbox.pay(tempOrderCode);
   * await sandbox.settled();
   * console.log(sandbox.snapshot().notifications.map(({ kind, answer }) => `${kind} ${answer}`)); // → [ 'deliver 200' ]
   * ```
   */
  settled(): Promise<void>;
  /**
   * Settles, except for callbacks that a fault made late; disconnects watchers; writes `state` and releases it.
   * @example
   * ```ts
   * await sandbox.close();
   * ```
   */
  close(): Promise<void>;
}

/** The stages of a purchase. */
export type Stage = 'preOrder' | 'expired' | 'unpaid' | 'cancelled' | 'paid' | 'partlySurrendered' | 'refunded';

/**
 * What a sandbox remembers: the last 10,000 pre-orders, fewer if they insure more than 100,000 people, 10,000 members,
 * 20,000 notifications, 500 calls. Times are milliseconds since 1970, amounts yuan.
 */
export interface SandboxSnapshot {
  /** The time of its clock. */
  now: number;
  /** The balance of the distributor's credit account. */
  creditBalance: string;
  /** Their memberIds. */
  members: string[];
  /** The pre-orders and what became of them. */
  orders: {
    tempOrderCode: string;
    outSerialNo: string;
    memberId: string;
    productName: string;
    payType: number;
    /** The buyer's page, below baseUrl. */
    page: string;
    /** Its stages and when it reached them; the last is the current one. */
    history: { stage: Stage; at: number }[];
    orderCode?: string;
    orderStatus?: string;
    orderTotalAmt?: string;
    invoiceStatus?: number;
    policies?: { policyCode: string | null; policyStatus: string }[];
  }[];
  /** The callbacks. */
  notifications: {
    id: number;
    at: number;
    kind: NotificationKind;
    url: string;
    body: Record<string, unknown>;
    /** How often the sandbox tried to send it, whatever faults made of that. */
    tries: number;
    /** The HTTP status; or it is on its way, nobody answered, or a fault lost it. */
    answer: number | 'waiting' | 'nobody' | 'lost';
  }[];
  /** The latest calls. */
  calls: {
    id: number;
    at: number;
    path: string;
    endpoint?: EndpointName;
    /** `''` if a fault kept the call from being done. */
    code: string;
    message: string;
    fault?: string;
    nonce?: string;
    timestamp?: number;
    sign?: string;
    /** The decrypted body; a text if it is not a JSON object. */
    body?: Record<string, unknown> | string;
    /** The signing string that the platform makes of that body. The next field is the sign that should have come. */
    signingString?: string;
    expectedSign?: string;
  }[];
  /** The rules, and how often each struck. */
  faults: { rule: Fault; struck: number }[];
}

/**
 * A sandbox in this process, without a port.
 * @throws ConfigError
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox({ clock: () => 1626570000000, seed: 7 });
 * const client = new Client(sandbox.clientOptions);
 * const { memberId } = await client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * console.log(memberId); // → 100001
 * ```
 */
export function createSandbox(options?: SandboxOptions): Sandbox;
