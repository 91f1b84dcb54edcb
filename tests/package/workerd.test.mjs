// The client and the handler in workerd.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sign } from 'aigobo';
import { serveSandbox } from 'aigobo/sandbox-server';
import { SECRET, platform } from './hooks.js';
import { rejection } from './lab.js';
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

for (const [when, more] of [['at the first request', ''], ['at module level', "import { env } from 'cloudflare:workers';\nhandler = createHandler(env);\n"]]) {
  test(`workerd: the guide to workers, its handler made ${when}, tells once, whatever comes at once, hangs up, or begins anew`, (t) => guide(t, more));
}

/** @param {import('node:test').TestContext} t @param {string} more of the worker */
async function guide(t, more) {
  const { serving, order } = await platform(t);
  const { clientOptions, sandbox } = serving;
  const { accessToken, desKey, md5SecretKey, distrCode } = clientOptions;
  const env = { AIGOBO_ACCESS_TOKEN: accessToken, AIGOBO_DES_KEY: desKey, AIGOBO_MD5_SECRET_KEY: md5SecretKey, AIGOBO_DISTR_CODE: distrCode, AIGOBO_BASE_URL: serving.url, AIGOBO_NOTIFICATION_SECRET: SECRET };
  const text = readFileSync(new URL('./guides/worker.mjs', import.meta.url), 'utf8');
  // Its words are kept, where a test can ask for them; the shop takes its time.
  const worker = `${text.replaceAll('console.log(', 'heard(').replace('  fetch(request, env, ctx) {', '$&\n    if (request.method === "DELETE") handler = undefined; // as an isolate begins\n    if (request.method === "PUT") failing = true;\n    if (request.method !== "POST") return Response.json(words);')}
const words = [];
let failing = false;
const heard = async (...news) => {
  if (failing) {
    failing = false;
    throw new Error('db down');
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  words.push(news);
};
${more}`;
  const base = await workerd(t, worker, env, undefined, undefined, undefined, { NEWS: 'News' });
  const words = async (method = 'GET') => (await (await fetch(base, { method })).json()).map(([kind, , policyCode]) => [kind, policyCode]);

  const first = await order(base);
  await sandbox.pay(first.tempOrderCode);
  await sandbox.settled();
  const [one, two] = sandbox.snapshot().notifications.map(({ body }) => body);
  const told = [['投保', one?.policyCode], ['投保', two?.policyCode]];
  const send = (/** @type {string} */ url, /** @type {unknown} */ body, /** @type {RequestInit} */ init = {}) => fetch(url, { method: 'POST', body: JSON.stringify(body), ...init });
  assert.deepEqual(await words('DELETE'), told);
  assert.equal((await send(first.deliverNotifyUrl, one)).status, 200);
  assert.deepEqual(await words(), told);

  sandbox.faults([{ fault: 'notification-lost' }]);
  const second = await order(base);
  await sandbox.pay(second.tempOrderCode);
  await sandbox.settled();
  const [three, four] = sandbox.snapshot().notifications.slice(2).map(({ body }) => body);
  const answers = await Promise.all([three, three, three].map((body) => send(second.deliverNotifyUrl, body)));
  assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200]);
  // The platform hangs up before the shop is done.
  await rejection(send(second.deliverNotifyUrl, four, { signal: AbortSignal.timeout(100) }));
  assert.equal((await send(second.deliverNotifyUrl, four)).status, 200);
  assert.deepEqual(await words(), [...told, ['投保', three?.policyCode], ['投保', four?.policyCode]]);
  assert.equal((await send(base, three)).status, 403);

  // What failed is given back.
  const third = await order(base);
  await sandbox.pay(third.tempOrderCode);
  await sandbox.settled();
  const { body } = sandbox.snapshot().notifications.slice(4)[0] ?? {};
  await words('PUT');
  assert.deepEqual([(await send(third.deliverNotifyUrl, body)).status, (await send(third.deliverNotifyUrl, body)).status], [500, 200]);
  assert.deepEqual((await words()).slice(4), [['投保', /** @type {any} */ (body).policyCode]]);
}

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
