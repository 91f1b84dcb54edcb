/** What a callback is about: 投保, 退保, 退款. Only the address tells; the body does not say. */
export type NotificationKind = 'deliver' | 'return' | 'refund';

/** What a callback says, whichever of the known forms it came in. */
export interface Notification {
  /** 外部流水号 */
  outSerialNo?: string;
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
  /** 会员号 */
  memberId?: string;
  /** The body as it came. */
  raw: Record<string, unknown>;
}

/** Something that an order shows, whether a callback reported it or not. */
export interface OrderNews {
  /** The same as the `notificationKey` of the callback that reports it. */
  key: string;
  /** 投保, 退保, 退款 */
  kind: NotificationKind;
  /** 外部流水号 */
  outSerialNo: string;
  /** 预订单号 */
  tempOrderCode: string;
  /** 订单号 */
  orderCode?: string;
  /** 保单号 */
  policyCode: string;
  /** An order shows only what went through. */
  success: true;
}

/**
 * Reads a callback's body: JSON or a form, as text, bytes (`await request.arrayBuffer()`) or an already parsed object.
 * @throws NotificationError `notification.shape`
 * @example
 * ```ts
 * import { parseNotification } from 'aigobo';
 *
 * const told = parseNotification('{"outSerialNo":"GP18","tempOrderCode":"1010","policyCode":"PDAA1","success":true}');
 * console.log(told.outSerialNo, told.policyCode, told.success); // → GP18 PDAA1 true
 * ```
 */
export function parseNotification(body: string | ArrayBuffer | ArrayBufferView | object): Notification;
/**
 * The key by which the same news is recognised, whoever brings it. If the notification names no outSerialNo, put in that of its address. The key has at most
 * 242 ASCII characters, no white space, and names nobody: it contains the MD5 of the platform's words.
 * @example
 * ```ts
 * import { notificationKey, parseNotification } from 'aigobo';
 *
 * const told = parseNotification({ outSerialNo: 'GP18', tempOrderCode: '1010', policyCode: 'PDAA1', success: true });
 * console.log(notificationKey('deliver', told)); // → deliver:GP18:1010:PDAA1:done
 * ```
 */
export function notificationKey(kind: NotificationKind, notification: Notification): string;
/**
 * Checks that what `getOrderDetail` returned confirms a callback, and returns what it concerns, never nothing: the code of the policy
 * it names. If it names none, null stands for the order, and a success concerns each policy of the order: their codes, each once, and
 * at last null for those that have no code.
 * @throws NotificationError `notification.unconfirmed`, which says what the order shows instead
 * @example
 * ```ts
 * import { confirmNotification, parseNotification } from 'aigobo';
 *
 * const told = parseNotification({ outSerialNo: 'GP18', tempOrderCode: '1010', policyCode: 'PDAA1', success: true });
 * const detail = { orderStatus: '已支付', insuredInfoList: [{ policyCode: 'PDAA1', policyStatus: '已承保' }] };
 * console.log(confirmNotification('deliver', told, detail)); // → [ 'PDAA1' ]
 * try {
 *   confirmNotification('return', told, detail);
 * } catch (error) {
 *   console.log(String(error)); // → NotificationError: the order does not show this policy as surrendered
 * }
 * ```
 */
export function confirmNotification(kind: NotificationKind, notification: Notification, detail: object): (string | null)[];
/**
 * Returns every policy that an order shows as issued, surrendered or refunded: what callbacks have reported, or should have.
 * @param detail what `getOrderDetail` returned
 * @example
 * ```ts
 * import { orderNews } from 'aigobo';
 *
 * const detail = { orderStatus: '已支付', insuredInfoList: [{ policyCode: 'PDAA1', policyStatus: '已承保' }] };
 * const news = orderNews({ outSerialNo: 'GP18', tempOrderCode: '1010' }, detail);
 * console.log(news.map(({ kind, policyCode }) => `${kind} ${policyCode}`)); // → [ 'deliver PDAA1' ]
 * ```
 */
export function orderNews(order: { outSerialNo: string; tempOrderCode: string }, detail: object): OrderNews[];
