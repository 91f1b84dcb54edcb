// What an error is good for once it was thrown: told apart, sent on, written down.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import * as aigobo from 'aigobo';
import { CODES, KEYS, SECRETS, clientFor, gateway, rejection, say } from './lab.js';
import { REQUESTS } from './shop.js';

const { AigoboError, GatewayError, OutcomeUnknownError, isAigoboError, isGatewayError } = aigobo;
const require = createRequire(import.meta.url);

/** @param {import('node:test').TestContext} t @param {string} code */
async function refused(t, code) {
  const server = await gateway(t, (_request, response) => say(response, code, `失败 ${KEYS.accessToken} ${KEYS.md5SecretKey}`));
  return rejection(clientFor(server.baseUrl).getOrderDetail(REQUESTS.getOrderDetail));
}

/** @returns {Promise<any>} an OutcomeUnknownError whose innermost cause quotes a key, as an address in a runtime's message does */
async function unknown() {
  const fetch = async () => {
    const socket = Object.assign(new Error(`connect failed for ?accessToken=${KEYS.accessToken}`), { code: 'ECONNREFUSED', url: KEYS.accessToken });
    throw new TypeError('fetch failed', { cause: Object.assign(socket, { request: { headers: KEYS } }) });
  };
  return rejection(clientFor('https://gateway.example', { fetch }).createPreOrder(REQUESTS.createPreOrder));
}

test('the guards tell our errors from others, and one code from another', async (t) => {
  const error = await refused(t, '2000');
  assert.deepEqual([isAigoboError(error), isGatewayError(error), isGatewayError(error, '2000'), isGatewayError(error, '1000')], [true, true, true, false]);
  for (const other of [undefined, null, 'text', {}, new Error('x'), { name: 'GatewayError', code: 'gateway.2000' }]) {
    assert.deepEqual([isAigoboError(other), isGatewayError(other)], [false, false]);
  }
  assert.deepEqual([isAigoboError(await unknown()), isGatewayError(await unknown())], [true, false]);
});

/** A copy of the package as if it were of another version: of the same one all are one. @param {import('node:test').TestContext} t */
function anotherVersion(t) {
  const other = `0 ${Math.random()}`;
  const folder = new URL(`./node_modules/.another-copy-${other}/`, import.meta.url);
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(new URL('./node_modules/aigobo/', import.meta.url), folder, { recursive: true });
  const entry = fileURLToPath(new URL('node.cjs', folder));
  const { version } = require('aigobo/package.json');
  writeFileSync(entry, readFileSync(entry, 'utf8').replace(`aigobo@${version}`, `aigobo@${other}`));
  return entry;
}

test('the guards know the errors of another copy of the package', async (t) => {
  const copy = require(anotherVersion(t));
  const error = await refused(t, '1000');
  assert.ok(!(error instanceof copy.GatewayError) && copy.isGatewayError(error, '1000'));
});

test('the guards know the errors of another realm', () => {
  const realm = createContext({ Buffer, WebAssembly, TextEncoder, TextDecoder, URL });
  /** Requires in the other realm, as a test runner does. @param {string} path */
  const load = (path) => {
    const module = { exports: /** @type {any} */ ({}) };
    const beside = (/** @type {string} */ id) => (id.startsWith('.') ? load(join(dirname(path), id)) : require(id));
    runInContext(`(function (module, exports, require, __dirname) {${readFileSync(path, 'utf8')}\n})`, realm)(module, module.exports, beside, dirname(path));
    return module.exports;
  };
  /** @type {any} */
  let foreign;
  try {
    load(require.resolve('aigobo')).sign({}, '');
  } catch (error) {
    foreign = error;
  }
  assert.ok(!(foreign instanceof Error) && !(foreign instanceof AigoboError));
  assert.equal(foreign.code, 'config');
  assert.ok(isAigoboError(foreign) && !isGatewayError(foreign));
});

test('after a reset of modules all is as it was, and what is loaded by then throws the errors of who asked for it', async (t) => {
  const path = anotherVersion(t);
  const entry = require(path);
  assert.notEqual(entry.Client, aigobo.Client);
  const reset = () => Object.keys(require.cache).forEach((file) => file.includes('/.another-copy-') && delete require.cache[file]);
  reset();
  assert.throws(() => entry.validate('nothing', {}), entry.ConfigError);
  assert.throws(() => new entry.Client({}), entry.ConfigError);
  const client = new entry.Client({ ...KEYS, ...CODES, fetch: async () => Response.json({ code: '1000' }) });
  assert.ok((await rejection(client.getOrderDetail({}))) instanceof entry.ValidationError);
  assert.ok((await rejection(client.call('/some/path', {}))) instanceof entry.GatewayError);
  reset();
  assert.equal(require(path), entry);
});

