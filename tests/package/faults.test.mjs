// Every way in which an answer can fail to come, from its real cause: what a read and what a write make of it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { endpoints, ConfigError, ConnectionError, GatewayError, HttpError, OutcomeUnknownError, ReplyError, TimeoutError } from 'aigobo';
import { SECRETS, accept, clientFor, gateway, listen, rejection, say } from './lab.js';
import { REQUESTS } from './shop.js';

const CLASSES = { ConfigError, ConnectionError, GatewayError, HttpError, OutcomeUnknownError, ReplyError, TimeoutError };
const MIB = 1 << 20;
const HTML = '<html><h1>502 Bad Gateway</h1></html>';
const GBK = Buffer.from('7b22636f6465223a2239393939222c226d657373616765223a22cab0b0dc227d', 'hex'); // {"code":"9999","message":"失败"}

/** @param {number} status @param {string | Buffer} body @param {Record<string, string>} [headers] @returns {import('./lab.js').Answer} */
const http = (status, body, headers = { 'content-type': 'text/html' }) => (_request, response) => void response.writeHead(status, headers).end(body);
/** @param {string} code @returns {import('./lab.js').Answer} */
const refusal = (code) => (_request, response) => say(response, code, '失败');

/**
 * How the gateway misbehaves; the class and the tries of a read; whether a write's outcome is unknown, and its tries
 * (a write whose outcome is known has the read's class); what the message must tell.
 * @type {[name: string, answer: import('./lab.js').Answer, readClass: keyof typeof CLASSES, reads: number, unknown: boolean, writes: number, tells?: RegExp][]}
 */
const FAULTS = [
  ['reset before the answer', (request) => void request.socket.resetAndDestroy(), 'ConnectionError', 3, true, 1, /see cause/],
  ['reset half-way through the reply', halfThen((request) => request.socket.resetAndDestroy()), 'ConnectionError', 3, true, 1, /before the whole answer/],
  ['closed half-way through the reply', halfThen((request) => request.socket.destroy()), 'ConnectionError', 3, true, 1],
  ['no answer', () => {}, 'TimeoutError', 3, true, 1, /within 60 ms.*timeoutMs/],
  ['an answer that stops', halfThen(() => {}), 'TimeoutError', 3, true, 1, /complete answer/],
  ['HTTP 408', http(408, ''), 'HttpError', 3, true, 1],
  ['HTTP 429', http(429, 'slow down', { 'retry-after': '1' }), 'HttpError', 3, false, 3, /no more calls/],
  ['HTTP 429 for too long', http(429, '', { 'retry-after': '61' }), 'HttpError', 1, false, 1],
  ['HTTP 500', http(500, ''), 'HttpError', 3, true, 1],
  ['HTML with HTTP 502', http(502, HTML), 'HttpError', 3, true, 1, /HTTP 502, not the platform/],
  ['HTTP 503 for too long', http(503, '', { 'retry-after': 'Sun, 18 Jul 2021 03:00:00 GMT' }), 'HttpError', 1, true, 1],
  ['HTTP 403', http(403, 'forbidden'), 'HttpError', 1, false, 1, /outgoing address/],
  ['HTTP 404', http(404, HTML), 'HttpError', 1, false, 1, /baseUrl/],
  ['the platform is asked too often', refusal('0002'), 'GatewayError', 3, false, 3],
  ['the platform says no', refusal('9999'), 'GatewayError', 1, false, 1],
  ['the platform finds the signature wrong', refusal('2000'), 'GatewayError', 1, false, 1, /2000 失败/],
  ['HTML with HTTP 200', http(200, HTML), 'ReplyError', 1, true, 1, /37 bytes, declared as text\/html.*not JSON/],
  ['JSON cut short', http(200, '{"code":"0000","data":{"tempOr', { 'content-type': 'application/json' }), 'ReplyError', 1, true, 1, /cut short/],
  ['GBK bytes', http(200, GBK, { 'content-type': 'application/json' }), 'ReplyError', 1, true, 1, /GBK/],
  ['an empty body', http(200, ''), 'ReplyError', 1, true, 1, /0 bytes/],
  ['a list', http(200, '[]'), 'ReplyError', 1, true, 1],
  ['no code', http(200, '{"data":{}}'), 'ReplyError', 1, true, 1, /at code/],
  ['30 MB, announced', http(200, Buffer.alloc(30 * MIB, ' ')), 'ReplyError', 1, true, 1, /larger than 16 MiB/],
  ['30 MB, by the chunk', (_request, response) => pour(response, 30), 'ReplyError', 1, true, 1, /larger than 16 MiB/],
  ['30 MB out of 30 kB', http(200, gzipSync(Buffer.alloc(30 * MIB, ' ')), { 'content-encoding': 'gzip' }), 'ReplyError', 1, true, 1, /larger than 16 MiB/],
  ['data of the wrong shape', (_request, response) => accept(response, 'text'), 'ReplyError', 1, false, 1, /at data/],
];

