// @ts-check
// Everything the main entry exports but `init`, which each runtime has its own way to do.

export { Client } from './client.js';
export { decrypt, encrypt, open, seal, sealText, sign, signingString } from './envelope.js';
export * from './errors.js';
export { confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './functions.js';
export { endpoints, responseCodes } from './generated/endpoints.js';
