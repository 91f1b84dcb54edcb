// What a store and a limiter must do, run on the implementations of one process and on those over Redis alike.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, RateLimitError, StoreError } from 'aigobo';
import { createNotificationHandler, memoryNotificationStore, notifyUrls } from 'aigobo/notifications';
import { redisNotificationStore, redisRateLimiter } from 'aigobo/redis';
import { createSentinel } from 'redis';
import { accept, clientFor, gateway, rejection, until } from '../lab.js';
import { REQUESTS } from '../shop.js';
import { CLUSTER_CLIENTS, redisCluster } from './cluster.js';
import { CLIENTS, redisServer } from './server.js';

const SECRET = 'a secret of the shop';

/** @typedef {import('node:test').TestContext} TestContext */

/** Two stores that share what they know, as two processes would. @type {Record<string, (t: TestContext) => Promise<{ one: any, two: any }>>} */
const STORES = {
  memory: async () => {
    const one = memoryNotificationStore({ ttlMs: 60_000 });
    return { one, two: one };
  },
};
/** What goes into a client as `rateLimit`. @type {Record<string, (t: TestContext, quota: { calls: number, periodMs: number }) => Promise<any>>} */
const LIMITERS = {
  'one process': async (_t, quota) => quota,
};
for (const [name, connect] of Object.entries(CLIENTS)) {
  STORES[name] = async (t) => {
    const { port } = await redisServer(t);
    const [a, b] = [await connect(port), await connect(port)];
    t.after(() => (a.close(), b.close()));
    return { one: redisNotificationStore(a.client, { ttlMs: 60_000 }), two: redisNotificationStore(b.client, { ttlMs: 60_000 }) };
  };
  LIMITERS[name] = async (t, quota) => {
    const { port } = await redisServer(t);
    const { client, close } = await connect(port);
    t.after(close);
    return redisRateLimiter(client, { key: 'DL1000100', ...quota });
  };
}

for (const [library, connect] of Object.entries(CLUSTER_CLIENTS)) {
  const name = `${library}, a cluster`;
  STORES[name] = async (t) => {
    const ports = await redisCluster();
    const [a, b] = [await connect(ports), await connect(ports)];
    t.after(() => (a.close(), b.close()));
    return { one: redisNotificationStore(a.client, { ttlMs: 60_000 }), two: redisNotificationStore(b.client, { ttlMs: 60_000 }) };
  };
  LIMITERS[name] = async (t, quota) => {
    const { client, close } = await connect(await redisCluster());
    t.after(close);
    return redisRateLimiter(client, { key: 'DL1000100', ...quota });
  };
}

for (const [name, open] of Object.entries(STORES)) {
  test(`store, ${name}: new once, busy while it is worked on, done when it was`, async (t) => {
    const { one, two } = await open(t);
    assert.deepEqual([await one.claim('k', 60_000), await two.claim('k', 60_000), await two.claim('other', 60_000)], ['new', 'busy', 'new']);
    await one.commit('k');
    assert.deepEqual([await one.claim('k', 60_000), await two.claim('k', 60_000)], ['done', 'done']);
    await one.release('k');
    assert.equal(await two.claim('k', 60_000), 'done');
  });

  test(`store, ${name}: given back, or run out, it is new again`, async (t) => {
    const { one, two } = await open(t);
    await one.claim('given back', 60_000);
    await one.release('given back');
    assert.equal(await two.claim('given back', 60_000), 'new');
    await one.claim('run out', 30);
    let claimed = 'busy';
    await until(() => (two.claim('run out', 60_000).then((/** @type {string} */ now) => (claimed = claimed === 'new' ? claimed : now)), claimed === 'new'), 'the claim runs out');
  });

  test(`store, ${name}: a hundred claims at once, one is new`, async (t) => {
    const { one, two } = await open(t);
    const claims = await Promise.all(Array.from({ length: 100 }, (_, index) => (index % 2 ? one : two).claim('k', 60_000)));
    assert.deepEqual([claims.filter((claim) => claim === 'new').length, claims.filter((claim) => claim === 'busy').length], [1, 99]);
  });

  test(`store, ${name}: behind the handler, the same callback a hundred times calls once`, async (t) => {
    const { one, two } = await open(t);
    let calls = 0;
    const handlers = [one, two].map((store) => createNotificationHandler({ secret: SECRET, confirm: false, store, onError: () => {}, onDeliver: () => void calls++ }));
    const { deliverNotifyUrl } = await notifyUrls({ base: 'https://a.example', secret: SECRET, memberId: 'M', outSerialNo: 'S' });
    const send = (/** @type {number} */ index) => /** @type {any} */ (handlers[index % 2])(new Request(deliverNotifyUrl, { method: 'POST', body: '{"tempOrderCode":"T","success":true}' }));
    await Promise.all(Array.from({ length: 100 }, (_, index) => send(index)));
    assert.deepEqual([calls, (await send(0)).status, (await send(1)).status], [1, 200, 200]);
  });
}

