// Compiled, never run: what only @types/node knows.
import { createServer } from 'node:http';
import { createNotificationHandler, toNodeHandler } from 'aigobo/notifications';

export const server = createServer(toNodeHandler(createNotificationHandler({ secret: 's', confirm: false })));
// @ts-expect-error 'Request'
createServer(createNotificationHandler({ secret: 's', confirm: false }));
