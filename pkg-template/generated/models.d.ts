// Generated from the Rust models by tests/generated.rs; don't edit.

/**
 * Requests and replies of all endpoints, field by field. `aigobo` exports all of it. Amounts are decimal strings in yuan, with the
 * platform's own digits; a reply keeps the fields that are not listed here.
 * @module models
 */

import type { CallOptions, Sent } from '../types/client.js';

/** The parameters of `registerMember` (document section 7.1.2). */
export interface RegisterMemberRequest {
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员手机号 The member's mobile number. */
  mobile: string;
  /** 销售人员推荐码 The sales person's referral code, issued by the platform. Filled in from the client's option of the same name. */
  employeeCode?: string | null | undefined;
  /** 分销商推荐码 The distributor's referral code, issued by the platform. Filled in from the client's option of the same name. */
  invitateCode?: string | null | undefined;
  /** 公司名称 The company's name. */
  company: string;
  /** 省 The company's province. */
  province: string;
  /** 市 The company's city. */
  city: string;
  /** 公司联系人 Whom to ask for at the company. Optional in the document; the live platform has been seen to want it. */
  contact?: string | null | undefined;
  /** 公司地址 The company's address. */
  address: string;
}

/** What `registerMember` returns (document section 7.1.3). */
export interface RegisterMemberReply {
  /** 会员号 The member's number, which every other call wants. */
  memberId: string;
}

/** The parameters of `applyInvoice` (document section 7.2.2). */
export interface ApplyInvoiceRequest {
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
  /** 订单号 The platform's order code, from the 投保 notification or getOrderDetail. */
  orderCode: string;
  /** 发票类型 Whom the invoice is made out to. 1 个人, 2 公司. */
  invoiceType: 1 | 2 | '1' | '2';
  /** 发票抬头 The name on the invoice. */
  invoiceTitle: string;
  /** 纳税人识别号 The company's taxpayer number; required when invoiceType is 2. */
  taxpayerNo?: string | null | undefined;
}

/** The parameters of `getInvoiceUrl` (document section 7.3.2). */
export interface InvoiceUrlRequest {
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
  /** 订单号 The platform's order code, from the 投保 notification or getOrderDetail. */
  orderCode: string;
}

/** One invoice of `getInvoiceUrl` (document sections 7.3.3 and 7.3.4, which differ). */
export interface InvoiceUrlReply {
  /** 发票地址 Where the invoice can be downloaded. */
  invoiceUrl: string;
  /** 保单号 The policy it belongs to; absent where the platform sends bare addresses. */
  policyCode?: string;
}

/** The policy holder (document section 7.4.2, HolderInfoDTO). All optional: the buyer fills in the rest on the platform's page. */
export interface HolderInfo {
  /** 投保人姓名 The holder's name. */
  holderName?: string | null | undefined;
  /** 投保人证件类型 The kind of identity document. 1 身份证, 2 护照, 3 港澳通行证, 4 台胞证, 5 军官证. */
  holderCardType?: '1' | '2' | '3' | '4' | '5' | null | undefined;
  /** 投保人证件号 The document's number. */
  holderCardNo?: string | null | undefined;
  /** 投保人出生日期 The date of birth, yyyy-MM-dd. */
  holderBirthday?: string | null | undefined;
  /** 投保人性别 The gender. M 男, F 女. */
  holderGender?: 'M' | 'F' | null | undefined;
  /** 投保人手机号 The mobile number. */
  holderMobile?: string | null | undefined;
  /** 投保人邮箱 The mail address. */
  holderEmail?: string | null | undefined;
}

