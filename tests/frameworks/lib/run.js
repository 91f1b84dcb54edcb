// What every app does, whatever its framework: the suite of all runtimes, a call as a shop makes it, and callbacks.

import * as aigobo from 'aigobo';
import { createNotificationHandler } from 'aigobo/notifications';
import vectors from './envelope.json' with { type: 'json' };
import { MEMBER } from './shop.js';
import { suite } from './suite.js';

/** @param {Request} request its `base` is the sandbox's address @param {string} edition of the file that calls this */
export async function run(request, edition) {
  const baseUrl = new URL(request.url).searchParams.get('base') ?? '';
  const headers = { edition };
  return suite(aigobo, { baseUrl, vectors }).then((done) => new Response(done, { headers }), (error) => new Response(String(error?.stack), { status: 500, headers }));
}

/** @param {Partial<Record<string, string>>} [env] where the process has none */
export async function register(env) {
  const { memberId } = await aigobo.Client.fromEnv(env).registerMember(MEMBER);
  return memberId;
}

/** @type {string[]} */
const events = [];
/** @type {((request: Request) => Promise<Response>) | undefined} */
let handler;

/** POST is the platform's, GET shows what came. @param {Request} request @param {any} [env] */
export async function hooks(request, env = globalThis.process?.env) {
  if (request.method === 'GET') return Response.json(events);
  handler ??= createNotificationHandler({ client: aigobo.Client.fromEnv(env), secret: env.HOOK_SECRET, onDeliver: ({ policyCode }) => void events.push(String(policyCode)) });
  return handler(request);
}
