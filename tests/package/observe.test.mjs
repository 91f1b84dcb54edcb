// What a client shows of its tries: one event each, whole, in the caller's own context.

import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import { accept, clientFor, gateway, hastyClock, rejection, say } from './lab.js';
import { REQUESTS } from './shop.js';

/** @typedef {import('aigobo').ClientEvent} ClientEvent */

test('one event a try, with what came of it and what comes next', async (t) => {
  /** @type {((response: import('node:http').ServerResponse) => void)[]} */
  const answers = [(response) => void response.writeHead(503, { 'retry-after': '2' }).end(), (response) => void response.socket?.destroy(), (response) => say(response, '1000', '订单不存在')];
  const server = await gateway(t, (_request, response, _received, count) => answers[count - 1]?.(response));
  /** @type {ClientEvent[]} */
  const events = [];
  const clock = hastyClock();
  const started = clock();
  const error = await rejection(clientFor(server.baseUrl, { clock, observe: (event) => void events.push(event) }).getOrderDetail(REQUESTS.getOrderDetail, { deadlineMs: 60_000 }));
  assert.equal(error.code, 'gateway.1000');
  assert.deepEqual(
    events.map(({ endpoint, attempt, maxAttempts, status, gatewayCode, outcome, next }) => [endpoint, attempt, maxAttempts, status, gatewayCode, outcome, next]),
    [
      ['getOrderDetail', 1, 3, 503, undefined, 'http', 'retry'],
      ['getOrderDetail', 2, 3, undefined, undefined, 'connection', 'retry'],
      ['getOrderDetail', 3, 3, 200, '1000', 'gateway.1000', 'fail'],
    ],
  );
  assert.deepEqual(events.map(({ nonce }) => nonce), server.received.map(({ envelope }) => envelope.nonce));
  assert.ok(Number(events[0]?.retryInMs) >= 2_000 && events[2]?.retryInMs === undefined);
  for (const [index, { waitedMs, sentAt, tookMs }] of events.entries()) {
    assert.ok(waitedMs >= 0 && tookMs > 0 && sentAt > (events[index - 1]?.sentAt ?? started), `${waitedMs} ${sentAt} ${tookMs}`);
  }
});

test('success, abort, a reply that cannot be used and a path of any kind', async (t) => {
  const server = await gateway(t, (_request, response, { path }) => (path === '/api/new' ? accept(response, 1) : accept(response, path.endsWith('ListUrl') ? {} : null)));
  /** @type {ClientEvent[]} */
  const events = [];
  const client = clientFor(server.baseUrl, { observe: (event) => void events.push(event) });
  await client.notifyPayment(REQUESTS.notifyPayment);
  await client.call('/api/new', {});
  await rejection(client.getOrderListUrl(REQUESTS.getOrderListUrl));
  const controller = new AbortController();
  const hanging = clientFor(server.baseUrl, { observe: (event) => void events.push(event), fetch: () => (controller.abort(), new Promise(() => {})) });
  await rejection(hanging.createPreOrder(REQUESTS.createPreOrder, { signal: controller.signal }));
  assert.deepEqual(
    events.map(({ endpoint, outcome, next, gatewayCode }) => [endpoint, outcome, next, gatewayCode]),
    [
      ['notifyPayment', 'ok', 'done', '0000'],
      ['/api/new', 'ok', 'done', '0000'],
      ['getOrderListUrl', 'reply', 'fail', '0000'],
      ['createPreOrder', 'aborted', 'fail', undefined],
    ],
  );
});

test('what an observer throws or rejects with undoes nothing', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response));
  for (const observe of [() => assert.fail('thrown'), async () => assert.fail('rejected')]) {
    await clientFor(server.baseUrl, { observe }).notifyPayment(REQUESTS.notifyPayment);
  }
});

test('fetch, observer and limiter run in the asynchronous context of their own call', async (t) => {
  const server = await gateway(t, (_request, response, _received, count) => (count % 3 === 0 ? void response.writeHead(503).end() : accept(response, { orderListUrl: 'https://a.example/' })));
  /** @type {AsyncLocalStorage<number>} */
  const requests = new AsyncLocalStorage();
  /** @type {string[]} */
  const astray = [];
  /** @param {string} where @param {unknown} memberId */
  const check = (where, memberId) => void (requests.getStore() === memberId || astray.push(`${where}: ${requests.getStore()} for ${memberId}`));
  /** @type {Map<string, number>} */
  const calls = new Map();
  const client = clientFor(server.baseUrl, {
    rateLimit: { acquire: async () => void (requests.getStore() === undefined && astray.push('acquire')) },
    fetch: (url, init) => {
      const { nonce } = JSON.parse(String(init.body));
      calls.set(nonce, requests.getStore() ?? -1);
      return fetch(url, init);
    },
    observe: ({ nonce }) => check('observe', calls.get(nonce)),
  });
  const ask = (/** @type {number} */ request) => requests.run(request, () => client.getOrderListUrl({ ...REQUESTS.getOrderListUrl, memberId: `M${request}` }));
  await Promise.all(Array.from({ length: 60 }, (_, index) => ask(index)));
  for (const { envelope, body } of server.received) assert.equal(`M${calls.get(envelope.nonce)}`, body.memberId);
  assert.ok(server.received.length > 60);
  assert.deepEqual(astray, []);
});