/** One insured person (document section 7.4.2, InsuredInfoDTO). All optional: the buyer fills in the rest on the platform's page. */
export interface InsuredInfo {
  /** 被保人姓名 The insured's name. */
  insuredName?: string | null | undefined;
  /** 被保人证件类型 The kind of identity document. 1 身份证, 2 护照, 3 港澳通行证, 4 台胞证, 5 军官证. */
  insuredCardType?: '1' | '2' | '3' | '4' | '5' | null | undefined;
  /** 被保人证件号 The document's number. */
  insuredCardNo?: string | null | undefined;
  /** 被保人出生日期 The date of birth, yyyy-MM-dd. */
  insuredBirthday?: string | null | undefined;
  /** 被保人性别 The gender. M 男, F 女. */
  insuredGender?: 'M' | 'F' | null | undefined;
  /** 被保人手机号 The mobile number. */
  insuredMobile?: string | null | undefined;
  /** 被保人邮箱 The mail address. */
  insuredEmail?: string | null | undefined;
  /** 与投保人关系 What the insured is to the holder. 1 本人, 2 父母, 3 子女, 4 配偶, 5 其他. */
  insuredRelation?: '1' | '2' | '3' | '4' | '5' | null | undefined;
}

/** The parameters of `createPreOrder` (document section 7.4.2). */
export interface CreatePreOrderRequest {
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员手机号 The member's mobile number. */
  mobile: string;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
  /** 外部流水号 The distributor's own number of this pre-order; a new one for every pre-order. */
  outSerialNo: string;
  /** 支付方式 How the buyer pays. 1 授信, 2 现金支付. */
  payType: 1 | 2 | '1' | '2';
  /** 产品编号 The product's code, issued by the platform. */
  productCode: string;
  /** 产品名称 The product's name, from getProductDetail. */
  productName: string;
  /** 投保回调地址 Where the platform reports that the policies were issued, or were not. */
  deliverNotifyUrl: string;
  /** 退保回调地址 Where the platform reports that a policy was surrendered, or was not. */
  returnNotifyUrl: string;
  /** 退款回调地址 Where the platform reports that money was refunded, or was not; required when payType is 1. */
  refundNotifyUrl?: string | null | undefined;
  /** 返回页面地址 Where the buyer's browser goes when the order is placed. */
  returnPage: string;
  /** 起保时间 The first day of the cover, yyyy-MM-dd. */
  safeguardStartTime?: string | null | undefined;
  /** 止保时间 The last day of the cover, yyyy-MM-dd; not before the first. */
  safeguardEndTime?: string | null | undefined;
  /** 投保人信息 The policy holder. */
  holderInfo?: HolderInfo | null | undefined;
  /** 被保人信息 The insured people. */
  insuredInfoList?: readonly InsuredInfo[] | null | undefined;
}

/** What `createPreOrder` returns (document section 7.4.4). */
export interface CreatePreOrderReply {
  /** 下单地址 Where the buyer's browser is to be redirected. */
  url: string;
  /** 预订单号 The platform's number of the pre-order. */
  tempOrderCode: string;
}

/** The parameters of `getProductDetail` (document section 7.5.2). */
export interface ProductDetailRequest {
  /** 产品编号 The product's code, issued by the platform. */
  productCode: string;
  /** 计划编号 One plan's code, issued by the platform; without it all plans come. */
  planCode?: string | null | undefined;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
}

/** One plan of a product (document section 7.5.4). */
export interface ProductPlan {
  /** 计划编号 The plan's code (`safeguardPlanCode` in the document's example). */
  planCode: string;
  /** 计划名称 The plan's name (`safeguardPlanName` in the document's example). */
  planName?: string;
  /** 最低价格 The lowest price in yuan (`defaultMinPrice` in the document's example). */
  minPrice?: string;
}

/** What `getProductDetail` returns (document section 7.5.4). */
export interface ProductDetailReply {
  /** 产品编号 The product's code. */
  productCode: string;
  /** 产品名称 The product's name, which createPreOrder wants. */
  productName: string;
  /** 保司logo The insurer's logo; may begin with `//`. */
  insuranceCompanyLogo?: string;
  /** 产品计划 The product's plans. */
  plans: ProductPlan[];
}

/** The parameters of `getPolicyUrl` (document section 7.6.2). */
export interface PolicyUrlRequest {
  /** 预订单号 The pre-order's number, from createPreOrder. */
  tempOrderCode: string;
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
}

/** One policy of `getPolicyUrl` (document section 7.6.4). */
export interface PolicyDetail {
  /** 被保人名称 The insured's name. */
  insuredName?: string;
  /** 保单号 The policy's code. */
  policyCode: string;
  /** 保单文件地址 Where the policy can be downloaded. */
  policyUrl?: string;
  /** 保险凭证地址 Where the insurance certificate can be downloaded. */
  certificateUrl?: string;
}

