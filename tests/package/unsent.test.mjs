// A connection that was never there: a write that was certainly not sent is told from one of which nothing is known.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { ConfigError, ConnectionError } from 'aigobo';
import { CODES, KEYS, clientFor, gateway, rejection } from './lab.js';
import { NODES, bin } from './nodes.js';
import { REQUESTS } from './shop.js';

/** Below the installed package. */
const FOLDER = new URL('./unsent/', import.meta.url).pathname;

/** Writes to each gateway it is given, to a dying one twice; prints how each ended, in which class and after how many tries. */
const PROGRAM = `import { Client } from 'aigobo';

for (const baseUrl of globalThis.Deno?.args ?? process.argv.slice(2)) {
  const client = new Client({ ...${JSON.stringify({ ...KEYS, ...CODES })}, baseUrl, maxRetries: 1 });
  const outcome = () => client.applyInvoice(${JSON.stringify(REQUESTS.applyInvoice)}).then(() => 'answered', ({ name, attempts }) => name + ' ' + attempts);
  console.log(await outcome());
  if (baseUrl.endsWith('/dying')) console.log(await outcome());
}
`;

before(() => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'main.mjs'), PROGRAM);
});
after(() => rmSync(FOLDER, { recursive: true, force: true }));

/** @param {import('node:test').TestContext} t */
async function closedPort(t) {
  const { baseUrl, close } = await gateway(t, () => {});
  await close();
  return baseUrl;
}

/**
 * A gateway that answers one request and dies of the second, once it has it whole: the connection breaks, and nobody listens
 * any more for a runtime that quietly sends once more.
 * @param {import('node:test').TestContext} t
 */
async function dying(t) {
  let received = 0;
  const reply = '{"code":"0000","message":"成功","data":null}';
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const [head = '', body] = text.split('\r\n\r\n');
      if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1])) return;
      text = '';
      if (++received === 1) return void socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(reply)}\r\n\r\n${reply}`);
      server.close();
      for (const each of sockets) each.destroy();
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/dying`, received: () => received };
}

/**
 * Each runtime's program with its flags, and what it makes of a closed port and of a name that does not exist: where it does
 * not say in which of the system's calls it failed, nothing is certain.
 * @type {[name: string, program: string, flags: string[], refused: string, unnamed: string][]}
 */
const RUNTIMES = [
  ...NODES.map(([name, program]) => /** @type {(typeof RUNTIMES)[0]} */ ([name, program, [], 'ConnectionError 2', 'ConnectionError 2'])),
  ['Bun', bin('bun'), ['run'], 'OutcomeUnknownError 1', 'ConnectionError 2'],
  ['Deno', bin('deno'), ['run', '--no-prompt', '--no-config', '--node-modules-dir=manual', '--allow-net'], 'OutcomeUnknownError 1', 'OutcomeUnknownError 1'],
];

for (const [name, program, flags, refused, unnamed] of RUNTIMES) {
  test(`${name}: never is a write that arrived told as not sent`, async (t) => {
    const { url, received } = await dying(t);
    const env = { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
    const { stdout } = await promisify(execFile)(program, [...flags, 'main.mjs', await closedPort(t), 'https://gateway.invalid', url], { env, cwd: FOLDER });
    assert.deepEqual(stdout.trim().split('\n'), [refused, unnamed, 'answered', 'OutcomeUnknownError 1']);
    assert.equal(received(), 2);
  });
}

test('what was certainly not sent is a ConnectionError, of a write, too, and is sent again', async (t) => {
  const client = clientFor(await closedPort(t));
  for (const error of [await rejection(client.getOrderDetail(REQUESTS.getOrderDetail)), await rejection(client.createPreOrder(REQUESTS.createPreOrder))]) {
    assert.ok(error instanceof ConnectionError, String(error));
    assert.deepEqual([error.code, error.attempts, error.retryable, /** @type {any} */ (error.cause).cause.code], ['connection', 3, true, 'ECONNREFUSED']);
    assert.match(error.message, /the connection failed \(ECONNREFUSED\) before anything was sent/);
  }
  const once = await rejection(client.createPreOrder(REQUESTS.createPreOrder, { maxRetries: 0 }));
  assert.deepEqual([once.code, once.attempts], ['connection', 1]);
});

/** What Node itself makes of a host whose addresses all refuse. @param {number} port @returns {Promise<any>} */
function refusedByAll(port) {
  const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
  const socket = connect({ host: 'gateway.example', port, autoSelectFamily: true, lookup: (_host, _options, done) => /** @type {any} */ (done)(null, addresses) });
  return new Promise((failed) => socket.once('error', failed));
}

test('a failure says so by the system\'s own call, of every address, and of nothing less', async (t) => {
  const refused = await refusedByAll(Number(new URL(await closedPort(t)).port));
  assert.deepEqual([refused.name, refused.errors.length], ['AggregateError', 2]);
  const system = (/** @type {string | undefined} */ syscall, code = 'ECONNREFUSED') => Object.assign(new Error(code), { code, ...(syscall && { syscall }) });
  for (const [cause, code] of /** @type {[unknown, string][]} */ ([
    [refused, 'connection'],
    [system('connect', 'EHOSTUNREACH'), 'connection'],
    [system('getaddrinfo', 'EAI_AGAIN'), 'connection'],
    // Of a connection that stood the system may say the same when it reads.
    [system('read'), 'outcome-unknown'],
    [system(undefined), 'outcome-unknown'],
    [new AggregateError([system('connect'), system('read')]), 'outcome-unknown'],
    [new AggregateError([]), 'outcome-unknown'],
    [Object.assign(system('connect'), { cause: system('read') }), 'outcome-unknown'],
    ['connect', 'outcome-unknown'],
  ])) {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const error = await rejection(clientFor('https://gateway.example', { fetch }).createPreOrder(REQUESTS.createPreOrder));
    assert.deepEqual([error.code, error.attempts], [code, code === 'connection' ? 3 : 1], String(/** @type {any} */ (cause)?.message));
  }
});

test("this package's own errors, where they say that nothing was sent, go through the client as they are", async () => {
  for (const [attempts, passes] of /** @type {[number | undefined, boolean][]} */ ([[0, true], [1, false], [undefined, false]])) {
    const own = new ConfigError(/** @type {any} */ ({ code: 'config', message: 'no', option: 'file', attempts }));
    /** @type {string[]} */
    const outcomes = [];
    const client = clientFor('https://gateway.example', { fetch: () => Promise.reject(own), observe: ({ outcome, next }) => outcomes.push(`${outcome} ${next}`) });
    const error = await rejection(client.createPreOrder(REQUESTS.createPreOrder));
    assert.deepEqual([error === own, error.code], passes ? [true, 'config'] : [false, 'outcome-unknown']);
    assert.deepEqual(outcomes, [passes ? 'config fail' : 'connection fail']);
  }
});
