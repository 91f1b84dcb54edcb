// Time limits and cancelling: wherever a call is, it ends at once, and leaves nothing behind.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { Client, ConfigError, RateLimitError, TimeoutError, validate } from 'aigobo';
import { CODES, KEYS, accept, clientFor, gateway, rejection, until } from './lab.js';
import { REQUESTS } from './shop.js';

/** The package's timers that run; Node's own fetch keeps some, too. @type {Set<unknown>} */
const timers = new Set();
const { setTimeout: realSet, clearTimeout: realClear } = globalThis;
globalThis.setTimeout = /** @type {any} */ (
  (/** @type {() => void} */ callback, /** @type {number} */ ms) => {
    const timer = realSet(() => {
      timers.delete(timer);
      callback();
    }, ms);
    if (new Error().stack?.includes('/aigobo/')) timers.add(timer);
    return timer;
  }
);
globalThis.clearTimeout = /** @type {any} */ (
  (/** @type {NodeJS.Timeout} */ timer) => {
    timers.delete(timer);
    realClear(timer);
  }
);

/**
 * Aborts a call once `under` says where it is, and checks that it ends with the signal's own reason and leaves nothing.
 * @param {(signal: AbortSignal) => Promise<unknown>} call
 * @param {() => unknown} under
 * @param {string} where
 */
async function abortUnder(call, under, where) {
  const controller = new AbortController();
  const reason = { own: 'reason' };
  const outcome = rejection(call(controller.signal));
  await until(() => getEventListeners(controller.signal, 'abort').length === 1 && under(), where);
  controller.abort(reason);
  assert.equal(await outcome, reason);
  nothingLeft(controller.signal);
}

/** @param {AbortSignal} [signal] */
function nothingLeft(signal) {
  assert.equal(timers.size, 0, 'timers');
  if (signal) assert.equal(getEventListeners(signal, 'abort').length, 0, 'listeners');
}

const read = REQUESTS.getOrderDetail;

test('an abort ends a running fetch, and the gateway hears of it', async (t) => {
  let closed = false;
  const server = await gateway(t, (request) => void request.socket.on('close', () => (closed = true)));
  const client = clientFor(server.baseUrl);
  await abortUnder((signal) => client.getOrderDetail(read, { signal }), () => server.received.length === 1, 'the fetch');
  await until(() => closed, 'the connection is closed');
  assert.equal(server.received.length, 1);
});

test('an abort ends a body that is being read', async (t) => {
  const server = await gateway(t, (_request, response) => void response.writeHead(200).write('{"code":'));
  const client = clientFor(server.baseUrl);
  await abortUnder((signal) => client.createPreOrder(REQUESTS.createPreOrder, { signal }), () => server.received.length === 1, 'the body');
});

test('an abort ends the wait between tries', async (t) => {
  const server = await gateway(t, (_request, response) => void response.writeHead(503, { 'retry-after': '60' }).end());
  let waiting = false;
  const client = clientFor(server.baseUrl, { clock: 'system', observe: ({ next }) => void (waiting = next === 'retry') });
  await abortUnder((signal) => client.getOrderDetail(read, { signal }), () => waiting, 'the wait');
  assert.equal(server.received.length, 1);
});

test('an abort ends the wait for the quota, and the next in line moves up', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response, { orderListUrl: 'https://a.example/' }));
  let now = 0;
  const client = clientFor(server.baseUrl, { clock: () => now, rateLimit: { calls: 1, periodMs: 60_000 } });
  await client.getOrderListUrl(REQUESTS.getOrderListUrl);
  const outcome = client.getOrderListUrl(REQUESTS.getOrderListUrl);
  await until(() => timers.size === 1, 'the next in line waits');
  const controller = new AbortController();
  const first = rejection(client.getOrderListUrl(REQUESTS.getOrderListUrl, { signal: controller.signal }));
  controller.abort();
  assert.equal((await first).name, 'AbortError');
  assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  now += 60_000;
  await outcome;
  assert.equal(server.received.length, 2);
  nothingLeft();
});

