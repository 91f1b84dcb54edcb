// The functions of the installed package, by import and by require.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as aigobo from 'aigobo';

const { ConfigError, EnvelopeError, ValidationError, decrypt, encrypt, explain, open, seal, sealText, sign, signingString, validate, parseResidentId } = aigobo;
const vectors = JSON.parse(readFileSync(new URL('./vectors/envelope.json', import.meta.url), 'utf8'));
const KEYS = { accessToken: 'token', desKey: 'sandbox8', md5SecretKey: 'md5SecretKey' };

test('all 25 golden vectors agree byte for byte', () => {
  assert.equal(vectors.length, 25);
  for (const { name, desKey, md5SecretKey, plaintext, ...expected } of vectors) {
    const body = JSON.parse(plaintext);
    const keys = { ...KEYS, desKey, md5SecretKey };
    const sealed = seal(body, keys, { nonce: 'n', timestamp: 5 });
    const steps = explain(body, keys);
    assert.equal(signingString(body), expected.signingString, name);
    assert.equal(steps.firstDigest, expected.firstDigest, name);
    assert.equal(sign(body, md5SecretKey), expected.sign, name);
    assert.equal(sealed.sign, expected.sign, name);
    assert.equal(sealText(body, keys, { nonce: 'n', timestamp: 5 }), JSON.stringify(sealed), name);
    assert.equal(encrypt(plaintext, desKey), expected.requestBody, name);
    assert.equal(sealed.requestBody, expected.requestBody, name);
    assert.equal(decrypt(expected.requestBody, desKey), plaintext, name);
    assert.deepEqual(open(sealed, keys, { now: 5 }), body, name);
  }
});

test('import and require give the same classes', () => {
  const required = createRequire(import.meta.url)('aigobo');
  assert.equal(required.Client, aigobo.Client);
  assert.equal(required.GatewayError, aigobo.GatewayError);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(aigobo).filter((name) => name !== 'default').sort());
});

test('a sealed envelope has a fresh nonce of 128 bits, the time and the defaults', () => {
  const before = Date.now();
  const [one, two] = [seal({ a: 1 }, KEYS), seal({ a: 1 }, KEYS)];
  assert.match(one.nonce, /^[0-9a-f]{32}$/);
  assert.notEqual(one.nonce, two.nonce);
  assert.ok(one.timestamp >= before && one.timestamp <= Date.now());
  assert.deepEqual([one.ip, one.version, one.accessToken], ['127.0.0.1', '1.0', 'token']);
});

test('an envelope has its text, whatever stands in it', () => {
  const keys = { ...KEYS, accessToken: 'a"b\\\n\u2028中\u{1f600}' };
  for (const options of [{}, { ip: '10.0.0.1' }, { ip: '"', nonce: '\t\u007f"', dialect: { version: '\\2' } }, { timestamp: 0 }, { timestamp: Number.MAX_SAFE_INTEGER }, { dialect: { digest: /** @type {const} */ ('upper') } }]) {
    const stamp = { nonce: 'n', timestamp: 7, ...options };
    assert.equal(sealText({ a: '中"' }, keys, stamp), JSON.stringify(seal({ a: '中"' }, keys, stamp)));
  }
  const texts = Array.from({ length: 100 }, () => JSON.parse(sealText({ a: 1 }, KEYS)));
  assert.equal(new Set(texts.map(({ nonce }) => nonce)).size, 100);
  for (const envelope of texts) assert.deepEqual([open(envelope, KEYS), envelope.nonce.length], [{ a: 1 }, 32]);
  assert.throws(() => sealText({ a: 1 }, KEYS, { nonce: '' }), ConfigError);
  assert.throws(() => sealText({ a: 1 }, { ...KEYS, desKey: 'short' }), ConfigError);
  assert.throws(() => sealText(/** @type {any} */ ([]), KEYS), ValidationError);
});

test('open names what is wrong', () => {
  const sealed = seal({ a: 1 }, KEYS, { timestamp: 1_000_000 });
  /** @type {[object, object, string][]} */
  const cases = [
    [{ ...sealed, accessToken: 'x' }, {}, 'envelope.token'],
    [{ ...sealed, requestBody: 'AAAAAAAAAAA=' }, {}, 'envelope.decrypt'],
    [{ ...sealed, sign: '0'.repeat(32) }, {}, 'envelope.sign'],
    [sealed, { now: 2_000_000 }, 'envelope.stale'],
    [sealed, { now: 0, maxAgeMs: 10 }, 'envelope.stale'],
    [{ ...sealed, nonce: undefined }, {}, 'envelope.shape'],
  ];
  for (const [envelope, options, code] of cases) {
    assert.throws(
      () => open(/** @type {any} */ (envelope), KEYS, { now: 1_000_000, ...options }),
      (error) => error instanceof EnvelopeError && error.code === code && error.name === 'EnvelopeError',
      code,
    );
  }
});

test('dialects change what they say', () => {
  const body = { l: ['a', 'b'] };
  assert.equal(signingString(body), 'L=[A, B]');
  assert.equal(signingString(body, { nested: 'json' }), 'L=["A","B"]');
  assert.equal(seal(body, KEYS, { dialect: { version: '1.0.0' } }).version, '1.0.0');
  assert.match(sign(body, 's', { digest: 'upper' }), /^[0-9A-F]{32}$/);
  assert.throws(() => signingString(body, /** @type {any} */ ({ nested: 'php' })), (error) => error instanceof ConfigError && error.option === 'dialect.nested');
});

