// The doctor of the installed package: every way of handing evidence in, both languages, and how long it takes.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Client, ConfigError, encrypt, explain, seal, signingString } from 'aigobo';
import * as doctor from 'aigobo/doctor';
import { preOrder } from './shop.js';

const { diagnose, difference, explainText } = doctor;
const KEYS = { accessToken: 'token-7f3a9c', desKey: 'deskey42', md5SecretKey: 'Md5-sEcret-01' };
const BODY = preOrder('106225', { insuredInfoList: [{ insuredName: '欧阳娜娜', insuredCardNo: '110101199003070011' }] });
const NOW = 1_626_570_000_000;
const md5 = (/** @type {string} */ text) => createHash('md5').update(text).digest('hex');
const sealed = () => seal(BODY, KEYS, { timestamp: NOW });
const once = () => ({ ...sealed(), sign: md5(signingString(BODY) + KEYS.md5SecretKey) });
const causes = (/** @type {Parameters<typeof diagnose>[0]} */ evidence, keys = KEYS, options = {}) => diagnose(evidence, keys, { now: NOW, ...options }).findings.map(({ cause }) => cause);

test('what is right is sound, for all golden vectors too', () => {
  const diagnosis = diagnose({ envelope: sealed() }, KEYS, { now: NOW });
  assert.deepEqual([diagnosis.verdict, diagnosis.findings, diagnosis.cannotTell], ['sound', [], []]);
  const vectors = JSON.parse(readFileSync(new URL('./vectors/envelope.json', import.meta.url), 'utf8'));
  for (const { name, desKey, md5SecretKey, requestBody, sign } of vectors) {
    assert.equal(diagnose({ requestBody, sign }, { desKey, md5SecretKey }).verdict, 'sound', name);
  }
});

test('evidence comes as text, as an object, or in parts', () => {
  for (const evidence of [
    JSON.stringify(once()),
    `2021-07-18 INFO body=${JSON.stringify(JSON.stringify(once()))} sent`,
    String(new URLSearchParams(Object.entries(once()).map(([name, value]) => [name, String(value)]))),
    { text: JSON.stringify(once()) },
    { envelope: once() },
    { envelope: JSON.stringify(once()) },
    { body: BODY, sign: once().sign },
    { body: JSON.stringify(BODY), sign: once().sign },
    { requestBody: once().requestBody, sign: once().sign },
    { signingString: signingString(BODY), sign: once().sign },
    { envelope: once(), refusal: { code: '2000', message: '接口签名错误' } },
    /** @type {any} */ (once()),
  ]) {
    assert.deepEqual(causes(evidence), ['digest.once'], JSON.stringify(evidence).slice(0, 60));
  }
});

test('a text that was cut in the middle of a character is evidence, too', () => {
  assert.deepEqual(causes(`${JSON.stringify(once())} 🙂`.slice(0, -1)), ['digest.once']);
  assert.deepEqual(causes({ envelope: once(), refusal: '签名\ud83d' }), ['digest.once']);
});

test('mixtures, and requests encrypted with another program', () => {
  assert.deepEqual(causes({ envelope: { ...sealed(), sign: md5(signingString(BODY) + '&key=' + KEYS.md5SecretKey) } }), ['secret.key-before', 'digest.once']);
  const swapped = seal(BODY, { ...KEYS, desKey: KEYS.md5SecretKey, md5SecretKey: KEYS.desKey }, { timestamp: NOW });
  assert.deepEqual(causes({ envelope: swapped }), ['keys.swapped']);
  assert.deepEqual(causes({ envelope: { ...sealed(), timestamp: NOW / 1000 } }), ['time.seconds']);
  assert.deepEqual(causes({ envelope: sealed() }, { ...KEYS, desKey: 'deskey42\n' }), ['keys.blanks']);
  assert.deepEqual(causes({ requestBody: encrypt('{"a":1}', 'other-key') }), ['des-key.other']);
});

test('names sorted as a locale does', () => {
  const body = { memberId: 'm', Zeta: 'z', id: '1', ID: '2', ProductCode: 'p', a_b: '3', payType: '4' };
  for (const locale of ['en', 'zh', 'de']) {
    const names = Object.keys(body).sort(new Intl.Collator(locale).compare);
    const joined = names.map((name) => `${name}=${/** @type {Record<string, string>} */ (body)[name]}`).join('&');
    assert.deepEqual(causes({ body, sign: md5(md5(joined.toUpperCase() + KEYS.md5SecretKey)) }), ['order.case-insensitive'], locale);
  }
});

test('a dialect is what is right', () => {
  const dialect = /** @type {const} */ ({ nested: 'json', digest: 'upper' });
  const envelope = seal(BODY, KEYS, { timestamp: NOW, dialect });
  assert.deepEqual(causes({ envelope }, KEYS, { dialect }), []);
  assert.deepEqual(causes({ envelope }), ['nested.json', 'digest.upper']);
});

test('two languages, and never a key or a person', () => {
  const evidence = { envelope: { ...sealed(), sign: md5(md5(signingString(BODY).replaceAll(', ', ',') + KEYS.accessToken)) } };
  for (const lang of /** @type {const} */ (['en', 'zh'])) {
    const diagnosis = diagnose(evidence, KEYS, { now: NOW, lang });
    assert.deepEqual(diagnosis.findings.map(({ cause }) => cause), ['nested.java-tight', 'keys.swapped']);
    assert.equal(/[\u4e00-\u9fff]/.test(diagnosis.summary), lang === 'zh');
    const { at } = diagnosis.findings[0] ?? {};
    assert.ok(at && at.byte > 0 && at.ours !== at.theirs);
    const said = JSON.stringify(diagnosis);
    for (const hidden of [...Object.values(KEYS), '欧阳娜娜', '110101199003070011', BODY.mobile]) assert.ok(!said.includes(hidden), hidden);
  }
});