/** @param {TestContext} t @param {any} rateLimit */
async function limited(t, rateLimit) {
  /** When each call arrived, and whose it was. @type {[number, string][]} */
  const arrivals = [];
  const server = await gateway(t, (_request, response, { body }) => {
    arrivals.push([performance.now(), body.memberId]);
    accept(response, { orderListUrl: 'https://a.example/' });
  });
  const client = clientFor(server.baseUrl, { clock: 'system', rateLimit });
  /** @param {string} memberId @param {import('aigobo').CallOptions} [options] */
  const ask = (memberId, options) => client.getOrderListUrl({ ...REQUESTS.getOrderListUrl, memberId }, options);
  return { arrivals, ask };
}

for (const [name, make] of Object.entries(LIMITERS)) {
  test(`limiter, ${name}: no more than the quota in any period, in order of arrival`, async (t) => {
    const periodMs = 150;
    const { arrivals, ask } = await limited(t, await make(t, { calls: 10, periodMs }));
    await Promise.all(Array.from({ length: 50 }, (_, index) => ask(String(index))));
    for (const [index, [at]] of arrivals.entries()) {
      const before = arrivals[index - 10]?.[0];
      assert.ok(before === undefined || at - before >= periodMs, `call ${index} comes ${at - Number(before)} ms after the one ten before`);
    }
    const rounds = arrivals.map(([, who]) => Math.floor(Number(who) / 10));
    assert.deepEqual(rounds, rounds.toSorted((a, b) => a - b));
  });

  test(`limiter, ${name}: who leaves gives way, and who would come too late is refused at once`, async (t) => {
    const { arrivals, ask } = await limited(t, await make(t, { calls: 1, periodMs: 300 }));
    await ask('first');
    const controller = new AbortController();
    const leaving = rejection(ask('leaves', { signal: controller.signal }));
    const patient = ask('patient');
    const late = await rejection(ask('late', { deadlineMs: 400 }));
    assert.ok(late instanceof RateLimitError && Number(late.waitMs) > 400, String(late));
    controller.abort('enough');
    assert.equal(await leaving, 'enough');
    await patient;
    assert.deepEqual(arrivals.map(([, who]) => who), ['first', 'patient']);
    assert.ok(Number(arrivals[1]?.[0]) - Number(arrivals[0]?.[0]) < 600);
  });

  test(`limiter, ${name}: a call counts for as long as it runs`, async (t) => {
    /** @type {(() => void)[]} */
    const held = [];
    /** @type {number[]} */
    const arrivals = [];
    const server = await gateway(t, (_request, response) => {
      arrivals.push(performance.now());
      held.push(() => accept(response, { orderListUrl: 'https://a.example/' }));
    });
    const client = clientFor(server.baseUrl, { clock: 'system', rateLimit: await make(t, { calls: 1, periodMs: 50 }) });
    const both = Promise.all([1, 2].map(() => client.getOrderListUrl(REQUESTS.getOrderListUrl)));
    await until(() => held.length === 1, 'the first runs');
    const periods = performance.now() + 300;
    await until(() => performance.now() > periods, 'six periods have passed');
    assert.equal(held.length, 1);
    const ended = performance.now();
    held[0]?.();
    await until(() => held.length === 2, 'the second runs');
    held[1]?.();
    await both;
    assert.ok(Number(arrivals[1]) - ended >= 50);
  });

  test(`limiter, ${name}: a try for which there is no room is not begun, and the last one tells why`, async (t) => {
    const rateLimit = await make(t, { calls: 1, periodMs: 60_000 });
    const client = clientFor('https://gateway.example', { rateLimit, clock: 'system', deadlineMs: 3_000, fetch: () => Promise.reject(new TypeError('down')) });
    const error = await rejection(client.getOrderDetail(REQUESTS.getOrderDetail));
    assert.deepEqual([error.code, error.attempts, error.endpoint], ['connection', 1, 'getOrderDetail']);
  });

  test(`limiter, ${name}: who is in no hurry goes last`, async (t) => {
    const { arrivals, ask } = await limited(t, await make(t, { calls: 1, periodMs: 60 }));
    await ask('first');
    const low = ask('low', { priority: 'low' });
    await Promise.all([low, ask('a'), ask('b')]);
    assert.deepEqual(arrivals.map(([, who]) => who), ['first', 'a', 'b', 'low']);
  });
}