/** What `getPolicyUrl` returns (document section 7.6.4). */
export interface PolicyUrlReply {
  /** 预订单号 The pre-order's number. */
  tempOrderCode?: string;
  /** 订单号 The platform's order code. */
  orderCode?: string;
  /** 是否是团单 `"1"` for a group order, `"0"` otherwise. */
  isGroup?: string;
  /** 保司名称 The insurer's name. */
  companyName?: string;
  /** 保单详情 The policies. */
  policyDetailList: PolicyDetail[];
}

/** The parameters of `notifyPayment` (document section 7.7.2). */
export interface NotifyPaymentRequest {
  /** 预订单号 The pre-order's number, from createPreOrder. */
  tempOrderCode: string;
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
  /** 交易状态 How the payment stands. 1 处理中, 2 成功, -1 失败. */
  txnStatus: 1 | 2 | -1 | '1' | '2' | '-1';
}

/** The parameters of `getOrderListUrl` (document section 7.8.2). */
export interface OrderListUrlRequest {
  /** 账号 The member's mobile number. */
  account: string;
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
}

/** What `getOrderListUrl` returns (document section 7.8.4). */
export interface OrderListUrlReply {
  /** 查询订单地址 The page's address. */
  orderListUrl: string;
}

/** The parameters of `surrenderByPolicyCode` (document section 7.9.2). */
export interface SurrenderByPolicyCodeRequest {
  /** 保单号 The policies' codes; at least one. */
  policyCodes: readonly string[];
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
}

/** The parameters of `surrenderByOrderCode` (document section 7.10.2). */
export interface SurrenderByOrderCodeRequest {
  /** 订单号 The platform's order code (not the pre-order's), from the 投保 notification or getOrderDetail. */
  orderCode: string;
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
}

/** The parameters of `getOrderDetail` (document section 7.11.2). */
export interface OrderDetailRequest {
  /** 预订单号 The pre-order's number, from createPreOrder. */
  tempOrderCode: string;
  /** 分销商编号 The distributor's code, issued by the platform. Filled in from the client's option of the same name. */
  distrCode?: string | null | undefined;
  /** 会员号 The member's number, from registerMember. */
  memberId: string;
}

/** One insured person of an order (document section 7.11.3, insuredInfoList). */
export interface OrderInsured {
  /** 被保人姓名 The insured's name. */
  insuredName?: string;
  /** 被保人证件类型 The kind of document, in Chinese. */
  insuredCardType?: '身份证' | '护照' | '港澳通行证' | '台胞证' | '军官证' | (string & {});
  /** 被保人证件号 The document's number, masked. */
  insuredCardNo?: string;
  /** 被保人出生日期 The date of birth. */
  insuredBirthday?: string;
  /** 被保人性别 The gender, in Chinese. */
  insuredGender?: '男' | '女' | (string & {});
  /** 保费 The premium in yuan. */
  insuredFee?: string;
  /** 被保人手机号 The mobile number. */
  insuredMobile?: string;
  /** 保单状态 How the policy stands, in Chinese; an open list. */
  policyStatus?: '未投保' | '已承保' | '已退保' | (string & {});
  /** 保单号 The policy's code, once issued. */
  policyCode?: string;
  /** 保单地址 Where the policy can be downloaded. */
  policyUrl?: string;
  /** 保单凭证地址 Where the insurance certificate can be downloaded. */
  certificateUrl?: string;
  /** 发票地址 Where the invoice can be downloaded. */
  invoiceUrl?: string;
}