for (const [name, answer, readClass, reads, unknown, writes, tells] of FAULTS) {
  test(name, async (t) => {
    const server = await gateway(t, answer);
    const client = clientFor(server.baseUrl, { timeoutMs: name.startsWith('no answer') || name.endsWith('stops') ? 60 : 10_000 });

    const read = await rejection(client.getOrderDetail(REQUESTS.getOrderDetail));
    check(read, 'getOrderDetail', readClass, reads, server.received);
    if (tells) assert.match(read.message, tells);

    server.received.length = 0;
    const write = await rejection(client.createPreOrder(REQUESTS.createPreOrder));
    check(write, 'createPreOrder', unknown ? 'OutcomeUnknownError' : readClass, writes, server.received);
    if (unknown) {
      check(write.cause, 'createPreOrder', readClass, writes, server.received);
      assert.match(write.remedy, /the same outSerialNo/);
      assert.ok(write.message.includes(write.remedy));
      assert.equal(write.retryable, false);
    }

    server.received.length = 0;
    await rejection(client.getOrderDetail(REQUESTS.getOrderDetail, { maxRetries: 0 }));
    assert.equal(server.received.length, 1);
  });
}

test('a write that the platform carried out is told as that, whatever its reply lacks', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response, {}));
  const client = clientFor(server.baseUrl);
  for (const [name, path] of /** @type {const} */ ([['createPreOrder', 'data.url'], ['registerMember', 'data.memberId']])) {
    server.received.length = 0;
    const error = await rejection(client[name](/** @type {any} */ (REQUESTS[name])));
    check(error, name, 'ReplyError', 1, server.received);
    assert.deepEqual([error.path, error.retryable], [path, false]);
    assert.match(error.message, /the platform said 0000, so it was carried out: (send the same request once more with the same outSerialNo|register again with the same mobile)/);
  }
  assert.doesNotMatch((await rejection(client.getOrderDetail(REQUESTS.getOrderDetail))).message, /carried out/);
  // The others reply with nothing, so nothing can be wrong with it.
  for (const name of /** @type {const} */ (['applyInvoice', 'notifyPayment', 'surrenderByPolicyCode', 'surrenderByOrderCode'])) {
    assert.equal(await client[name](/** @type {any} */ (REQUESTS[name])), undefined);
  }
});

test('a redirect is followed nowhere, least of all to another host', async (t) => {
  let elsewhere = 0;
  const other = await listen(t, createServer((_request, response) => (elsewhere++, accept(response))));
  for (const status of [301, 302, 303, 307, 308]) {
    const server = await gateway(t, http(status, '', { location: `${other}/api/order/getOrderDetail` }));
    const error = await rejection(clientFor(server.baseUrl).getOrderDetail(REQUESTS.getOrderDetail));
    check(error, 'getOrderDetail', 'HttpError', 1, server.received);
    assert.equal(error.status, status);
    assert.match(error.message, /redirect is not followed.*baseUrl/);
  }
  assert.equal(elsewhere, 0);
});

test('a wrong Content-Type does not make JSON unreadable', async (t) => {
  const server = await gateway(t, http(200, '\ufeff{"code":"0000","data":{"orderListUrl":"http://10.0.0.1:8080/list"}}'));
  assert.deepEqual(await clientFor(server.baseUrl).getOrderListUrl(REQUESTS.getOrderListUrl), { orderListUrl: 'http://10.0.0.1:8080/list' });
});

