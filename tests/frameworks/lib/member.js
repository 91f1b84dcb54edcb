// What a shop does, with names alone imported: a bundler shakes the rest off.

import { Client } from 'aigobo';
import { createNotificationHandler } from 'aigobo/notifications';
import { MEMBER } from './shop.js';

/** @param {Record<string, string | undefined>} [env] where the process has none */
export async function register(env) {
  const { memberId } = await Client.fromEnv(env).registerMember(MEMBER);
  return memberId;
}

/** @type {string[]} */
const events = [];
/** @type {((request: Request) => Promise<Response>) | undefined} */
let handler;

/** POST is the platform's, GET shows what came. @param {Request} request @param {any} [env] */
export async function hooks(request, env = globalThis.process?.env) {
  if (request.method === 'GET') return Response.json(events);
  handler ??= createNotificationHandler({ client: Client.fromEnv(env), secret: env.AIGOBO_NOTIFICATION_SECRET, onDeliver: ({ policyCode }) => void events.push(String(policyCode)) });
  return handler(request);
}
