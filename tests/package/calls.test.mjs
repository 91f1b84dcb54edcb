// A call's first try is made where the caller is; however it ends, nothing of it is left behind.

import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { Client, ConfigError, ConnectionError, TimeoutError } from 'aigobo';
import { CODES, KEYS, rejection, until } from './lab.js';
import { REQUESTS } from './shop.js';

const LIST = { orderListUrl: 'https://a.example/' };
const request = REQUESTS.getOrderListUrl;

/** @param {unknown} [data] @param {ResponseInit} [init] */
const reply = (data = LIST, init) => Response.json({ code: '0000', message: '成功', data }, init);

/** @param {Partial<import('aigobo').ClientOptions>} options */
const clientWith = (options) => new Client({ ...KEYS, ...CODES, baseUrl: 'https://gateway.example', rateLimit: false, ...options });

test('whatever becomes of a try, a period later its place in the quota is free', async () => {
  const ours = await rejection(clientWith({}).call('no path', {}));
  const controller = new AbortController();
  /** @type {[fetch: Function, options: import('aigobo').CallOptions, check: (error: any) => unknown][]} */
  const endings = [
    [async () => new Response('{"code":"1000"}'), {}, ({ code }) => code === 'gateway.1000'],
    [async () => new Response(null, { status: 400 }), {}, ({ code }) => code === 'http'],
    [async () => reply({}), {}, ({ code }) => code === 'reply'],
    [async () => 'no Response', {}, ({ code }) => code === 'config'],
    [async () => Promise.reject(new TypeError('fetch failed')), {}, (error) => error instanceof ConnectionError],
    [() => { throw new TypeError('at once'); }, {}, (error) => error instanceof ConnectionError],
    [() => { throw ours; }, {}, (error) => error === ours],
    [async () => Promise.reject(ours), {}, (error) => error === ours],
    [() => new Promise(() => {}), { timeoutMs: 5 }, (error) => error instanceof TimeoutError],
    [() => (controller.abort('enough'), new Promise(() => {})), { signal: controller.signal }, (error) => error === 'enough'],
  ];
  for (const [fetch, options, check] of endings) {
    /** @type {Function | undefined} */
    let bad = fetch;
    const client = clientWith({ rateLimit: { calls: 1, periodMs: 20 }, maxRetries: 0, fetch: (/** @type {unknown[]} */ ...args) => (bad ? bad(...args) : reply()) });
    const error = await rejection(client.getOrderListUrl(request, options));
    assert.ok(check(error), String(error));
    bad = undefined;
    assert.deepEqual(await client.getOrderListUrl(request, { deadlineMs: 5_000 }), LIST);
  }
});

test('what is refused before it is sent takes no place in the quota', async () => {
  const client = clientWith({ rateLimit: { calls: 1, periodMs: 3_600_000 }, fetch: reply.bind(null, LIST, {}) });
  for (let time = 0; time < 3; time++) {
    assert.equal((await rejection(client.getOrderListUrl({ ...request, account: '' }))).code, 'validation');
    assert.equal(await rejection(client.getOrderListUrl(request, { signal: AbortSignal.abort('no') })), 'no');
  }
  assert.deepEqual(await client.getOrderListUrl(request), LIST);
});

test('fetch and observer run in the context of their call, in its first try and in a later one', async () => {
  /** @type {AsyncLocalStorage<number>} */
  const requests = new AsyncLocalStorage();
  /** @type {Map<string, (number | undefined)[]>} */
  const seen = new Map();
  let count = 0;
  const client = clientWith({
    fetch: async (_url, { body }) => {
      seen.set(JSON.parse(String(body)).nonce, [requests.getStore()]);
      await new Promise((next) => setImmediate(next));
      return count++ % 3 === 0 ? new Response(null, { status: 503, headers: { 'retry-after': '0' } }) : reply();
    },
    observe: ({ nonce }) => void seen.get(nonce)?.push(requests.getStore()),
  });
  const own = Array.from({ length: 12 }, (_, index) => requests.run(index, async () => {
    const { nonce, attempts } = await client.getOrderListUrl(request).withReply();
    assert.equal(requests.getStore(), index);
    return { index, nonce, attempts };
  }));
  const told = await Promise.all(own);
  assert.ok(told.some(({ attempts }) => attempts > 1) && told.some(({ attempts }) => attempts === 1));
  for (const { index, nonce } of told) assert.deepEqual(seen.get(nonce), [index, index]);
  for (const [first, second] of seen.values()) assert.equal(first, second);
});