test('a gateway\'s answer alone: what it means, and what to add', () => {
  const { verdict, summary, cannotTell, seen } = diagnose('2000', {}, { lang: 'zh' });
  assert.equal(verdict, 'unknown');
  assert.match(summary, /签名/);
  assert.match(cannotTell.join(), /requestBody/);
  assert.deepEqual(seen, ['网关的返回码']);
  assert.equal(diagnose('', {}).verdict, 'unknown');
});

test('an error that was caught is what was refused', async () => {
  const client = new Client({ ...KEYS, distrCode: 'D', fetch: async () => Response.json({ code: '2000', message: '接口签名错误' }) });
  const error = await client.getOrderDetail({ tempOrderCode: '1', memberId: '2' }).catch((thrown) => thrown);
  for (const evidence of [error, { refusal: error }, JSON.stringify(error)]) {
    const { verdict, summary, findings, cannotTell } = diagnose(evidence, KEYS);
    assert.deepEqual([verdict, findings], ['unknown', []]);
    assert.match(summary, /^2000 接口签名错误: /);
    assert.match(cannotTell.join(), /add the envelope that was sent/);
  }
  assert.deepEqual(causes({ envelope: once(), refusal: error }), ['digest.once']);
  const refused = await new Client({ ...KEYS, distrCode: 'D' }).getOrderDetail(/** @type {any} */ ({})).catch((thrown) => thrown);
  for (const evidence of [refused, { refusal: refused }]) {
    assert.throws(() => diagnose(evidence, KEYS), (error) => error instanceof ConfigError && /is a ValidationError/.test(error.message));
  }
});

test('difference counts bytes', () => {
  assert.deepEqual(difference('王=1\nb', '王=1\nc'), { byte: 6, line: 2, column: 1, a: '王=1\nb', b: '王=1\nc' });
  assert.equal(difference('a', 'a'), null);
});

test('explainText shows each step, coloured only where asked for', () => {
  const explanation = explain({ ...BODY, note: null, company: 'Straße' }, KEYS);
  assert.equal(explanation.joined.toUpperCase(), explanation.signingString);
  const plain = explainText(explanation);
  for (const part of ['note (null)', 'ß → SS', '***', explanation.firstDigest, explanation.sign, explanation.requestBody]) assert.ok(plain.includes(part), part);
  assert.ok(!plain.includes('\x1b') && !plain.includes(KEYS.md5SecretKey));
  assert.match(explainText(explanation, { color: true, lang: 'zh' }), /\x1b\[1;36m1\. 去掉的空字段/);
});

test('what makes no sense is a ConfigError that names it', () => {
  for (const [option, call] of /** @type {[string, () => unknown][]} */ ([
    ['evidence', () => diagnose(/** @type {any} */ (7), KEYS)],
    ['evidence', () => diagnose(/** @type {any} */ ({ body: { a: 1n } }), KEYS)],
    ['evidence.sgin', () => diagnose(/** @type {any} */ ({ sgin: 'x' }), KEYS)],
    ['evidence.sign', () => diagnose(/** @type {any} */ ({ sign: 1 }), KEYS)],
    ['desKey', () => diagnose('2000', /** @type {any} */ ({ desKey: 1 }))],
    ['now', () => diagnose('2000', KEYS, { now: NaN })],
    ['lang', () => diagnose('2000', KEYS, { lang: /** @type {any} */ ('de') })],
    ['dialect.nested', () => diagnose('2000', KEYS, { dialect: { nested: /** @type {any} */ ('php') } })],
    ['language', () => diagnose('2000', KEYS, /** @type {any} */ ({ language: 'en' }))],
    ['explanation', () => explainText(/** @type {any} */ ('x'))],
    ['color', () => explainText(explain({}, KEYS), /** @type {any} */ ({ color: 1 }))],
    ['a', () => difference(/** @type {any} */ (1), '')],
  ])) {
    assert.throws(call, (error) => error instanceof ConfigError && error.option === option, option);
  }
});

test('a pre-order of a thousand insured takes seconds, whatever is wrong with it', (t) => {
  const insuredInfoList = Array.from({ length: 1000 }, (_, place) => ({ insuredName: `队员${place}`, insuredCardType: '1', insuredCardNo: `11010119900307${1000 + place}`, insuredBirthday: '1990-03-07', insuredMobile: '13800000001' }));
  const body = preOrder('106225', { insuredInfoList });
  const right = seal(body, KEYS, { timestamp: NOW });
  const s1 = signingString(body);
  for (const [sign, expected] of /** @type {[string, string[]][]} */ ([
    [right.sign, []],
    [md5(md5(`${signingString(body, { nested: 'json' })}&key=${KEYS.md5SecretKey}`)), ['nested.json', 'secret.key-before']],
    [md5(md5(s1.replaceAll(', ', ',').replace(/&PAYTYPE=\d/, '') + KEYS.md5SecretKey)), ['nested.java-tight', 'body.field-added']],
    [md5('nothing'), []],
  ])) {
    // Of this process' own time, however busy the machine is.
    const before = process.cpuUsage();
    assert.deepEqual(causes({ envelope: { ...right, sign } }), expected);
    const ms = process.cpuUsage(before).user / 1000;
    t.diagnostic(`${expected.join(', ') || (sign === right.sign ? 'sound' : 'unknown')}: ${Math.round(ms)} ms for ${s1.length} characters`);
    assert.ok(ms < 10_000, `${ms} ms`);
  }
});

test('import and require give the same', () => {
  const required = createRequire(import.meta.url)('aigobo/doctor');
  assert.equal(required.diagnose, doctor.diagnose);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(doctor).filter((name) => name !== 'default').sort());
});
