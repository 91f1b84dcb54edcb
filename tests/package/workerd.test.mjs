// The client and the handler in workerd.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { serveSandbox } from 'aigobo/sandbox-server';
import { SECRET, platform } from './hooks.js';
import { workerd } from './workerd.js';

const VECTORS = readFileSync(new URL('./vectors/envelope.json', import.meta.url), 'utf8');

const WORKER = `
import { Client, isGatewayError } from 'aigobo';
import { createNotificationHandler } from 'aigobo/notifications';

const events = [];
let handler;

export default {
  async fetch(request, { CLIENT, SECRET }) {
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
  const worker = (/** @type {string} */ before) => `
import * as aigobo from 'aigobo';
import wasm from 'aigobo/aigobo.wasm';
import { suite } from './suite.js';

export default {
  async fetch(request, { BASE }) {
    ${before}
    return suite(aigobo, { baseUrl: BASE, vectors: ${VECTORS} }).then((done) => new Response(done), (error) => new Response(String(error), { status: 500 }));
  },
};
`;
  const done = '25 vectors, 11 endpoints, errors, abort, 50 at once';
  const base = await workerd(t, worker(''), { BASE: serving.url });
  assert.equal(await (await fetch(base)).text(), done);

  // A bundler that does not say whom it bundles for.
  serving.sandbox.reset();
  const untold = `const untold = await aigobo.init().catch((error) => error);
    if (untold?.option !== 'init') return new Response(String(untold), { status: 500 });
    await aigobo.init(wasm);`;
  assert.equal(await (await fetch(await workerd(t, worker(untold), { BASE: serving.url }, []))).text(), done);
});