test('each endpoint is sent again, or not, by its kind', async (t) => {
  const server = await gateway(t, http(502, HTML));
  const client = clientFor(server.baseUrl);
  for (const { name, kind, path, ifUnknown } of endpoints) {
    server.received.length = 0;
    const error = await rejection(client[name](REQUESTS[name]));
    check(error, name, kind === 'read' ? 'HttpError' : 'OutcomeUnknownError', kind === 'read' ? 3 : 1, server.received);
    assert.ok(server.received.every((received) => received.path === path));
    assert.equal(error.remedy, ifUnknown);
  }
  server.received.length = 0;
  check(await rejection(client.call('/api/new/thing', {})), '/api/new/thing', 'OutcomeUnknownError', 1, server.received);
});

test('a read that succeeds at last, a write after a 0002', async (t) => {
  const failing = await gateway(t, (_request, response, _received, count) => (count < 3 ? void response.writeHead(503).end() : accept(response, { orderListUrl: 'https://a.example/' })));
  const list = await clientFor(failing.baseUrl).getOrderListUrl(REQUESTS.getOrderListUrl).withReply();
  assert.deepEqual([list.attempts, list.data.orderListUrl, list.nonce], [3, 'https://a.example/', failing.received[2]?.envelope.nonce]);
  const busy = await gateway(t, (_request, response, _received, count) => (count < 2 ? say(response, '0002', '接口请求频繁') : accept(response, { memberId: 7 })));
  const member = await clientFor(busy.baseUrl).registerMember(REQUESTS.registerMember).withReply();
  assert.deepEqual([member.attempts, member.data.memberId, member.code, member.message, member.status], [2, '7', '0000', '成功', 200]);
  assert.equal(member.headers.get('content-type'), 'application/json; charset=utf-8');
});

test('waits between tries are jittered and grow, on top of Retry-After', async (t) => {
  /** @param {Record<string, string>} headers */
  const waits = async (headers) => {
    const server = await gateway(t, http(503, '', headers));
    /** @type {number[]} */
    const waits = [];
    const observe = (/** @type {import('aigobo').ClientEvent} */ { retryInMs }) => void (retryInMs === undefined || waits.push(retryInMs));
    await rejection(clientFor(server.baseUrl, { maxRetries: 10, observe }).getOrderDetail(REQUESTS.getOrderDetail));
    return waits;
  };
  const [own, asked] = [await waits({}), await waits({ 'retry-after': '7' })];
  for (const waits of [own, asked.map((wait) => wait - 7_000)]) {
    assert.equal(waits.length, 10);
    assert.ok(waits.every((wait, index) => wait >= 0 && wait <= Math.min(250 * 2 ** index, 8_000)) && new Set(waits).size > 5, String(waits));
  }
});

test('a fetch that answers with something else is told so, and no other call hears of it', async (t) => {
  const server = await gateway(t, () => {});
  const bystander = rejection(clientFor(server.baseUrl, { timeoutMs: 500, maxRetries: 0 }).getOrderDetail(REQUESTS.getOrderDetail));
  const used = new Response('{}');
  await used.text();
  const locked = new Response('{}');
  locked.body?.getReader();
  const headers = new Headers();
  const whole = { status: 200, headers, arrayBuffer: async () => new ArrayBuffer(0) };
  /** @param {unknown} value */
  const chunk = (value) => ({ ...whole, body: { getReader: () => ({ read: async () => ({ done: false, value }), cancel() {} }) } });
  for (const answer of [
    undefined,
    'text',
    { ok: true, json: async () => ({}) },
    used,
    locked,
    { ...whole, status: 65_736 },
    { ...whole, status: '200' },
    { ...whole, headers: { get: 1 } },
    { ...whole, arrayBuffer: async () => undefined },
    { ...whole, arrayBuffer: async () => '{}' },
    chunk(null),
    chunk('text'),
    chunk({ byteLength: 3 }),
  ]) {
    const client = clientFor('https://gateway.example', { fetch: /** @type {any} */ (async () => answer) });
    const error = await rejection(client.getOrderDetail(REQUESTS.getOrderDetail));
    check(error, 'getOrderDetail', 'ConfigError', 1);
    assert.equal(error.option, 'fetch');
    const write = await rejection(client.createPreOrder(REQUESTS.createPreOrder));
    assert.deepEqual([write.code, write.cause.code], ['outcome-unknown', 'config']);
  }
  const thrown = { ...whole, get body() { throw new Error('a getter of its own'); } };
  check(await rejection(clientFor('https://gateway.example', { fetch: /** @type {any} */ (async () => thrown) }).getOrderDetail(REQUESTS.getOrderDetail)), 'getOrderDetail', 'ConnectionError', 3);
  assert.equal((await bystander).code, 'timeout');
});

