// The wasm instance is expendable: a trap is an InternalError, and the next call runs on a fresh one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { envelopeMemory, memories, memory } from './memory.js';
import { Client, ConfigError, InternalError, ValidationError, confirmNotification, explain, notificationKey, open, orderNews, parseNotification, seal, sealText, sign, signingString, validate } from 'aigobo';
import { CODES, KEYS, accept, clientFor, gateway, rejection, until } from './lab.js';
import { REQUESTS } from './shop.js';

const PAGE = 65_536;
const ORDER_LIST = { orderListUrl: 'https://a.example/' };

/** Leaves the instance no memory to grow into: the next large allocation makes Rust abort, which is a real trap. */
function exhaust(which = memory()) {
  which.grow(PAGE - which.buffer.byteLength / PAGE);
}

const large = () => ({ text: 'x'.repeat(8 << 20) });

test("a trap in the envelope's instance is none of the client's, nor the other way round", async () => {
  const client = new Client({ ...KEYS, ...CODES, fetch: async () => Response.json({ code: '0000', data: ORDER_LIST }) });
  const called = async () => assert.deepEqual(await client.getOrderListUrl(REQUESTS.getOrderListUrl), ORDER_LIST);
  const sealed = () => assert.equal(seal({ a: 1 }, KEYS).version, '1.0');
  await called();
  sealed();
  const both = [memory(), envelopeMemory()];
  exhaust(envelopeMemory());
  assert.throws(() => seal(large(), KEYS), InternalError);
  await called();
  assert.equal(memory(), both[0]);
  sealed();
  assert.notEqual(envelopeMemory(), both[1]);
  both[1] = envelopeMemory();
  exhaust(memory());
  assert.throws(() => explain(large(), KEYS), InternalError);
  sealed();
  assert.equal(envelopeMemory(), both[1]);
  await called();
  assert.notEqual(memory(), both[0]);
});

test('out of memory in a function: an InternalError, and the next call runs on a fresh instance', () => {
  const before = seal({ a: 1 }, KEYS, { nonce: 'n', timestamp: 5 });
  const count = memories.length;
  exhaust(envelopeMemory());
  assert.throws(() => seal(large(), KEYS), (error) => {
    assert.ok(error instanceof InternalError && error.code === 'internal' && error.cause instanceof WebAssembly.RuntimeError);
    return /fresh instance/.test(error.message);
  });
  assert.deepEqual(seal({ a: 1 }, KEYS, { nonce: 'n', timestamp: 5 }), before);
  assert.equal(memories.length, count + 1);
});

test("a caller's own slip is no trap: it names the option, and other calls go on", async () => {
  const circle = /** @type {any} */ ({});
  circle.self = circle;
  /** A tower that `JSON.stringify` still writes, and a walk in JavaScript does not come down again. */
  const tower = Array.from({ length: 200_000 }).reduce((/** @type {object} */ inner) => ({ inner }), { none: null });
  const both = [memory(), envelopeMemory()];
  const client = new Client({ ...KEYS, ...CODES, fetch: async () => {
    for (const dialect of [circle, tower]) {
      const option = dialect === circle ? 'self' : 'inner';
      const named = (/** @type {unknown} */ error) => error instanceof ConfigError && error.option === option && /holds itself, or is nested too deeply/.test(error.message);
      for (const use of [() => explain({ a: 1 }, KEYS, dialect), () => sign({ a: 1 }, 'k', dialect), () => signingString({ a: 1 }, dialect), () => seal({ a: 1 }, KEYS, { dialect }), () => sealText({ a: 1 }, KEYS, { dialect }), () => open(/** @type {any} */ ({}), KEYS, { dialect })]) assert.throws(use, named);
      assert.throws(() => open(dialect, KEYS), ConfigError);
      assert.throws(() => new Client({ ...KEYS, ...CODES, dialect }), (error) => error instanceof ConfigError && error.option === 'dialect');
      for (const use of [() => explain(dialect, KEYS), () => validate('getOrderDetail', dialect), () => notificationKey('deliver', dialect), () => confirmNotification('deliver', dialect, dialect), () => orderNews({ outSerialNo: '1', tempOrderCode: '2' }, dialect), () => parseNotification(dialect)]) assert.throws(use, ValidationError);
      await assert.rejects(client.call('/a', dialect), ValidationError);
    }
    return Response.json({ code: '0000', data: ORDER_LIST });
  } });
  assert.deepEqual(await client.getOrderListUrl(REQUESTS.getOrderListUrl), ORDER_LIST);
  assert.deepEqual([memory(), envelopeMemory()], both);
});

test('an exhausted stack: the same', () => {
  /** @type {unknown[]} */
  const outcomes = [];
  /** Fills the stack; on the way back each frame tries, until there is room enough. */
  const deeper = () => {
    try {
      deeper();
    } catch {
      // Full.
    }
    if (outcomes.at(-1) === 'sealed') return;
    try {
      outcomes.push(seal({ a: 1 }, KEYS).sign && 'sealed');
    } catch (error) {
      outcomes.push(error);
    }
  };
  deeper();
  assert.equal(outcomes.at(-1), 'sealed');
  assert.ok(outcomes.some((error) => error instanceof InternalError && error.cause instanceof RangeError), String(outcomes));
});

