// @ts-check
// Generated from the Rust register by tests/generated.rs; don't edit.

export const endpointNames = /** @type {const} */ ([
  'registerMember',
  'applyInvoice',
  'getInvoiceUrl',
  'createPreOrder',
  'getProductDetail',
  'getPolicyUrl',
  'notifyPayment',
  'getOrderListUrl',
  'surrenderByPolicyCode',
  'surrenderByOrderCode',
  'getOrderDetail',
]);
