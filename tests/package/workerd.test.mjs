// The client and the handler in workerd.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { serveSandbox } from 'aigobo/sandbox-server';
import { SECRET, platform } from './hooks.js';
import { workerd } from './workerd.js';

const VECTORS = readFileSync(new URL('./vectors/envelope.json', import.meta.url), 'utf8');

const WORKER = `
import { Client, init, isGatewayError } from 'aigobo';
import { createNotificationHandler } from 'aigobo/notifications';
import wasm from './aigobo.wasm';

const events = [];
let handler;

export default {
  async fetch(request, { CLIENT, SECRET }) {
    await init(wasm);
    const client = new Client(JSON.parse(CLIENT));
    const { pathname } = new URL(request.url);
    if (pathname === '/events') return Response.json(events);
    if (pathname === '/refused') return client.getOrderDetail({ tempOrderCode: '1', memberId: '100001' }).then(() => new Response('?'), (error) => new Response(String(isGatewayError(error, '1000'))));
    handler ??= createNotificationHandler({ client, secret: SECRET, onDeliver: ({ policyCode, detail }) => void events.push([policyCode, detail.orderStatus]) });
    return handler(request);
  },
};
`;

test('workerd: a call, its refusal, and real callbacks', async (t) => {
  const { serving, callsBack } = await platform(t);
  const { clock, ...plain } = serving.clientOptions;
  const base = await workerd(t, WORKER, { CLIENT: JSON.stringify(plain), SECRET });
  assert.equal(await (await fetch(`${base}/refused`)).text(), 'true');
  await callsBack(base);
  const events = await (await fetch(`${base}/events`)).json();
  assert.deepEqual(events.map(([, status]) => status), ['已支付', '已支付']);
});

test('workerd: the suite of all runtimes', async (t) => {
  const serving = await serveSandbox({ port: 0, deliver: async () => new Response() });
  t.after(() => serving.close());
  const worker = `
import * as aigobo from 'aigobo';
import wasm from './aigobo.wasm';
import { suite } from './suite.js';

export default {
  async fetch(request, { BASE }) {
    const untold = await aigobo.init().catch((error) => error);
    if (untold?.option !== 'init') return new Response(String(untold), { status: 500 });
    await aigobo.init(wasm);
    return suite(aigobo, { baseUrl: BASE, vectors: ${VECTORS} }).then((done) => new Response(done), (error) => new Response(String(error), { status: 500 }));
  },
};
`;
  const base = await workerd(t, worker, { BASE: serving.url });
  assert.equal(await (await fetch(base)).text(), '25 vectors, 11 endpoints, errors, abort, 50 at once');
});