for (const [name, connect] of Object.entries(CLIENTS)) {
  test(`${name}, Redis gone for a while: a clear error or the fallback, and afterwards as before`, async (t) => {
    const redis = await redisServer(t);
    const { client, close } = await connect(redis.port);
    t.after(close);
    let fallbacks = 0;
    const options = { key: 'k', calls: 5, periodMs: 60_000, timeoutMs: 200 };
    const failing = await limited(t, redisRateLimiter(client, options));
    const going = await limited(t, redisRateLimiter(client, { ...options, fallback: 'allow' }));
    const asking = await limited(t, redisRateLimiter(client, { ...options, fallback: { acquire: () => void fallbacks++ } }));
    const store = redisNotificationStore(client, { timeoutMs: 200 });
    let handled = 0;
    let dying = true;
    const handler = createNotificationHandler({ secret: SECRET, confirm: false, store, onError: () => {}, onDeliver: async () => { handled++; if (dying) await redis.stop(); } });
    const { deliverNotifyUrl } = await notifyUrls({ base: 'https://a.example', secret: SECRET, memberId: 'M', outSerialNo: 'S' });
    const send = (/** @type {string} */ code) => handler(new Request(deliverNotifyUrl, { method: 'POST', body: JSON.stringify({ tempOrderCode: code, success: true }) })).then(({ status }) => status);

    await failing.ask('before');
    const refusing = await limited(t, redisRateLimiter(client, { key: 'other', fallback: 'allow' }));
    await client.set('aigobo:quota:{other}:queue', 'text');
    const refused = await rejection(refusing.ask('refused'));
    assert.ok(refused instanceof StoreError && !refused.retryable, String(refused));
    assert.match(refused.message, /^Redis refused: .*no other data lies under the same key \(it said: WRONGTYPE /);
    // Redis dies between the callback and the commit: it was handled, and is not handled again.
    assert.equal(await send('T1'), 200);
    const error = await rejection(failing.ask('down'));
    assert.ok(error instanceof StoreError && error.retryable && error.code === 'store', String(error));
    assert.match(error.message, /Redis did not answer, since the client has no connection: its 'error' events say why/);
    await going.ask('down', { deadlineMs: 300 });
    await asking.ask('down');
    assert.deepEqual([fallbacks, await send('T2'), handled], [1, 500, 1]);
    assert.deepEqual([failing.arrivals.length, going.arrivals.length], [1, 1]);

    dying = false;
    await redis.start();
    let back = false;
    const probe = () => void store.claim('probe', 1).then(() => (back = true), probe);
    probe();
    await until(() => back, 'Redis is back');
    await failing.ask('back');
    assert.deepEqual([await send('T1'), handled], [200, 1]);
    assert.deepEqual([await send('T2'), handled], [200, 2]);
  });
}

test('options are checked by name', () => {
  const client = { call: async () => 0 };
  const sentinel = /** @type {any} */ (createSentinel({ name: 'shop', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }] }));
  for (const [make, option] of /** @type {[() => unknown, string][]} */ ([
    [() => redisRateLimiter(/** @type {any} */ ({}), { key: 'k' }), 'client'],
    [() => redisRateLimiter(client, /** @type {any} */ ({})), 'key'],
    [() => redisRateLimiter(client, { key: 'k', prefix: '' }), 'prefix'],
    [() => redisRateLimiter(client, { key: 'k', calls: 0 }), 'calls'],
    [() => redisRateLimiter(sentinel, { key: 'k' }), 'client'],
    [() => redisNotificationStore(sentinel), 'client'],
    [() => redisRateLimiter(client, { key: 'k', periodMs: 1.5 }), 'periodMs'],
    [() => redisRateLimiter(client, /** @type {any} */ ({ key: 'k', period: 5 })), 'period'],
    [() => redisRateLimiter(client, /** @type {any} */ ({ key: 'k', fallback: 'maybe' })), 'fallback'],
    [() => redisNotificationStore(client, { ttlMs: 0 }), 'ttlMs'],
    [() => redisNotificationStore(client, /** @type {any} */ ({ ttl: 5 })), 'ttl'],
    [() => redisNotificationStore(client, { timeoutMs: -1 }), 'timeoutMs'],
    [() => redisRateLimiter(client, { key: 'k', timeoutMs: 2 ** 31 }), 'timeoutMs'],
  ])) {
    assert.throws(make, (error) => error instanceof ConfigError && error.option === option, option);
  }
});