test("other libraries' answers are read: a stream that is none of the web's, bytes of any kind", async () => {
  const reply = Buffer.from(JSON.stringify({ code: '0000', data: { orderListUrl: 'https://a.example/' } }));
  const bytes = Uint8Array.from(reply);
  const whole = { status: 200, headers: new Headers() };
  let cancelled = 0;
  /** @param {Iterable<unknown>} chunks */
  const stream = (chunks) => {
    const iterator = chunks[Symbol.iterator]();
    return { getReader: () => ({ read: () => iterator.next(), cancel: () => cancelled++ }) };
  };
  for (const answer of [
    { ...whole, body: { pipe() {} }, arrayBuffer: async () => bytes.buffer },
    { ...whole, arrayBuffer: () => reply },
    { ...whole, arrayBuffer: () => {}, body: stream([bytes.buffer]) },
    { ...whole, arrayBuffer: () => {}, body: stream([reply.subarray(0, 5), bytes.subarray(5)]) },
  ]) {
    const client = clientFor('https://gateway.example', { fetch: /** @type {any} */ (async () => answer) });
    assert.equal((await client.getOrderListUrl(REQUESTS.getOrderListUrl)).orderListUrl, 'https://a.example/');
  }
  assert.equal(cancelled, 0);
  const endless = { ...whole, arrayBuffer: () => {}, body: stream({ *[Symbol.iterator]() { for (;;) yield new Uint8Array(MIB); } }) };
  await rejection(clientFor('https://gateway.example', { fetch: /** @type {any} */ (async () => endless) }).getOrderListUrl(REQUESTS.getOrderListUrl));
  assert.equal(cancelled, 1);
});

test('a try for which there is no room is not begun: the last one tells why', async (t) => {
  const server = await gateway(t, http(503, ''));
  const full = clientFor(server.baseUrl, { clock: () => 0, rateLimit: { calls: 1, periodMs: 60_000 }, deadlineMs: 2_000 });
  check(await rejection(full.getOrderDetail(REQUESTS.getOrderDetail)), 'getOrderDetail', 'HttpError', 1, server.received);
  server.received.length = 0;
  const busy = await gateway(t, http(429, '', { 'retry-after': '1' }));
  const error = await rejection(clientFor(busy.baseUrl, { deadlineMs: 1_050 }).createPreOrder(REQUESTS.createPreOrder));
  check(error, 'createPreOrder', 'HttpError', 1, busy.received);
  assert.ok(error.retryAfterMs >= 1_000);
});

/**
 * @param {any} error
 * @param {string} endpoint
 * @param {keyof typeof CLASSES} name
 * @param {number} tries
 * @param {import('./lab.js').Received[]} [received]
 */
function check(error, endpoint, name, tries, received) {
  assert.equal(error.name, name, error.stack);
  assert.ok(error instanceof CLASSES[name]);
  assert.deepEqual([error.endpoint, error.attempts], [endpoint, tries], error.message);
  assert.ok(error.message.startsWith(`${endpoint} (nonce ${error.nonce}, try ${tries} of `), error.message);
  assert.ok(!SECRETS.some((secret) => error.stack.includes(secret)));
  if (!received) return;
  assert.equal(received.length, tries);
  assert.equal(received.at(-1)?.envelope.nonce, error.nonce);
  // Each try is an envelope of its own.
  assert.equal(new Set(received.map(({ envelope }) => envelope.nonce)).size, tries);
  assert.equal(new Set(received.map(({ envelope }) => envelope.timestamp)).size, tries);
}

/** @param {(request: import('node:http').IncomingMessage) => void} then @returns {import('./lab.js').Answer} */
function halfThen(then) {
  return (request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"code":"0000",', () => then(request));
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} mebibytes
 */
function pour(response, mebibytes) {
  const chunk = Buffer.alloc(MIB, ' ');
  /** @param {number} left */
  const next = (left) => void (left === 0 ? response.end() : response.write(chunk, () => next(left - 1)));
  next(mebibytes);
}
