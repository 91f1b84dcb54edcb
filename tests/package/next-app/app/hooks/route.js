import { Client } from 'aigobo';
import { createNotificationHandler } from 'aigobo/notifications';
import { events } from '../events.js';

let handler;

export function POST(request) {
  handler ??= createNotificationHandler({
    client: Client.fromEnv(),
    secret: process.env.HOOK_SECRET,
    onDeliver: ({ policyCode }) => void events.push(policyCode),
  });
  return handler(request);
}