test("an abort ends the wait for a limiter of the caller's own, which has the signal too", async (t) => {
  const server = await gateway(t, (_request, response) => accept(response));
  /** @type {any} */
  let asked;
  const client = clientFor(server.baseUrl, { rateLimit: { acquire: (options) => ((asked = options), new Promise(() => {})) } });
  await abortUnder((signal) => client.getOrderDetail(read, { signal, deadlineMs: 5_000 }), () => asked, 'the limiter');
  assert.ok(asked.signal instanceof AbortSignal && asked.signal.aborted);
  assert.ok(asked.deadlineMs > 4_000 && asked.deadlineMs <= 5_000);
  assert.equal(server.received.length, 0);
});

test('aborted beforehand, nothing is sent', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response));
  const signal = AbortSignal.abort('enough');
  assert.equal(await rejection(clientFor(server.baseUrl).getOrderDetail(read, { signal })), 'enough');
  assert.equal(server.received.length, 0);
  nothingLeft(signal);
});

test('answers, failures and refusals leave nothing behind either', async (t) => {
  const { signal } = new AbortController();
  for (const status of [200, 502]) {
    const server = await gateway(t, (_request, response) => (status === 200 ? accept(response, { orderListUrl: 'https://a.example/' }) : void response.writeHead(status).end()));
    await clientFor(server.baseUrl).getOrderListUrl(REQUESTS.getOrderListUrl, { signal }).catch(() => {});
    nothingLeft(signal);
  }
});

test('a deadline that is over before anything was sent is told as that, whoever took the time', async () => {
  let sent = 0;
  /** @param {import('aigobo').ClientOptions['rateLimit']} rateLimit */
  const over = async (rateLimit) => {
    const client = clientFor('https://gateway.example', { rateLimit, fetch: () => (sent++, new Promise(() => {})) });
    const error = await rejection(client.createPreOrder(REQUESTS.createPreOrder, { deadlineMs: 2 }));
    assert.ok(error instanceof RateLimitError, String(error));
    assert.deepEqual([error.attempts, error.retryable, error.waitMs, error.nonce], [0, true, undefined, undefined]);
    assert.match(error.message, /^createPreOrder: not sent: its turn did not come in time; try again later, or allow more time with deadlineMs$/);
  };
  const acquire = async () => {
    const begun = performance.now();
    while (performance.now() < begun + 5);
  };
  await over({ acquire });
  await over({ acquire: () => new Promise(() => {}) });
  assert.equal(sent, 0);
});

test('a deadline of a millisecond that has begun is time enough to send', async () => {
  let sent = 0;
  const client = clientFor('https://gateway.example', { rateLimit: false, fetch: () => (sent++, new Promise(() => {})) });
  await rejection(client.getOrderDetail(read, { deadlineMs: 1 }));
  for (let time = 0; time < 20; time++) {
    const error = await rejection(client.getOrderDetail(read, { deadlineMs: 1 }));
    // Only a machine that is busy elsewhere takes the whole millisecond.
    if (error instanceof TimeoutError) assert.match(error.message, /within 1 ms.*deadlineMs/);
    else assert.match(error.message, /its turn did not come in time/);
  }
  assert.ok(sent > 0);
});

test('timeoutMs is of one try, a call goes before the client, and deadlineMs is of all tries together', async (t) => {
  const server = await gateway(t, () => {});
  const client = clientFor(server.baseUrl, { timeoutMs: 3_600_000 });
  const one = await rejection(client.getOrderDetail(read, { timeoutMs: 30, maxRetries: 1 }));
  assert.ok(one instanceof TimeoutError && one.timeoutMs === 30 && one.attempts === 2, one);
  const all = await rejection(client.getOrderDetail(read, { deadlineMs: 40 }));
  assert.ok(all instanceof TimeoutError && all.timeoutMs <= 40 && all.attempts === 1, all);
  nothingLeft();
});

test('a wait for the quota that would outlast the call is refused at once', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response, { orderListUrl: 'https://a.example/' }));
  const client = clientFor(server.baseUrl, { clock: () => 0, rateLimit: { calls: 1, periodMs: 60_000 } });
  await client.getOrderListUrl(REQUESTS.getOrderListUrl);
  for (const options of [{ timeoutMs: 1_000 }, { deadlineMs: 1_000 }]) {
    const error = await rejection(client.getOrderListUrl(REQUESTS.getOrderListUrl, options));
    assert.ok(error instanceof RateLimitError && error.waitMs === 60_000 && error.attempts === 0 && error.retryable, error);
    assert.match(error.message, /^getOrderListUrl: not sent: .* 60000 ms.*deadlineMs$/);
  }
  nothingLeft();
  assert.equal(server.received.length, 1);
});

