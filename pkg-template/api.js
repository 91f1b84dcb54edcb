// @ts-check
// Everything the main entry exports but `init`, which each runtime has its own way to do.

export { Client } from './client.js';
export * from './errors.js';
export {
  confirmNotification,
  decrypt,
  encrypt,
  explain,
  notificationKey,
  open,
  orderNews,
  parseNotification,
  parseResidentId,
  seal,
  sign,
  signingString,
  validate,
} from './functions.js';
export { endpoints, responseCodes } from './generated/endpoints.js';