test('wrong keys are named, never shown', () => {
  for (const [keys, option] of /** @type {[any, string][]} */ ([
    [{ ...KEYS, desKey: 'short' }, 'desKey'],
    [{ ...KEYS, md5SecretKey: 'secret-with-blank ' }, 'md5SecretKey'],
    [{ ...KEYS, accessToken: undefined }, 'accessToken'],
    [undefined, 'accessToken'],
  ])) {
    assert.throws(
      () => seal({ a: 1 }, keys),
      (error) => error instanceof ConfigError && error.option === option && !error.message.includes('secret-with-blank'),
      option,
    );
  }
});

test('an option that is null is none, as the client has it', () => {
  const none = /** @type {any} */ ({ nonce: null, timestamp: null, ip: null, dialect: null });
  const before = Date.now();
  for (const options of [none, /** @type {any} */ (null), undefined]) {
    const envelope = seal({ a: 1 }, KEYS, options);
    assert.match(envelope.nonce, /^[0-9a-f]{32}$/);
    assert.equal(envelope.ip, '127.0.0.1');
    assert.ok(envelope.timestamp >= before);
    assert.deepEqual(open(envelope, KEYS, /** @type {any} */ (options && { now: null, maxAgeMs: null, dialect: null })), { a: 1 });
  }
  const request = /** @type {any} */ ({ payType: '1', mobile: '1'.repeat(100) });
  const codes = /** @type {any} */ ({ distrCode: null, employeeCode: null, invitateCode: null, enforceLengths: null });
  assert.deepEqual(validate('createPreOrder', request, codes), validate('createPreOrder', request));
  const empty = { distrCode: '', employeeCode: '', invitateCode: '' };
  assert.deepEqual(validate('registerMember', {}, empty), validate('registerMember', {}));
  assert.throws(() => seal({ a: 1 }, KEYS, /** @type {any} */ ({ nonc: null })), (error) => error instanceof ConfigError && error.option === 'nonc');
});

test('what JSON would lose is refused, with its place', () => {
  const deep = (/** @type {number} */ levels) => Array.from({ length: levels }).reduce((/** @type {object} */ inner) => ({ inner }), { none: null });
  const circle = /** @type {any} */ ({ none: null });
  circle.self = circle;
  /** @type {[any, string, RegExp][]} */
  const cases = [
    [{ a: [1, NaN] }, 'a[1]', /finite/],
    [{ a: { toJSON: () => ({ b: [Infinity] }) } }, 'a.b[0]', /finite/],
    [{ list: [{ at: new Date(NaN) }] }, 'list[0].at', /must be a valid date/],
    [{ a: 1n }, '', /BigInt/],
    [circle, '', /holds .*itself/],
    [deep(33), '', /deeper than 32 levels/],
    [deep(5_000), '', /deeper|too deeply/],
    [deep(200_000), '', /too deeply/],
    ['text', '', /must be an object/],
    [{ toJSON() {} }, '', /must be an object, not undefined/],
    [{ toJSON: () => 'text' }, '', /must be an object, not string/],
    [{ toJSON: () => null }, '', /must be an object, not null/],
    [new Date(NaN), '', /must be an object, not null/],
  ];
  for (const [body, path, message] of cases) {
    assert.throws(() => signingString(body), (error) => error instanceof ValidationError && error.issues[0]?.path === path && message.test(error.message), `${path} ${message}`);
  }
  // What only looks like it.
  const sound = { none: null, at: new Date(5), emoji: '\u{1f600}', text: '\\ud800', twice: { toJSON: () => ({ none: null }) } };
  assert.equal(signingString(sound), signingString(JSON.parse(JSON.stringify(sound))));
});

test('validate finds every issue with path and label', () => {
  const issues = validate('createPreOrder', /** @type {any} */ ({ payType: '1', insuredInfoList: [{}, { insuredBirthday: '2021-02-30' }], mobil: 'x' }), { distrCode: 'D' });
  const found = Object.fromEntries(issues.map(({ path, rule, label }) => [path, [rule, label]]));
  assert.deepEqual(found['insuredInfoList[1].insuredBirthday'], ['date', '被保人出生日期']);
  assert.deepEqual(found['insuredInfoList[0]'], ['required', '被保人信息']);
  assert.deepEqual(found.refundNotifyUrl, ['required', '退款回调地址']);
  assert.equal(found.mobil?.[0], 'unknown');
  assert.equal(found.distrCode, undefined);
});

test('an endpoint that is none is told what was meant, or what there is', () => {
  assert.throws(() => validate(/** @type {any} */ ('createPreOrdr'), {}), /no endpoint has this name; did you mean createPreOrder\?/);
  assert.throws(() => validate(/** @type {any} */ ('buy'), {}), /no endpoint has this name; there are registerMember, .*getOrderDetail/);
});

test('a resident identity number tells birthday and gender', () => {
  assert.deepEqual(parseResidentId('11010519491231002X'), { birthday: '1949-12-31', gender: 'F', checksumOk: true });
  assert.equal(parseResidentId('1101'), null);
});

test('endpoints and response codes are complete', () => {
  assert.equal(aigobo.endpoints.length, 11);
  assert.equal(aigobo.endpoints[3]?.path, '/api/order/addTemp');
  assert.equal(Object.keys(aigobo.responseCodes).length, 11);
});
