// The handler behind the servers that shops run: the platform's real callbacks over HTTP, and a body eaten on the way.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { serve } from '@hono/node-server';
import { ConfigError } from 'aigobo';
import { createNotificationHandler, toNodeHandler } from 'aigobo/notifications';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { SECRET, platform } from './hooks.js';
import { listen } from './lab.js';

/** @typedef {(request: Request) => Promise<Response>} Handler */

/** How each server is set up for the callbacks at /hooks. @type {Record<string, (t: import('node:test').TestContext, handler: Handler) => Promise<string>>} */
const SERVERS = {
  'node:http': (t, handler) => listen(t, createServer(toNodeHandler(handler))),
  'Express 5': (t, handler) => listen(t, createServer(express().use('/hooks', toNodeHandler(handler)))),
  'Express 5, a route': (t, handler) => listen(t, createServer(express().post('/hooks', toNodeHandler(handler)))),
  Koa: (t, handler) => {
    const handle = toNodeHandler(handler);
    const app = new Koa().use((ctx) => {
      ctx.respond = false;
      return handle(ctx.req, ctx.res);
    });
    return listen(t, createServer(app.callback()));
  },
  Fastify: async (t, handler) => {
    const handle = toNodeHandler(handler);
    const app = fastify();
    t.after(() => app.close());
    // The route's own scope: other routes keep their body parsers.
    app.register(async (hooks) => {
      hooks.removeAllContentTypeParsers();
      hooks.addContentTypeParser('*', (_request, _payload, done) => done(null));
      hooks.post('/hooks', (request, reply) => {
        reply.hijack();
        return handle(request.raw, reply.raw);
      });
    });
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
  Hono: (t, handler) => {
    const app = new Hono().post('/hooks', (c) => handler(c.req.raw));
    return new Promise((ready) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => ready(`http://127.0.0.1:${port}`));
      t.after(() => server.close());
    });
  },
};

for (const [name, start] of Object.entries(SERVERS)) {
  test(`${name}: real callbacks arrive, forged ones do not`, async (t) => {
    const { client, callsBack } = await platform(t);
    /** @type {string[]} */
    const events = [];
    const base = await start(t, createNotificationHandler({ client, secret: SECRET, onError: () => {}, onDeliver: ({ policyCode }) => void events.push(String(policyCode)) }));
    const { tempOrderCode, deliverNotifyUrl } = await callsBack(base);
    assert.equal(new Set(events).size, 2);

    const post = (/** @type {string} */ url, /** @type {BodyInit} */ body, type = 'application/json') => fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
    const repeated = await post(deliverNotifyUrl, new URLSearchParams({ tempOrderCode, policyCode: String(events[0]), success: 'true' }), 'application/x-www-form-urlencoded');
    assert.deepEqual([repeated.status, await repeated.json()], [200, { code: '0000', message: '成功' }]);
    assert.equal((await post(deliverNotifyUrl, 'x'.repeat(200_000))).status, 413);
    assert.equal((await post(deliverNotifyUrl, '')).status, 400);
    assert.equal(events.length, 2);
  });
}

for (const [name, parser] of /** @type {const} */ ([['express.json', express.json()], ['express.urlencoded', express.urlencoded({ extended: false })], ['express.raw', express.raw({ type: '*/*' })]])) {
  test(`${name} before the handler: the error names the cure`, async (t) => {
    const { client, order } = await platform(t);
    /** @type {any[]} */
    const errors = [];
    const handle = toNodeHandler(createNotificationHandler({ client, secret: SECRET, onDeliver: () => {}, onError: (error) => void errors.push(error) }));
    const base = await listen(t, createServer(express().use(parser).use('/hooks', handle)));
    const { deliverNotifyUrl } = await order(base);
    const type = name.endsWith('urlencoded') ? 'application/x-www-form-urlencoded' : 'application/json';
    const answer = await fetch(deliverNotifyUrl, { method: 'POST', body: type.endsWith('json') ? '{"tempOrderCode":"1"}' : 'tempOrderCode=1', headers: { 'content-type': type } });
    assert.deepEqual([answer.status, (await answer.json()).message], [500, 'notification.consumed']);
    assert.match(errors[0].message, /before any body parser/);
  });
}

test('what a handler of the shop’s own throws goes to next, or is a 500', async (t) => {
  const failing = toNodeHandler(() => Promise.reject(new Error('its own')));
  const app = express().use(failing).use(/** @type {import('express').ErrorRequestHandler} */ ((error, _request, response, _next) => void response.status(418).end(error.message)));
  const answer = await fetch(await listen(t, createServer(app)), { method: 'POST' });
  assert.deepEqual([answer.status, await answer.text()], [418, 'its own']);
  assert.equal((await fetch(await listen(t, createServer(failing)), { method: 'POST' })).status, 500);
});

/** How the handler is handed the wrong thing, and what the error says. @type {Record<string, [(t: import('node:test').TestContext, handler: any, hear: (error: unknown) => void) => Promise<string>, RegExp]>} */
const MISTAKES = {
  'node:http': [(t, handler) => listen(t, createServer(handler)), /Express and NestJS take toNodeHandler\(handler\) instead/],
  Express: [(t, handler, hear) => listen(t, createServer(express().post('/hooks', handler).use(hearing(hear)))), /Express and NestJS take toNodeHandler\(handler\) instead/],
  Koa: [
    (t, handler, hear) => {
      const app = new Koa().use(handler).on('error', hear);
      return listen(t, createServer(app.callback()));
    },
    /toNodeHandler\(handler\) with node's own.*Koa: ctx\.req, ctx\.res/,
  ],
  Fastify: [
    (t, handler, hear) => {
      const app = fastify().post('/hooks', handler).setErrorHandler((error, _request, reply) => (hear(error), reply.code(500).send()));
      t.after(() => app.close());
      return app.listen({ port: 0, host: '127.0.0.1' });
    },
    /toNodeHandler\(handler\) with node's own.*Fastify: request\.raw, reply\.raw/,
  ],
  'Hono, c': [(t, handler, hear) => hono(t, (c) => handler(c), hear), /c\.req\.raw/],
  'Hono, c.req': [(t, handler, hear) => hono(t, (c) => handler(c.req), hear), /c\.req\.raw/],
};

/** @param {(error: unknown) => void} hear @returns {import('express').ErrorRequestHandler} */
const hearing = (hear) => (error, _request, response, _next) => (hear(error), void response.status(500).end());

/** @param {import('node:test').TestContext} t @param {(c: import('hono').Context) => any} route @param {(error: unknown) => void} hear @returns {Promise<string>} */
function hono(t, route, hear) {
  const app = new Hono().post('/hooks', route).onError((error, c) => (hear(error), c.text('', 500)));
  return new Promise((ready) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => ready(`http://127.0.0.1:${port}`));
    t.after(() => server.close());
  });
}

for (const [name, [start, cure]] of Object.entries(MISTAKES)) {
  test(`${name}, and no Request: the request is answered, and whoever hears of errors learns the cure`, async (t) => {
    /** @type {any[]} */
    const errors = [];
    const hear = (/** @type {unknown} */ error) => void errors.push(error);
    const base = await start(t, createNotificationHandler({ secret: SECRET, confirm: false, onDeliver: () => {}, onError: hear }), hear);
    const answer = await fetch(`${base}/hooks`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(5_000) });
    assert.equal(answer.status, 500);
    assert.equal(errors.length, 1, String(errors));
    assert.ok(errors[0] instanceof ConfigError && errors[0].option === 'request', String(errors[0]));
    assert.match(errors[0].message, cure);
  });
}
