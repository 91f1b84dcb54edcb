// @ts-check
// Recognises what frameworks pass to a handler instead of a Request, and says what to write instead.

import { wrong } from '../common/options.js';

/** A Request of any realm and library. @param {any} given */
export function isRequest(given) {
  return typeof given?.url === 'string' && typeof given.method === 'string' && typeof given.arrayBuffer === 'function' && typeof given.headers?.get === 'function';
}

/** The requests of node:http and Express. @param {any} given */
const isOfNode = (given) => typeof given?.method === 'string' && typeof given.pipe === 'function';

/**
 * Fails and says what to write instead. Express 4 and node:http do not await handlers, so there the error goes to
 * `next` or to `tell`, and the request is answered.
 * @param {any} given
 * @param {any[]} around the arguments after it
 * @param {(error: unknown) => Promise<void>} tell
 * @returns {Promise<Response>}
 */
export async function refuseGiven(given, [response, next], tell) {
  const error = wrong('request', `the handler takes a web Request; ${cure(given)}`);
  if (typeof response?.setHeader !== 'function' || typeof response.end !== 'function') throw error;
  if (typeof next === 'function') {
    next(error);
  } else {
    await tell(error);
    response.statusCode = 500;
    response.end();
  }
  return new Response(null, { status: 500 });
}

/** @param {any} given */
function cure(given) {
  if (isRequest(given?.raw) || isRequest(given?.req?.raw)) return 'in Hono it is c.req.raw: (c) => handler(c.req.raw)';
  const name = ['request', 'req'].find((name) => isRequest(given?.[name]));
  if (name) return `it is the ${name} of what it was given: ({ ${name} }) => handler(${name})`;
  if (isOfNode(given)) return 'node:http, Express and NestJS take toNodeHandler(handler) instead';
  if ([given?.req, given?.raw, given?.node?.req].some(isOfNode)) {
    return "use toNodeHandler(handler) with node's own request and response (Koa: ctx.req, ctx.res; Fastify: request.raw, reply.raw), or in h3 handler(toWebRequest(event))";
  }
  return `not ${given === null ? 'null' : typeof given}: make a Request of what came, with its whole address and its body as it came (docs/NOTIFICATIONS.md)`;
}
