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
  /** Whether it went through. */
  success: boolean;
  /** The platform's words. */
  message?: string;
  /** 会员号 */
  memberId?: string;
  /** The body as it came. */
  raw: Record<string, unknown>;
}

/** Something that an order shows, whether a callback told it or not. */
export interface OrderNews {
  /** The same as `notificationKey` of the callback that tells it. */
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
  /** An order shows what went through. */
  success: true;
}

/**
 * Reads a callback's body: JSON or a form, as text, bytes or an object that was parsed already.
 * @throws NotificationError `notification.shape`
 * @example
 * ```ts
 * import { parseNotification } from 'aigobo';
 *
 * const told = parseNotification('{"outSerialNo":"GP18","tempOrderCode":"1010","policyCode":"PDAA1","success":true}');
 * console.log(told.outSerialNo, told.policyCode, told.success); // → GP18 PDAA1 true
 * ```
 */
export function parseNotification(body: string | Uint8Array | object): Notification;
/**
 * By what the same news is known again, whoever brings it; with the outSerialNo of its address where it names none. At most
 * 242 ASCII characters without white space, in which nobody is named: of the platform's words it has the MD5.
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
 * Whether what `getOrderDetail` returned bears a callback out.
 * @throws NotificationError `notification.unconfirmed`, which tells what the order shows instead
 * @example
 * ```ts
 * import { confirmNotification, parseNotification } from 'aigobo';
 *
 * const told = parseNotification({ outSerialNo: 'GP18', tempOrderCode: '1010', policyCode: 'PDAA1', success: true });
 * const detail = { orderStatus: '已支付', insuredInfoList: [{ policyCode: 'PDAA1', policyStatus: '已承保' }] };
 * confirmNotification('deliver', told, detail); // it does
 * try {
 *   confirmNotification('return', told, detail);
 * } catch (error) {
 *   console.log(String(error)); // → NotificationError: the order does not show this policy as surrendered
 * }
 * ```
 */
export function confirmNotification(kind: NotificationKind, notification: Notification, detail: object): void;
/**
 * Every policy issued, surrendered or refunded that an order shows: what callbacks will have told, or should have.
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
