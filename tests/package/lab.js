// A gateway of the tests' own on this machine, and a client for it.

import { createServer } from 'node:http';
import { Client, open } from 'aigobo';

export const CODES = { distrCode: 'DL1000100', employeeCode: 'GY66688', invitateCode: '88888888' };
export const KEYS = { accessToken: 'lab-access-token', desKey: 'lab-des-key', md5SecretKey: 'lab-md5-secret' };

/** What every fault's message must not hold, whatever the gateway says. */
export const SECRETS = [...Object.values(KEYS), KEYS.desKey.slice(0, 8)];

/** @typedef {{ envelope: import('aigobo').Envelope, body: any, path: string }} Received */
/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, received: Received, count: number) => void} Answer */

/**
 * Serves until the test ends. What it received is opened and checked: a request that breaks the envelope fails the test.
 * @param {import('node:test').TestContext} t
 * @param {Answer} answer `count` is 1 for the first request
 */
export async function gateway(t, answer) {
  /** @type {Received[]} */
  const received = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const query = Object.fromEntries(searchParams);
    const envelope = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : { ...query, timestamp: Number(query.timestamp) };
    const body = open(envelope, KEYS, { now: envelope.timestamp });
    received.push({ envelope, body, path: pathname });
    answer(request, response, /** @type {Received} */ (received.at(-1)), received.length);
  });
  const baseUrl = await listen(t, server);
  return { baseUrl, received, close: () => close(server) };
}

/**
 * @param {import('node:test').TestContext} t
 * @param {import('node:http').Server} server
 * @returns {Promise<string>} its address
 */
export async function listen(t, server) {
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  t.after(() => close(server));
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
}

/** @param {import('node:http').Server} server */
function close(server) {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {unknown} data
 */
export function accept(response, data = {}) {
  say(response, '0000', '成功', data);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} code
 * @param {string} message
 * @param {unknown} [data]
 */
export function say(response, code, message, data) {
  response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify({ code, message, data }));
}

/** A clock that runs so fast that whoever waits has waited, and on which no two readings are the same. */
export function hastyClock() {
  let now = 1_626_570_000_000;
  return () => (now += 1_000);
}

/**
 * A client that waits for nothing between its tries.
 * @param {string} baseUrl
 * @param {Partial<import('aigobo').ClientOptions>} [options]
 */
export function clientFor(baseUrl, options = {}) {
  return new Client({ ...KEYS, ...CODES, baseUrl, clock: hastyClock(), ...options });
}

/**
 * Polls, with a bound.
 * @param {() => unknown} condition
 * @param {string} what
 */
export async function until(condition, what) {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within 10 s: ${what}`);
    await new Promise((next) => setImmediate(next));
  }
}

/**
 * What a promise is rejected with; it must be.
 * @param {Promise<unknown>} promise
 * @returns {Promise<any>}
 */
export function rejection(promise) {
  return promise.then(
    () => {
      throw new Error('it was answered');
    },
    (error) => error,
  );
}