test('a trap while calls run: each is told, none hangs, and the same client goes on', async (t) => {
  const server = await gateway(t, (_request, response, { body }) => (body.memberId === 'hangs' ? undefined : accept(response, ORDER_LIST)));
  const client = clientFor(server.baseUrl);
  const { signal } = new AbortController();
  const running = [1, 2, 3].map(() => rejection(client.getOrderListUrl({ account: '1', memberId: 'hangs' }, { signal })));
  await until(() => server.received.length === 3, 'three calls run');
  exhaust();
  assert.throws(() => explain(large(), KEYS), InternalError);
  for (const error of await Promise.all(running)) assert.ok(error instanceof InternalError, String(error));
  assert.deepEqual(await client.getOrderListUrl(REQUESTS.getOrderListUrl), ORDER_LIST);
});

test('a trap in a step of a call, where no caller is: the same, and the process lives', async (t) => {
  const server = await gateway(t, (_request, response, { body }) => {
    if (body.memberId === 'large') exhaust();
    accept(response, body.memberId === 'large' ? { ...ORDER_LIST, text: 'x'.repeat(8 << 20) } : ORDER_LIST);
  });
  const client = clientFor(server.baseUrl);
  const error = await rejection(client.getOrderListUrl({ account: '1', memberId: 'large' }));
  assert.ok(error instanceof InternalError && error.cause instanceof WebAssembly.RuntimeError, String(error));
  assert.deepEqual(await client.getOrderListUrl(REQUESTS.getOrderListUrl), ORDER_LIST);
});

test('timers, aborts and answers that come for an instance that is gone change nothing', async (t) => {
  /** @type {(() => void)[]} */
  const late = [];
  const server = await gateway(t, (_request, response, _received, count) => (count <= 2 ? late.push(() => accept(response, ORDER_LIST)) : accept(response, ORDER_LIST)));
  const client = clientFor(server.baseUrl);
  const controller = new AbortController();
  const running = [{ timeoutMs: 30 }, { signal: controller.signal }].map((options) => rejection(client.getOrderListUrl(REQUESTS.getOrderListUrl, options)));
  await until(() => late.length === 2, 'two calls run');
  exhaust();
  assert.throws(() => explain(large(), KEYS), InternalError);
  await Promise.all(running);
  controller.abort();
  late.forEach((answer) => answer());
  await rejection(client.getOrderListUrl(REQUESTS.getOrderListUrl, { signal: AbortSignal.timeout(1) }).then(() => assert.fail('late enough')));
  assert.deepEqual(await client.getOrderListUrl(REQUESTS.getOrderListUrl), ORDER_LIST);
});

test('disposed, a client has wiped its keys, refuses calls, and lets running ones end', async (t) => {
  /** @type {() => void} */
  let answer = () => {};
  const server = await gateway(t, (_request, response) => void (answer = () => accept(response, ORDER_LIST)));
  const keys = { accessToken: 'Qx7Kd20fWm4Tz81b', desKey: 'Vn5Rj63hYc9L', md5SecretKey: 'Bg8Pt47sXa2Eu60n' };
  const client = new Client({ ...KEYS, ...CODES, baseUrl: server.baseUrl, rateLimit: false });
  const running = client.getOrderListUrl(REQUESTS.getOrderListUrl);
  await until(() => server.received.length === 1, 'a call runs');
  client[Symbol.dispose]();
  client[Symbol.dispose]();
  const refused = await rejection(client.getOrderListUrl(REQUESTS.getOrderListUrl));
  assert.ok(refused instanceof ConfigError && /disposed/.test(refused.message));
  answer();
  assert.deepEqual(await running, ORDER_LIST);

  const other = new Client({ ...keys, ...CODES, baseUrl: server.baseUrl, fetch: async () => Response.json({ code: '0000', data: ORDER_LIST }) });
  await other.getOrderListUrl(REQUESTS.getOrderListUrl);
  // Half a key is found, too.
  const held = () => Object.values(keys).flatMap((key) => [key.slice(0, key.length / 2), key.slice(key.length / 2)]).filter((half) => Buffer.from(memory().buffer).includes(half));
  assert.ok(held().length > 0, 'the search can find');
  // Of every length, since what is signed is hashed by the block.
  for (let length = 1; length <= 64; length++) await other.call('/api/new', { text: 'x'.repeat(length) });
  other[Symbol.dispose]();
  assert.deepEqual(held(), []);
});

test('an instance that trapped keeps no key either', async () => {
  const keys = { accessToken: 'trapped-access-token', desKey: 'trapped-des-key', md5SecretKey: 'trapped-md5-secret' };
  const client = new Client({ ...keys, ...CODES, fetch: async () => Response.json({ code: '0000', data: ORDER_LIST }) });
  await client.getOrderListUrl(REQUESTS.getOrderListUrl);
  const old = memory();
  exhaust();
  assert.throws(() => explain(large(), KEYS), InternalError);
  const low = Buffer.from(old.buffer, 0, 16 << 20);
  assert.deepEqual(Object.values(keys).filter((key) => low.includes(key)), []);
  assert.deepEqual(await client.getOrderListUrl(REQUESTS.getOrderListUrl), ORDER_LIST);
});
