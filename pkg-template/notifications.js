// @ts-check
// The platform's callbacks, made safe. Shapes, units and errors: notifications.d.ts.

export { parseNotification } from 'aigobo';
export { notifyUrls } from './notifications/address.js';
export { createNotificationHandler } from './notifications/handler.js';
export { toNodeHandler } from './notifications/node.js';
export { createReconciler } from './notifications/reconciler.js';
export { memoryNotificationStore } from './notifications/store.js';