test('a turn that comes too late is a refusal, and undoes nobody else', async (t) => {
  const server = await gateway(t, (_request, response) => void setTimeout(() => accept(response, { orderListUrl: 'https://a.example/' }), 200));
  for (const priority of /** @type {const} */ ([undefined, 'low'])) {
    const client = clientFor(server.baseUrl, { clock: 'system', rateLimit: { calls: 1, periodMs: 300 } });
    const running = client.getOrderListUrl(REQUESTS.getOrderListUrl);
    const late = rejection(client.getOrderListUrl(REQUESTS.getOrderListUrl, { deadlineMs: 400, priority }));
    const other = clientFor(server.baseUrl, { rateLimit: false });
    await running;
    const innocent = other.getOrderListUrl(REQUESTS.getOrderListUrl);
    // Meanwhile the call's time ends, and then its turn comes: both are found at once.
    const busy = performance.now() + 350;
    while (performance.now() < busy);
    const error = await late;
    assert.ok(error instanceof RateLimitError && error.waitMs === 0 && error.attempts === 0, error);
    assert.ok(await innocent);
    await client.getOrderListUrl(REQUESTS.getOrderListUrl);
  }
  nothingLeft();
});

test("what a limiter of the caller's own throws is what the caller gets", async () => {
  const full = new Error('full');
  const client = clientFor('https://gateway.example', {
    rateLimit: {
      acquire() {
        throw full;
      },
    },
  });
  assert.equal(await rejection(client.getOrderDetail(read)), full);
});

test("a place that a limiter of the caller's own gives too late is given back", async () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  let free = 1;
  const next = () => {
    if (free > 0 && waiting.length > 0) {
      free--;
      waiting.shift()?.();
    }
  };
  const release = () => {
    free++;
    next();
  };
  const rateLimit = {
    acquire: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve(release));
        next();
      }),
  };
  /** @type {(answer: Response) => void} */
  let answer = () => {};
  const fetch = () => new Promise((resolve) => (answer = resolve));
  const client = clientFor('https://gateway.example', { rateLimit, fetch });
  const running = client.call('/some/path', {});
  await until(() => free === 0, 'the first has the place');
  const controller = new AbortController();
  const late = [rejection(client.call('/some/path', {}, { deadlineMs: 30 })), rejection(client.call('/some/path', {}, { signal: controller.signal }))];
  await until(() => waiting.length === 2, 'the others wait');
  controller.abort();
  assert.deepEqual((await Promise.all(late)).map(({ name }) => name), ['RateLimitError', 'AbortError']);
  answer(Response.json({ code: '0000' }));
  await running;
  await until(() => free === 1 && waiting.length === 0, 'the place is free again');
});

test('an option that makes no sense is refused, of the client and of a call', async () => {
  /** @type {[object, string][]} */
  const wrong = [
    ...['timeoutMs', 'deadlineMs'].flatMap((option) => [0, -1, 1.5, NaN, Infinity, 3_600_001, '10', 10n, {}].map((value) => /** @type {[object, string]} */ ([{ [option]: value }, option]))),
    ...[-1, 1.5, 11, '2', true].map((value) => /** @type {[object, string]} */ ([{ maxRetries: value }, 'maxRetries'])),
    [{ retries: 1 }, 'retries'],
    [{ signal: {} }, 'signal'],
    [{ signal: new EventTarget() }, 'signal'],
    [{ signal: new AbortController() }, 'signal'],
    [{ priority: 'high' }, 'priority'],
    [/** @type {any} */ (new AbortController().signal), 'options'],
    [/** @type {any} */ ([]), 'options'],
    [new Map([['timeoutMs', 5]]), 'options'],
    [Object.create({ timeoutMs: 5 }), 'options'],
    [/** @type {any} */ (50), 'options'],
  ];
  const client = clientFor('https://gateway.example');
  for (const [options, option] of wrong) {
    const error = await rejection(client.getOrderDetail(read, options));
    assert.ok(error instanceof ConfigError && error.option === option, `${option}: ${error}`);
    assert.deepEqual([error.endpoint, error.attempts], ['getOrderDetail', 0]);
    if (['signal', 'options', 'priority'].includes(option)) continue;
    assert.throws(() => clientFor('https://gateway.example', options), (thrown) => thrown instanceof ConfigError && thrown.option === option);
  }
  for (const [rateLimit, option] of /** @type {[any, string][]} */ ([
    [true, 'rateLimit'],
    [0, 'rateLimit'],
    [{}, 'rateLimit.calls'],
    [{ calls: 0, periodMs: 1 }, 'rateLimit.calls'],
    [{ calls: 1, periodMs: -1 }, 'rateLimit.periodMs'],
    [{ acquire: 1 }, 'rateLimit.acquire'],
    [{ acquire: () => {}, calls: 1 }, 'rateLimit'],
    [() => {}, 'rateLimit'],
  ])) {
    assert.throws(() => new Client({ ...KEYS, ...CODES, rateLimit }), (thrown) => thrown instanceof ConfigError && thrown.option === option, option);
  }
});

