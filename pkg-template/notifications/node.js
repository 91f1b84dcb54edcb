// @ts-check
// Adapts Node's request and response to a web-style handler: node:http, Express, and the raw ones of Koa and Fastify.

import { wrong } from '../common/options.js';
import { MOST_BYTES } from './handler.js';

/** @type {typeof import('../notifications.js').toNodeHandler} */
export function toNodeHandler(handler) {
  if (typeof handler !== 'function') throw wrong('handler', 'must be the function that createNotificationHandler gives back');
  return async (request, response, next) => {
    if (typeof response?.setHeader !== 'function') throw wrong('response', "must be node's; what has a web Request calls the handler itself, without toNodeHandler");
    try {
      const answer = await handler(await toRequest(request));
      response.statusCode = answer.status;
      answer.headers.forEach((value, name) => response.setHeader(name, value));
      // The unread rest of a refused body must not be taken for the next request.
      if (!request.readableEnded) response.setHeader('connection', 'close');
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch (error) {
      if (next) return next(error);
      response.statusCode = 500;
      response.end();
    }
  };
}

/** @param {import('../notifications.js').NodeRequest & { originalUrl?: string, body?: unknown }} incoming */
async function toRequest(incoming) {
  // Express removes its mount path. Only the query matters, but a log should show the whole path.
  const url = new URL(incoming.originalUrl ?? incoming.url ?? '/', 'http://localhost');
  const method = incoming.method ?? 'GET';
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method });
  const consumed = incoming.readableDidRead || incoming.readableEnded || incoming.body !== undefined;
  const request = new Request(url, { method, body: consumed ? '' : await read(incoming) });
  // The handler's error says what to do about it.
  if (consumed) await request.arrayBuffer();
  return request;
}

/** Reads one byte more than the handler accepts, and no further. @param {import('../notifications.js').NodeRequest} incoming */
async function read(incoming) {
  const chunks = [];
  let length = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
}