test('instanceof, name and cause are as everywhere', async () => {
  const error = await unknown();
  assert.ok(error instanceof OutcomeUnknownError && error instanceof AigoboError && error instanceof Error);
  assert.deepEqual([error.name, error.cause.name, error.cause.cause.name, error.cause.cause.cause.code], ['OutcomeUnknownError', 'ConnectionError', 'TypeError', 'ECONNREFUSED']);
  assert.match(error.stack, /^OutcomeUnknownError: createPreOrder \(nonce /);
  const classes = Object.entries(aigobo).filter(([name]) => name.endsWith('Error') && !name.startsWith('is'));
  assert.ok(classes.length >= 12);
  for (const [name, Class] of classes) assert.equal(Class.name, name);
});

test('written down in any way, an error tells what happened and no key', async (t) => {
  for (const error of [await refused(t, '9999'), await unknown()]) {
    const json = JSON.parse(JSON.stringify(error));
    assert.deepEqual([json.name, json.message, json.code, json.endpoint, json.nonce], [error.name, error.message, error.code, error.endpoint, error.nonce]);
    const clone = structuredClone(error);
    assert.ok(clone instanceof Error && clone.message === error.message && clone.stack === error.stack);
    assert.equal(clone.cause?.message, error.cause?.message);
    assert.deepEqual(structuredClone(error.toJSON()).code, error.code);
    const shown = inspect(error, { depth: Infinity, showHidden: true, getters: true });
    assert.ok(shown.includes(error.code) && shown.includes(error.nonce));
    const all = [JSON.stringify(json), shown, inspect(clone, { depth: Infinity, showHidden: true }), String(error), error.stack].join('\n');
    for (const secret of SECRETS) assert.ok(!all.includes(secret), `${secret} in ${all}`);
    assert.ok(all.includes('***'));
  }
});

test('no cause brings a key along, however it is hidden there', async () => {
  const token = KEYS.accessToken;
  class Talkative extends Error {
    toJSON() {
      return { token };
    }
  }
  const causes = [
    new AggregateError([new Error(`a ${token}`)], 'all failed'),
    Object.assign(new Error('x'), { [Symbol('request')]: { token } }),
    Object.assign(new Error('x'), { retry: Object.assign(() => {}, { token }) }),
    new Talkative('x'),
    new Error('x', { cause: new Error('y', { cause: `z ${token}` }) }),
    { message: `m ${token}`, config: { token } },
    token,
    Object.defineProperty({}, 'message', { get: () => { throw new Error(token); } }),
    1n,
    undefined,
    null,
  ];
  for (const cause of causes) {
    const client = clientFor('https://gateway.example', { fetch: () => Promise.reject(cause) });
    for (const error of [await rejection(client.getOrderDetail(REQUESTS.getOrderDetail)), await rejection(client.createPreOrder(REQUESTS.createPreOrder))]) {
      assert.ok(['connection', 'outcome-unknown'].includes(error.code), String(error));
      const all = `${inspect(error, { depth: Infinity, showHidden: true, getters: true })} ${JSON.stringify(error)}`;
      assert.ok(!all.includes(token), all);
    }
  }
});

test('one of our own errors stays the cause, as it is', async () => {
  const ours = await unknown();
  assert.ok(ours instanceof OutcomeUnknownError && ours.attempts === 1);
  const error = await rejection(clientFor('https://gateway.example', { fetch: () => Promise.reject(ours) }).getOrderDetail(REQUESTS.getOrderDetail));
  assert.equal(error.name, 'ConnectionError');
  assert.equal(error.cause, ours);
});

test('an error that only looks like ours is masked, wherever it stands', async () => {
  const { accessToken, desKey } = KEYS;
  const { mobile } = REQUESTS.createPreOrder;
  /** @param {string} message @param {object} [fields] */
  const ours = (message, fields) => Object.assign(new aigobo.StoreError(/** @type {any} */ ({ code: 'store', message })), fields);
  class Talkative extends aigobo.StoreError {
    toJSON() {
      return { desKey };
    }
  }
  class Listed extends Array {
    toJSON() {
      return desKey;
    }
  }
  const redacted = ours(`key ${desKey}`);
  redacted.message = 'redacted';
  const causes = [
    redacted,
    ours('x', { [accessToken]: 1 }),
    ours('x', { [Symbol(accessToken)]: 1 }),
    ours('x', { listed: new Listed() }),
    new Talkative(/** @type {any} */ ({ code: 'store', message: 'x' })),
    Object.create({ [Symbol.for('aigobo.error')]: true, message: desKey, toJSON: () => desKey }),
    ours(`${mobile} ${accessToken}`, { cause: new Error(`y ${desKey}`) }),
    ours(`a\n${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}`),
    ours('x', { cause: Object.assign(new Error('y'), { config: { desKey } }) }),
    ours('x', { errors: [new Error(`key ${desKey}`)] }),
    ours('x', { request: new Request(`https://gateway.example/?accessToken=${accessToken}`) }),
    ours('x', { held: new Map([['k', desKey]]) }),
    ours('x', { toJSON: () => ({}), told: desKey }),
    Object.defineProperty(ours('x'), 'hidden', { value: desKey, enumerable: false }),
    { [Symbol.for('aigobo.error')]: true, message: 'x', config: { desKey } },
  ];
  for (const cause of causes.flatMap((cause) => [cause, new TypeError('x', { cause })])) {
    const error = await rejection(clientFor('https://gateway.example', { fetch: () => Promise.reject(cause) }).createPreOrder(REQUESTS.createPreOrder));
    const all = `${inspect(error, { depth: Infinity, showHidden: true, getters: true })} ${JSON.stringify(error)}`;
    for (const secret of [mobile, `${mobile.slice(0, 3)} `, accessToken, desKey]) assert.ok(!all.includes(secret), all);
  }
});

test("an error of ours keeps its class and fields, wherever the program's files are", async () => {
  const cause = Object.assign(new aigobo.ValidationError(/** @type {any} */ ({ code: 'validation', message: 'x', issues: [{ path: 'a', rule: 'type', message: 'must be text', label: '' }] })), { big: 7n });
  cause.stack = 'ValidationError: x\n    at /home/mark@corp.example/.pnpm/next@15.1.0_react@19.0.0/a.js:1:1';
  const error = await rejection(clientFor('https://gateway.example', { fetch: () => Promise.reject(cause) }).getOrderDetail(REQUESTS.getOrderDetail));
  assert.equal(error.cause, cause);
});

test('what a foreign error lacks stays lacking, and a NUL moves nothing', async () => {
  const refused = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
  const strange = Object.assign(new Error(`a\0b ${KEYS.desKey}`), { name: 'Strange' });
  for (const [cause, message, name] of /** @type {const} */ ([[refused, '', 'AggregateError'], [strange, 'ab ***', 'Strange'], [7n, 'what was thrown cannot be shown', 'Error']])) {
    const error = await rejection(clientFor('https://gateway.example', { fetch: () => Promise.reject(new TypeError('fetch failed', { cause })) }).getOrderDetail(REQUESTS.getOrderDetail));
    assert.deepEqual([error.cause.cause.message, error.cause.cause.name], [message, name]);
  }
});

test('what has the place of a code, but not its form, enters no message', async () => {
  for (const code of ['13912345678', '110101199003070010', 'A1B2C3D4E5F60718', 'E_13912345678', 'econnrefused', 'LiWei']) {
    const error = await rejection(clientFor('https://gateway.example', { fetch: () => Promise.reject(Object.assign(new Error('x'), { code })) }).getOrderDetail(REQUESTS.getOrderDetail));
    assert.ok(!error.message.includes(code), error.message);
  }
});

test("a runtime's own error stays the cause, and its code enters the message", async () => {
  const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED', errno: -111, port: 1 }) });
  const error = await rejection(clientFor('https://gateway.example', { fetch: () => Promise.reject(cause) }).getOrderDetail(REQUESTS.getOrderDetail));
  assert.equal(error.cause, cause);
  assert.match(error.message, /the connection failed \(ECONNREFUSED\)/);
  assert.deepEqual(JSON.parse(JSON.stringify(error)).cause.cause, { name: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:1', code: 'ECONNREFUSED' });
});

test('a key is recognised however it is written', async () => {
  const keys = { ...KEYS, accessToken: 'a1B2+c3/D4e5F6==', md5SecretKey: 'a1B2+c3/D4e5F6==-and-more' };
  for (const dialect of /** @type {const} */ ([{ transport: 'json' }, { transport: 'query' }])) {
    /** @param {string} url @param {RequestInit} init */
    const fetch = async (url, init) => new Response(`Cannot POST ${url} ${init.body} ${keys.md5SecretKey.toUpperCase()} ${keys.md5SecretKey}`, { status: 404, headers: { 'content-type': 'text/plain' } });
    const error = await rejection(new aigobo.Client({ ...keys, ...CODES, dialect, fetch }).getOrderDetail(REQUESTS.getOrderDetail));
    assert.ok(error.body.includes('***') && !/a1B2|A1B2|and-more|AND-MORE/.test(error.body), error.body);
  }
});

test('every code of the platform has its error, meaning and remedy', async (t) => {
  for (const code of [...Object.keys(aigobo.responseCodes).filter((known) => known !== '0000'), '7777']) {
    const error = await refused(t, code);
    assert.ok(error instanceof GatewayError);
    assert.deepEqual([error.code, error.gatewayCode, error.gatewayMessage], [`gateway.${code}`, code, '失败 *** ***']);
    assert.ok(error.remedy.length > 20 && error.message.includes(error.remedy), error.message);
  }
});
