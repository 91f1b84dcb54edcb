/**
 * The platform as a state machine in this process, to develop and test against: no keys, and no network but for the
 * callbacks, which `deliver` carries. It opens and checks every envelope for real. `aigobo/sandbox-server` is the same over HTTP.
 * @module aigobo/sandbox
 */

import type { ClientOptions, Credentials, Dialect, EndpointName, NotificationKind } from './index.js';

/** What the global fetch is called with. */
export type FetchInput = string | URL | Request;

/** As the global fetch. */
export type Fetch = (input: FetchInput, init?: RequestInit) => Promise<Response>;

/** How a notification is sent: what `deliver` is called with. */
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

/** What a sandbox is made of. */
export interface SandboxOptions {
  /** What the addresses in replies begin with. Default: an address that nobody has, for use in one process. */
  baseUrl?: string | undefined;
  /** Instead of `sandbox-access-token`, `sandbox8`, `sandbox-md5-secret`, `DL1000100`, `GY66688`, `88888888`. */
  credentials?: Partial<Credentials & { distrCode: string; employeeCode: string; invitateCode: string }> | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: (() => number) | undefined;
  /** Same seed and clock, same replies. A whole number, 0 or more. Default 1. */
  seed?: number | undefined;
  /**
   * What the distributor's credit account (payType 1) holds at first, in yuan. Default `'100000.00'`. A payment that it
   * does not cover is refused with 9999; a surrender gives back what was charged.
   */
  creditBalance?: string | undefined;
  /**
   * What the gateway insists on, whole: another transport or version is refused with 2008, another signature with 2000.
   * `clientOptions` speak it. Default: the usual signature, and every transport and version.
   */
  dialect?: Partial<Dialect> | undefined;
  /**
   * A file that keeps everything over a restart (Node, Deno, Bun): what was answered is in it, on the disk; what `advance`,
   * `credit`, `faults` and `reset` did after `settled()`. One sandbox at a time; end with `close()`. Default: nothing is kept.
   */
  state?: string | undefined;
  /**
   * What carries the notifications to the distributor. Default: the global fetch, so that they really go out. One that never
   * answers keeps `settled()` waiting for 10 seconds.
   */
  deliver?: ((url: string, init: Delivery) => Promise<Response>) | undefined;
}

/** When a fault strikes: after so many that pass, so many times, or by the seed's chance. The first rule that strikes counts. */
export interface Strikes {
  /** Default 0. */
  after?: number;
  /** Default: always. */
  times?: number;
  /** 0 to 1. Default 1. Same seed, same calls, same faults. */
  chance?: number;
}

/**
 * What goes wrong on purpose, with a call or with a callback.
 *
 * Calls: `delay` (by `ms` milliseconds). Not done: `hang` (no answer), `reset` (of the connection), `status` (HTTP, 503 unless it
 * says another), `html` (a proxy's page, 502), `gbk` (text in another encoding), `code` (the platform's). Done, but the answer is
 * lost or cut in half: `lost-answer`, `cut`. `skew`: the gateway's clock is off by `ms`, its Date header too.
 *
 * Callbacks: `notification-lost` (never comes), `notification-duplicate` (comes twice), `notification-late` (by `ms`),
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
 * The platform, faithful to its document, in memory. The examples of its methods go on from here.
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
   * @throws ConfigError where there is nothing to pay, or it has expired or was cancelled
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
   * What the distributor's credit account holds from now on, in yuan.
   * @throws ConfigError
   * @example
   * ```ts
   * sandbox.credit('1000.00');
   * console.log(sandbox.snapshot().creditBalance); // → 1000.00
   * ```
   */
  credit(balance: string): void;
  /**
   * Forgets everything, faults too, and starts again from the seed.
   * @example
   * ```ts
   * sandbox.reset();
   * console.log(sandbox.snapshot().orders); // → []
   * ```
   */
  reset(): void;
  /**
   * What goes wrong from now on; an empty list ends it.
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
   * What is remembered, oldest first. Holds whatever the requests held, in plain text.
   * @example
   * ```ts
   * const { orders, calls } = sandbox.snapshot();
   * console.log(orders[0]?.outSerialNo, orders[0]?.history.at(-1)?.stage); // → GP18 preOrder
   * console.log(calls.map(({ endpoint, code }) => `${endpoint} ${code}`)); // → [ 'registerMember 0000', 'createPreOrder 0000' ]
   * ```
   */
  snapshot(): SandboxSnapshot;
  /**
   * Resolves when every notification was delivered, or could not be.
   * @example
   * ```ts
   * await sandbox.pay(tempOrderCode);
   * await sandbox.settled();
   * console.log(sandbox.snapshot().notifications.map(({ kind, answer }) => `${kind} ${answer}`)); // → [ 'deliver 200' ]
   * ```
   */
  settled(): Promise<void>;
  /**
   * Settles, but for callbacks that a fault made late; ends who watches; writes `state` and lets go of it.
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
 * What a sandbox remembers: the last 10,000 pre-orders, fewer where they insure more than 100,000 people, 10,000 members,
 * 20,000 notifications, 500 calls. Times are milliseconds since 1970, amounts yuan.
 */
export interface SandboxSnapshot {
  /** Its clock. */
  now: number;
  /** What the distributor's credit account holds. */
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
    /** What it became and when; the last is what it is. */
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
    /** How often it was given out to be sent; what faults made of that is not counted. */
    tries: number;
    /** The HTTP status, or that it is on its way, that nobody answered, that a fault ate it. */
    answer: number | 'waiting' | 'nobody' | 'lost';
  }[];
  /** The latest calls. */
  calls: {
    id: number;
    at: number;
    path: string;
    endpoint?: EndpointName;
    /** `''` where a fault kept the call from being done. */
    code: string;
    message: string;
    fault?: string;
    nonce?: string;
    timestamp?: number;
    sign?: string;
    /** Decrypted; text where it is no JSON object. */
    body?: Record<string, unknown> | string;
    /** As the platform makes it of that body; and the sign that should have come. */
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
