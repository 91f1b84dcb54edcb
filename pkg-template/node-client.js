// @ts-check
// Node: what `node-later.js` stands for.

export { Client } from './client.js';
export { confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './functions.js';
export { takeErrors } from './node-errors.js';