test('an observer may call the client, and dispose of it', async () => {
  /** @type {Promise<unknown>[]} */
  const inner = [];
  let events = 0;
  const client = clientWith({
    fetch: async () => reply(),
    observe: () => {
      if (++events === 1) inner.push(client.getOrderListUrl(request));
      else client[Symbol.dispose]();
    },
  });
  assert.deepEqual(await client.getOrderListUrl(request), LIST);
  assert.deepEqual(await Promise.all(inner), [LIST]);
  assert.ok((await rejection(client.getOrderListUrl(request))) instanceof ConfigError);
  assert.equal(events, 2);
});

test('a client that its own clock disposes of ends the call at hand', async () => {
  let asked = false;
  const client = clientWith({
    fetch: async () => reply(),
    clock: () => {
      if (asked) client[Symbol.dispose]();
      return Date.now();
    },
  });
  asked = true;
  assert.deepEqual(await client.getOrderListUrl(request), LIST);
  assert.match((await rejection(client.getOrderListUrl(request))).message, /disposed/);
  assert.deepEqual(await clientWith({ fetch: async () => reply() }).getOrderListUrl(request), LIST);
});

test('calls that end in another order than they began each get their own', async () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  const client = clientWith({ fetch: (_url, { signal }) => new Promise((resolve, reject) => {
    const number = waiting.push(() => resolve(reply({ orderListUrl: `https://a.example/${number}` })));
    signal?.addEventListener('abort', () => reject(new TypeError('aborted')));
  }) });
  const controller = new AbortController();
  const all = Array.from({ length: 9 }, (_, index) => client.getOrderListUrl(request, index === 4 ? { signal: controller.signal } : {}));
  const aborted = rejection(/** @type {Promise<unknown>} */ (all[4]));
  await until(() => waiting.length === all.length, 'all calls run');
  controller.abort('enough');
  assert.equal(await aborted, 'enough');
  waiting.reverse().forEach((answer) => answer());
  const told = await Promise.all(all.filter((_, index) => index !== 4));
  assert.deepEqual(told.map(({ orderListUrl }) => orderListUrl), [1, 2, 3, 4, 6, 7, 8, 9].map((number) => `https://a.example/${number}`));
});

test('a signal that many calls share has one listener, whatever becomes of a fetch that nobody waits for', async () => {
  /** @type {(() => void)[]} */
  const late = [];
  const client = clientWith({ maxRetries: 0, fetch: () => new Promise((resolve) => late.push(() => resolve(reply()))) });
  const { signal } = new AbortController();
  const listeners = () => getEventListeners(signal, 'abort').length;
  assert.ok((await rejection(client.getOrderListUrl(request, { signal, timeoutMs: 5 }))) instanceof TimeoutError);
  assert.equal(listeners(), 0);
  const second = client.getOrderListUrl(request, { signal });
  await until(() => late.length === 2, 'the second call runs');
  late[0]?.();
  await new Promise((next) => setImmediate(next));
  const third = client.getOrderListUrl(request, { signal });
  await until(() => late.length === 3, 'the third call runs');
  assert.equal(listeners(), 1);
  late.forEach((answer) => answer());
  assert.deepEqual(await Promise.all([second, third]), [LIST, LIST]);
  assert.equal(listeners(), 0);
});

test("a signal of somebody's own making that cannot be listened to is told as it is, and nothing is sent", async () => {
  const broken = new Error('no listeners here');
  let sent = 0;
  const client = clientWith({ fetch: async () => (sent++, reply()) });
  const signal = /** @type {any} */ ({ aborted: false, addEventListener: () => { throw broken; }, removeEventListener() {} });
  assert.equal(await rejection(client.getOrderListUrl(request, { signal })), broken);
  assert.equal(sent, 0);
});

test('of a failure he hears who takes the data or the whole reply, and nobody hears twice', async (t) => {
  /** @type {unknown[]} */
  const unheard = [];
  const hear = (/** @type {unknown} */ reason) => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  t.after(() => process.off('unhandledRejection', hear));
  const client = clientWith({ maxRetries: 0, fetch: async () => new Response(null, { status: 400 }) });
  const [one, two, three] = [client.getOrderListUrl(request), client.getOrderListUrl(request), client.getOrderListUrl(request)];
  assert.equal((await rejection(one)).code, 'http');
  assert.equal((await rejection(two.withReply())).code, 'http');
  void three.withReply();
  assert.equal((await rejection(three)).code, 'http');
  await new Promise((next) => setImmediate(next));
  assert.deepEqual(unheard, []);
  const whole = await clientWith({ fetch: async () => reply(LIST, { status: 202, headers: { 'x-own': 'y' } }) }).getOrderListUrl(request).withReply();
  assert.deepEqual([whole.data, whole.code, whole.message, whole.status, whole.headers.get('x-own'), whole.attempts], [LIST, '0000', '成功', 202, 'y', 1]);
});