/** What `getOrderDetail` returns (document section 7.11.3). */
export interface OrderDetailReply {
  /** 产品名称 The product's name. */
  productName?: string;
  /** 产品编号 The product's code. */
  productCode?: string;
  /** 保障期限 The cover's first and last day: `2021-07-14至2021-07-14`. */
  safeguardPeriod?: string;
  /** 订单号 The platform's order code. */
  orderCode?: string;
  /** 订单创建时间 When the order was placed: `yyyy-MM-dd HH:mm:ss`, China time. */
  createTime?: string;
  /** 订单状态 How the order stands, in Chinese; an open list. */
  orderStatus: '待支付' | '已支付' | '已取消' | '已退保' | '部分退保' | '已退款' | (string & {});
  /** 投保总份数 How many units are insured. */
  totalQty?: number;
  /** 订单总金额 The order's total in yuan. */
  orderTotalAmt?: string;
  /** 订单折扣金额 What was taken off, in yuan. */
  orderReduceAmt?: string;
  /** 保司logo The insurer's logo; may begin with `//`. */
  insuranceCompanyLogo?: string;
  /** 保司名称 The insurer's name. */
  companyName?: string;
  /** 受益人 The beneficiary: `法定受益人`. */
  benefitType?: string;
  /** 是否团单 1 for a group order, 0 otherwise. */
  isGroup?: number;
  /** 是否是企业投保 1 where an enterprise is the holder, 0 otherwise. */
  isEnterprise?: number;
  /** 企业投保人名称 The enterprise's name. */
  enterpriseName?: string;
  /** 企业证件类型 The enterprise's kind of document, in Chinese. */
  enterpriseCredType?: string;
  /** 企业证件号 The enterprise's document number. */
  enterpriseCredNo?: string;
  /** 企业手机号 The enterprise's phone number. */
  enterprisePhone?: string;
  /** 企业邮箱 The enterprise's mail address. */
  enterpriseEmail?: string;
  /** 投保人名称 The holder's name. */
  holderName?: string;
  /** 投保人证件类型 The holder's kind of document, in Chinese. */
  holderCredType?: string;
  /** 投保人证件号 The holder's document number. */
  holderCredNo?: string;
  /** 投保人生日 The holder's date of birth. */
  holderBirthday?: string;
  /** 投保人手机号 The holder's phone number. */
  holderPhone?: string;
  /** 投保人邮箱 The holder's mail address. */
  holderEmail?: string;
  /** 投保人性别 The holder's gender, in Chinese. */
  holderGender?: '男' | '女' | (string & {});
  /** 是否支持电子发票 Which electronic invoices can be had: 0 none, 1 single, 2 merged, 3 both. */
  isInvoice?: number;
  /** 开票状态 How invoicing stands: 0 not yet, 1 done, 2 failed, 3 under way, 4 in part. */
  invoiceStatus?: number;
  /** 被保人保单信息 The insured people and their policies. */
  insuredInfoList: OrderInsured[];
}

/** Request and reply of each endpoint, by the client's method. */
export interface Endpoints {
  registerMember: { request: RegisterMemberRequest; reply: RegisterMemberReply };
  applyInvoice: { request: ApplyInvoiceRequest; reply: void };
  getInvoiceUrl: { request: InvoiceUrlRequest; reply: InvoiceUrlReply[] };
  createPreOrder: { request: CreatePreOrderRequest; reply: CreatePreOrderReply };
  getProductDetail: { request: ProductDetailRequest; reply: ProductDetailReply };
  getPolicyUrl: { request: PolicyUrlRequest; reply: PolicyUrlReply };
  notifyPayment: { request: NotifyPaymentRequest; reply: void };
  getOrderListUrl: { request: OrderListUrlRequest; reply: OrderListUrlReply };
  surrenderByPolicyCode: { request: SurrenderByPolicyCodeRequest; reply: void };
  surrenderByOrderCode: { request: SurrenderByOrderCodeRequest; reply: void };
  getOrderDetail: { request: OrderDetailRequest; reply: OrderDetailReply };
}

/** The client's methods by name. */
export type EndpointName = keyof Endpoints;

/** The documented response codes of refusals (document section 8.1.1). Others may come. */
export type GatewayCode =
  | '0002'
  | '1000'
  | '1001'
  | '2000'
  | '2008'
  | '2009'
  | '3000'
  | '4001'
  | '5000'
  | '9999'
  | (string & {});

