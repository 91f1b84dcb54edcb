// @ts-check
// Node: all of the main entry that is not in `node.js`.

export { Client } from './client.js';
export { confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './functions.js';
export { endpoints, responseCodes } from './generated/endpoints.js';
