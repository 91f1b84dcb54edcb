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

export const clientOptions = /** @type {const} */ ([
  'accessToken',
  'allowBrowser',
  'baseUrl',
  'clock',
  'deadlineMs',
  'desKey',
  'dialect',
  'distrCode',
  'employeeCode',
  'enforceLengths',
  'environment',
  'fetch',
  'invitateCode',
  'ip',
  'maxRetries',
  'md5SecretKey',
  'observe',
  'rateLimit',
  'timeoutMs',
]);

export const callOptions = /** @type {const} */ ([
  'deadlineMs',
  'maxRetries',
  'priority',
  'signal',
  'timeoutMs',
]);

export const gateways = { test: 'https://apiagb.qa.aigobo.cn', production: 'https://apiagb.aigobo.cn' };