/**
 * One method for each endpoint. Each rejects with a ValidationError before anything is sent, a RateLimitError where the quota leaves
 * no room, a GatewayError where the platform says no; a read with ConnectionError, TimeoutError, HttpError or ReplyError where no good
 * answer came, a write then with OutcomeUnknownError. The examples of the methods go on from here.
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox({ deliver: async () => Response.json({ code: '0000' }) });
 * const client = new Client(sandbox.clientOptions);
 * const mobile = '13800000001';
 * const { memberId } = await client.registerMember({ mobile, company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * const { tempOrderCode } = await client.createPreOrder({
 *   memberId, mobile, outSerialNo: 'GP18', payType: 1, productCode: '200437', productName: '旅途无忧一日游',
 *   deliverNotifyUrl: 'https://shop.example.com/hooks/deliver', returnNotifyUrl: 'https://shop.example.com/hooks/return',
 *   refundNotifyUrl: 'https://shop.example.com/hooks/refund', returnPage: 'https://shop.example.com/orders/18',
 * });
 * await sandbox.pay(tempOrderCode); // what the buyer does
 * await client.notifyPayment({ tempOrderCode, memberId, txnStatus: 2 });
 * const { orderCode = '', insuredInfoList: insured } = await client.getOrderDetail({ tempOrderCode, memberId });
 * const policyCode = insured[0]?.policyCode ?? '';
 * ```
 */
export interface ClientMethods {
  /**
   * 7.1 注册渠道会员 (write): Register a member. POST /api/member/register
   * @throws OutcomeUnknownError: register again with the same mobile: it costs nothing, and the memberId that comes back is the one to keep
   * @example
   * ```ts
   * const { memberId } = await client.registerMember({ mobile, company: '示例旅行社', province: '浙江省', city: '杭州市', address: '莫干山路1号' });
   * console.log(memberId); // → 100001
   * ```
   */
  registerMember(request: RegisterMemberRequest, options?: CallOptions): Sent<RegisterMemberReply>;
  /**
   * 7.2 开票 (write): Apply for an invoice. POST /api/order/applyInvoice
   * @throws OutcomeUnknownError: ask getInvoiceUrl, or getOrderDetail for its invoiceStatus, and apply again only if no invoice is made or under way
   * @example
   * ```ts
   * await client.applyInvoice({ memberId, orderCode, invoiceType: 1, invoiceTitle: '王小明' });
   * ```
   */
  applyInvoice(request: ApplyInvoiceRequest, options?: CallOptions): Sent<void>;
  /**
   * 7.3 获取发票地址 (read): Get invoice addresses. POST /api/order/getInvoiceUrl
   * @example
   * ```ts
   * const list = await client.getInvoiceUrl({ memberId, orderCode });
   * console.log(list.length); // → 0
   * ```
   */
  getInvoiceUrl(request: InvoiceUrlRequest, options?: CallOptions): Sent<InvoiceUrlReply[]>;
  /**
   * 7.4 下预订单 (write): Create a pre-order. POST /api/order/addTemp
   * @throws OutcomeUnknownError: send the same request once more with the same outSerialNo: a url means all is well; a refusal of the outSerialNo means that the first arrived, so order with a new one (the first, whose url nobody has seen, is never bought)
   * @example
   * ```ts
   * const { url, tempOrderCode } = await client.createPreOrder({
   *   mobile,
   *   memberId,
   *   outSerialNo: 'GP19',
   *   payType: 2,
   *   productCode: '200437',
   *   productName: '旅途无忧一日游',
   *   deliverNotifyUrl: 'https://shop.example.com/hooks/deliver',
   *   returnNotifyUrl: 'https://shop.example.com/hooks/return',
   *   returnPage: 'https://shop.example.com/orders/19',
   * });
   * console.log(url, tempOrderCode); // → https://…/pages/distr/order?… 1010…
   * ```
   */
  createPreOrder(request: CreatePreOrderRequest, options?: CallOptions): Sent<CreatePreOrderReply>;
  /**
   * 7.5 获取产品 (read): Get a product. POST /api/product/getDistrProductDetail
   * @example
   * ```ts
   * const { productCode, productName, plans } = await client.getProductDetail({ productCode: '200437', memberId });
   * console.log(productCode, productName, plans.length); // → 200437 旅途无忧一日游 2
   * ```
   */
  getProductDetail(request: ProductDetailRequest, options?: CallOptions): Sent<ProductDetailReply>;
  /**
   * 7.6 获取保单地址 (read): Get policy addresses. POST /api/policy/getPolicyUrl
   * @example
   * ```ts
   * const { policyDetailList } = await client.getPolicyUrl({ tempOrderCode, memberId });
   * console.log(policyDetailList.length); // → 1
   * ```
   */
  getPolicyUrl(request: PolicyUrlRequest, options?: CallOptions): Sent<PolicyUrlReply>;
  /**
   * 7.7 第三方支付回调 (write): Report a payment. POST /api/pay/outNotify
   * @throws OutcomeUnknownError: ask getOrderDetail for its orderStatus, and report again only while it is 待支付
   * @example
   * ```ts
   * await client.notifyPayment({ tempOrderCode, memberId, txnStatus: 2 });
   * ```
   */
  notifyPayment(request: NotifyPaymentRequest, options?: CallOptions): Sent<void>;
  /**
   * 7.8 获取订单列表 (read): Get the order list's address. POST /api/order/getOrderListUrl
   * @example
   * ```ts
   * const { orderListUrl } = await client.getOrderListUrl({ account: mobile, memberId });
   * console.log(orderListUrl); // → https://…/pages/distr/myorder/list?…
   * ```
   */
  getOrderListUrl(request: OrderListUrlRequest, options?: CallOptions): Sent<OrderListUrlReply>;
  /**
   * 7.9 根据保单号退保 (write): Surrender by policy code. POST /api/policy/surrenderByPolicyCode
   * @throws OutcomeUnknownError: ask getOrderDetail for each policyStatus, and surrender again only the policies that are still in force
   * @example
   * ```ts
   * await client.surrenderByPolicyCode({ policyCodes: [policyCode], memberId });
   * ```
   */
  surrenderByPolicyCode(request: SurrenderByPolicyCodeRequest, options?: CallOptions): Sent<void>;
  /**
   * 7.10 根据订单号退保 (write): Surrender by order code. POST /api/policy/surrenderByOrderCode
   * @throws OutcomeUnknownError: ask getOrderDetail for its orderStatus and each policyStatus, and surrender again only while policies are in force
   * @example
   * ```ts
   * await client.surrenderByOrderCode({ orderCode, memberId });
   * ```
   */
  surrenderByOrderCode(request: SurrenderByOrderCodeRequest, options?: CallOptions): Sent<void>;
  /**
   * 7.11 查询订单详情 (read): Get an order's detail. POST /api/order/getOrderDetail
   * @example
   * ```ts
   * const { orderStatus, insuredInfoList } = await client.getOrderDetail({ tempOrderCode, memberId });
   * console.log(orderStatus, insuredInfoList.length); // → 已支付 1
   * ```
   */
  getOrderDetail(request: OrderDetailRequest, options?: CallOptions): Sent<OrderDetailReply>;
}

