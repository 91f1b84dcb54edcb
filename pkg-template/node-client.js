// @ts-check
// Node: what `node-later.js` loads at first use.

export { Client } from './client.js';
export { confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './functions.js';
export { takeErrors } from './node-errors.js';