test('a misspelled option is told what was meant, whatever its value', () => {
  for (const [options, says] of /** @type {[any, RegExp][]} */ ([
    [{ observer: () => {} }, /^observer: is not an option here; did you mean observe\?$/],
    [{ logger: console }, /^logger: is not an option here; there are .*fetch.*observe/],
    [{ timeoutMS: 5 }, /did you mean timeoutMs/],
    [{ retries: null }, /retries/],
    [{ environment: 'prodution', baseUrl: 'https://gateway.example' }, /^environment/],
    [{ dialect: new Map() }, /^dialect: must be an object of plain properties/],
    [{ dialect: { foo: 1 } }, /^dialect\.foo: is not an option here; there are transport, nested, digest, version$/],
    [{ baseUrl: new URL('https://gateway.example') }, /^baseUrl: must be text, not a URL: pass its href$/],
    [{ clock: 5 }, /^clock: must be 'auto', 'system' or a function that returns milliseconds$/],
  ])) {
    assert.throws(() => new Client({ ...KEYS, ...CODES, ...options }), (thrown) => thrown instanceof ConfigError && says.test(thrown.message), String(says));
  }
});

test('a promise that nobody awaited is told as such', async () => {
  const client = /** @type {any} */ (clientFor('https://gateway.example'));
  const member = { ...REQUESTS.registerMember, company: Promise.resolve('示例旅行社') };
  const error = await rejection(client.registerMember(member));
  assert.match(error.message, /1 fault: company \(.+\) is required \(a Promise: await it\)$/);
  assert.equal(error.issues[0].message, 'is required (a Promise: await it)');
  assert.match((await rejection(client.registerMember(Promise.resolve(REQUESTS.registerMember)))).message, / \(a Promise: await it\)$/);
  const insured = { insuredInfoList: [{ insuredBirthday: new Date(0) }], mobile: Promise.resolve('13800000001') };
  const told = validate('createPreOrder', /** @type {any} */ (insured)).map(({ path, message }) => `${path} ${message}`);
  assert.ok(told.includes('insuredInfoList[0].insuredBirthday must be a date that exists, as yyyy-MM-dd'), told.join('\n'));
  assert.ok(told.includes('mobile is required (a Promise: await it)'), told.join('\n'));
  // What is wrong by itself is told alone.
  assert.equal((await rejection(client.registerMember({ ...REQUESTS.registerMember, company: '' }))).issues[0].message, 'is required');
});

test('a call without a request says which call', async () => {
  const client = /** @type {any} */ (clientFor('https://gateway.example'));
  for (const [request, says] of /** @type {const} */ ([[undefined, 'undefined'], [null, 'null'], ['text', 'string'], [[], 'a list']])) {
    const error = await rejection(client.registerMember(request));
    assert.equal(error.message, `registerMember: nothing was sent: the body must be an object, not ${says}`);
    assert.deepEqual([error.code, error.endpoint, error.attempts], ['validation', 'registerMember', 0]);
  }
  assert.equal((await rejection(client.call(5, {}))).option, 'path');
});
