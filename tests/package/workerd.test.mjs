// The client and the handler in workerd.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sign } from 'aigobo';
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

  // A worker that was begun long ago, and keeps the JavaScript of that time: without FinalizationRegistry, among others.
  serving.sandbox.reset();
  assert.equal(await (await fetch(await workerd(t, worker(''), { BASE: serving.url }, undefined, undefined, '2023-01-01'))).text(), done);

  // A bundler that does not say whom it bundles for.
  serving.sandbox.reset();
  const untold = `const untold = await aigobo.init().catch((error) => error);
    if (untold?.option !== 'init') return new Response(String(untold), { status: 500 });
    const early = await Promise.resolve().then(() => aigobo.sign({}, 's')).catch((error) => error);
    if (!early.message?.includes('await init()')) return new Response(String(early), { status: 500 });
    await aigobo.init(wasm);`;
  assert.equal(await (await fetch(await workerd(t, worker(untold), { BASE: serving.url }, []))).text(), done);
});

test('workerd compiles nothing itself: whoever tries is told what to hand over', async (t) => {
  const worker = `
import { init, isAigoboError, sign } from 'aigobo';
import * as inline from 'aigobo/inline';
import 'aigobo/notifications';
import 'aigobo/redis';
import wasm from 'aigobo/aigobo.wasm';

const bytes = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const response = () => new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
const attempts = [() => init(bytes), () => init(response()), () => init(Promise.resolve(response())), () => inline.init(), () => inline.sign({}, 's')];

export default {
  async fetch() {
    const said = [];
    for (const attempt of attempts) said.push(await Promise.resolve().then(attempt).then(() => 'it did not fail', (error) => isAigoboError(error) ? error.message : String(error)));
    await init(wasm);
    return Response.json([said, sign({ a: 1 }, 's')]);
  },
};
`;
  const [said, signed] = await (await fetch(await workerd(t, worker, {}, []))).json();
  for (const message of said) assert.match(message, /import aigobo\/aigobo\.wasm and hand that to init\(\) of aigobo/);
  assert.deepEqual([said.length, signed], [5, sign({ a: 1 }, 's')]);
});
