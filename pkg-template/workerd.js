// @ts-check
// workerd: the envelope in a small wasm of its own, all else in the whole one. A worker holds what it imports: of a module that
// it does not, its bundler leaves out the wasm, too.

export * from './errors.js';
export { endpoints, responseCodes } from './generated/endpoints.js';
export { Client, confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './workerd-client.js';
export { decrypt, encrypt, open, seal, sealText, sign, signingString } from './workerd-envelope.js';

/** Nothing to wait for here; what it is given is the module that is here already. */
export async function init() {}
