// A client out of the environment: what stands there, what is handed in beside it, and how either is told to be wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConfigError } from 'aigobo';
import { KEYS, accept, gateway, rejection } from './lab.js';
import { REQUESTS } from './shop.js';

const ENV = { AIGOBO_ACCESS_TOKEN: KEYS.accessToken, AIGOBO_DES_KEY: KEYS.desKey, AIGOBO_MD5_SECRET_KEY: KEYS.md5SecretKey, AIGOBO_DISTR_CODE: 'DL-env' };

/** What it takes a wrong value for. @param {Record<string, string | undefined>} env @param {any} [options] @returns {[option: string, message: string]} */
function refused(env, options) {
  try {
    Client.fromEnv(env, options);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return [error.option, error.message];
  }
  throw new Error('it was taken');
}

/** Where its calls go. @param {Record<string, string | undefined>} env @param {any} [options] */
async function addressOf(env, options) {
  let address = '';
  const fetch = async (/** @type {string} */ url) => {
    address = new URL(url).origin;
    throw new Error('far enough');
  };
  await rejection(Client.fromEnv(env, { ...options, fetch, maxRetries: 0 }).getOrderDetail(REQUESTS.getOrderDetail));
  return address;
}

test('every variable is read, and an empty one is none', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response, { memberId: '1' }));
  const { employeeCode, invitateCode, ...member } = REQUESTS.registerMember;
  const env = { ...ENV, AIGOBO_EMPLOYEE_CODE: 'GY-env', AIGOBO_INVITATE_CODE: '88-env', AIGOBO_ENVIRONMENT: '', AIGOBO_BASE_URL: server.baseUrl };
  await Client.fromEnv(env).registerMember(member);
  const { body } = /** @type {any} */ (server.received[0]);
  assert.deepEqual([body.distrCode, body.employeeCode, body.invitateCode], ['DL-env', 'GY-env', '88-env']);
  assert.notEqual(await addressOf({ ...ENV, AIGOBO_ENVIRONMENT: 'production' }), await addressOf(ENV));
});

test('options go before the environment, those that are nothing do not', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response, { orderListUrl: 'https://a.example/' }));
  /** @type {string[]} */
  const seen = [];
  const options = { distrCode: 'DL-own', baseUrl: server.baseUrl, observe: (/** @type {any} */ event) => seen.push(event.outcome), accessToken: undefined, desKey: /** @type {any} */ (null) };
  await Client.fromEnv({ ...ENV, AIGOBO_BASE_URL: 'https://env.example' }, options).getOrderListUrl(REQUESTS.getOrderListUrl);
  assert.deepEqual([server.received[0]?.body.distrCode, seen], ['DL-own', ['ok']]);
  // Either names the gateway.
  const env = { ...ENV, AIGOBO_BASE_URL: 'https://env.example' };
  assert.deepEqual([await addressOf(env), await addressOf(env, { environment: null })], ['https://env.example', 'https://env.example']);
  assert.equal(await addressOf(env, { environment: 'production' }), await addressOf({ ...ENV, AIGOBO_ENVIRONMENT: 'production' }));
  const { AIGOBO_ACCESS_TOKEN, ...others } = ENV;
  assert.ok(Client.fromEnv(others, { accessToken: AIGOBO_ACCESS_TOKEN }) instanceof Client);
});

test('null is none, in the place of the environment and of the options', (t) => {
  const before = { ...process.env };
  t.after(() => void (process.env = before));
  Object.assign(process.env, ENV);
  assert.ok(Client.fromEnv(/** @type {any} */ (null), /** @type {any} */ (null)) instanceof Client);
  delete process.env['AIGOBO_DES_KEY'];
  const [option, message] = refused(/** @type {any} */ (null));
  assert.equal(option, 'desKey');
  assert.match(message, /^desKey: set AIGOBO_DES_KEY in the environment/);
});

test('options in the place of the environment are told where they go', () => {
  for (const options of [{ timeoutMs: 5_000 }, { baseUrl: 'https://a.example' }, { ...ENV, AIGOBO_DES_KEY: '', maxRetries: 0 }]) {
    const [option, message] = refused(/** @type {any} */ (options));
    assert.deepEqual([option in options, /options are the second argument/.test(message)], [true, true], message);
  }
});

test('what is missing or wrong is named as whoever set it knows it', () => {
  assert.match(refused({ AIGOBO_DES_KEY: '12345678' })[1], /set AIGOBO_ACCESS_TOKEN, AIGOBO_MD5_SECRET_KEY, AIGOBO_DISTR_CODE in the environment/);
  assert.match(refused({ AIGOBO_DES_KEY: '12345678' }, KEYS)[1], /set AIGOBO_DISTR_CODE in the environment/);
  for (const [env, options, option, message] of /** @type {[Record<string, string>, any, string, RegExp][]} */ ([
    [{ ...ENV, AIGOBO_DES_KEY: 'x' }, {}, 'desKey', /^AIGOBO_DES_KEY \(desKey: has 1 bytes/],
    [ENV, { desKey: 'x' }, 'desKey', /^desKey: has 1 bytes/],
    [{ ...ENV, AIGOBO_DES_KEY: 'x' }, { timeoutMs: 0 }, 'desKey', /^AIGOBO_DES_KEY/],
    [ENV, { timeoutMs: 0 }, 'timeoutMs', /^timeoutMs/],
    [ENV, { observer() {} }, 'observer', /did you mean observe\?$/],
    [ENV, 'production', 'options', /^options: must be an object, not string$/],
  ])) {
    const [named, said] = refused(env, options);
    assert.equal(named, option);
    assert.match(said, message);
  }
});