/** What is to be known of an endpoint. */
export interface EndpointInfo {
  /** The client's method. */
  name: EndpointName;
  /** Below the gateway. */
  path: string;
  /** The document's section. */
  section: string;
  /** The document's title. */
  titleZh: string;
  /** The title in English. */
  titleEn: string;
  /** Whether it changes anything. */
  kind: 'read' | 'write';
  /** Of a write: how to find out what became of a call whose answer never came, and when to send it again. */
  ifUnknown?: string;
  /** The request's fields. */
  fields: readonly FieldInfo[];
}

/** What is to be known of a request's field. */
export interface FieldInfo {
  /** On the wire. */
  name: string;
  /** The document's Chinese. */
  label: string;
  /** What it means, in English. */
  doc: string;
  /** `date` is yyyy-MM-dd, `texts` a list of texts. */
  type: 'text' | 'integer' | 'date' | 'url' | 'texts' | 'object' | 'list';
  /** Whether the document wants it always. */
  required: boolean;
  /** The client's option that fills it in. */
  filledFrom?: 'distrCode' | 'employeeCode' | 'invitateCode';
  /** Whether it says who somebody is; such a field is masked in errors. */
  personal?: true;
  /** The document's maximum length in characters. */
  max?: number;
  /** What it can be, and what that means in the document's Chinese. */
  choices?: readonly { value: string; label: string }[];
  /** The fields of an object, or of a list's items. */
  fields?: readonly FieldInfo[];
}
