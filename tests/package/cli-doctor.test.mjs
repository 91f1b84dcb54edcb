// `aigobo doctor`

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seal } from 'aigobo';
import { serveSandbox } from 'aigobo/sandbox-server';
import { KEYS, envFile, json, run, terminal } from './cli.js';
import { folder } from './folder.js';
import { SANDBOX } from './shop.js';

/** A sandbox that listens, and the environment for it. @param {import('node:test').TestContext} t @param {object} [options] */
async function sandbox(t, options = {}) {
  const { url, close } = await serveSandbox({ port: 0, ...options });
  t.after(close);
  return { AIGOBO_BASE_URL: url, AIGOBO_ACCESS_TOKEN: SANDBOX.accessToken, AIGOBO_DES_KEY: SANDBOX.desKey, AIGOBO_MD5_SECRET_KEY: SANDBOX.md5SecretKey, AIGOBO_DISTR_CODE: SANDBOX.distrCode };
}

test('live: a line for each thing that was looked at, in both languages', async (t) => {
  const sound = await run(['doctor', '--sandbox']);
  assert.equal(sound.code, 0);
  assert.match(sound.stdout, /^✓ +configuration .*\n✓ +reachability .*\n- +certificate .*\n✓ +clock .*\n✓ +read +the platform answered 0000.*\n$/);
  assert.match((await run(['doctor', '--sandbox', '--lang', 'zh'])).stdout, /✓ +配置 [^]*✓ +查询 +平台返回 0000/);
  const env = await sandbox(t);
  const report = await json(['doctor'], { env });
  assert.deepEqual([report.ok, report.checks.length], [true, 5]);
});

test('live: a wrong key is found, and what to do is said; exit 1', async (t) => {
  const env = { ...(await sandbox(t)), AIGOBO_MD5_SECRET_KEY: KEYS.AIGOBO_MD5_SECRET_KEY };
  const { code, stdout } = await run(['doctor'], { env });
  assert.equal(code, 1);
  assert.match(stdout, /✗ +read +the platform answered 2000.*\n +cure: check md5SecretKey/);
  assert.equal((await json(['doctor'], { env })).ok, false);
  const nothing = await run(['doctor']);
  assert.deepEqual([nothing.code, /AIGOBO_ACCESS_TOKEN.* not set/.test(nothing.stderr)], [2, true]);
});

test('--probe finds the dialect, prints it for the configuration, and --dialect takes it', async (t) => {
  const dialect = { transport: 'form', digest: 'upper' };
  const env = await sandbox(t, { dialect });
  const { code, stdout, stderr } = await run(['doctor', '--probe'], { env });
  assert.equal(code, 0);
  const [, printed = ''] = /for the configuration: dialect (\{.*\})\n$/.exec(stdout) ?? [];
  assert.deepEqual(JSON.parse(printed), dialect);
  assert.match(stderr, /refused/);
  assert.deepEqual((await json(['doctor', '--probe'], { env })).dialect, dialect);
  const request = ['call', 'getProductDetail', '--max-retries', '0', '--data', '{"productCode":"200437","memberId":"1"}'];
  const answered = async (/** @type {string[]} */ ...more) => (await json([...request, ...more], { env })).error.code;
  assert.notEqual(await answered(), 'gateway.9999');
  assert.equal(await answered('--dialect', printed), 'gateway.9999');
  const none = await run(['doctor', '--probe'], { env: { ...env, AIGOBO_DES_KEY: KEYS.AIGOBO_DES_KEY } });
  assert.deepEqual([none.code, /none of \d+ dialects is taken/.test(none.stdout)], [1, true]);
});

test('production is asked only after a yes', async (t) => {
  const env = { ...KEYS, AIGOBO_BASE_URL: 'https://gateway.invalid' };
  for (const args of [['doctor'], ['doctor', '--probe']]) {
    const unasked = await run(args, { env });
    assert.deepEqual([unasked.code, /nobody to ask: add --yes/.test(unasked.stderr)], [2, true]);
    const at = terminal(t, args, { env });
    await at.shows(/counts as PRODUCTION, for a product [^]*\? \[y\/N\] /);
    at.types('n\r');
    const { code, text } = await at.ended();
    assert.deepEqual([code, /the gateway was not asked/.test(text)], [1, true]);
  }
  const asked = await run(['doctor', '--yes'], { env });
  assert.equal(asked.code, 1);
  assert.match(asked.stdout, /✗ +reachability +the name gateway\.invalid is not found[^]*cure: /);
});

test('offline: from a file, the text itself, the standard input or by parts; nothing is asked', async (t) => {
  const keys = { accessToken: KEYS.AIGOBO_ACCESS_TOKEN, desKey: KEYS.AIGOBO_DES_KEY, md5SecretKey: KEYS.AIGOBO_MD5_SECRET_KEY };
  const body = { productCode: '200437', memberId: '100001' };
  const good = seal(body, keys);
  const other = seal(body, { ...keys, md5SecretKey: keys.desKey, desKey: keys.md5SecretKey });
  const cwd = folder(t, { 'account.env': envFile(KEYS), 'good.json': JSON.stringify(good), 'other.log': `POST ${JSON.stringify(other)}` });
  const sound = await run(['doctor', 'good.json', '--env-file', 'account.env'], { cwd });
  assert.equal(sound.code, 0, sound.stdout + sound.stderr);
  for (const [args, input] of /** @type {[string[], string | undefined][]} */ ([[['other.log'], undefined], [[JSON.stringify(other)], undefined], [['-'], JSON.stringify(other)], [[], JSON.stringify(other)]])) {
    const { code, stdout } = await run(['doctor', ...args, '--env-file', 'account.env'], { cwd, ...(input !== undefined && { input }) });
    assert.equal(code, 1);
    assert.match(stdout, /cure: /);
  }
  const diagnosis = await json(['doctor', 'other.log', '--env-file', 'account.env'], { cwd });
  assert.equal(diagnosis.verdict, 'found');
  assert.match((await run(['doctor', 'other.log', '--env-file', 'account.env', '--lang', 'zh'], { cwd })).stdout, /修正：/);
  const parts = ['doctor', '--body', JSON.stringify(body), '--sign', good.sign];
  assert.equal((await json(parts, { env: KEYS })).verdict, 'sound');
  assert.equal((await json([...parts, '--request-body', other.requestBody], { env: KEYS })).verdict, 'found');
  // Of a log each envelope is looked at, and its age is no fault.
  const old = seal(body, keys, { timestamp: 1_626_570_000_000, nonce: 'n-old' });
  const log = [JSON.stringify(old), ...Array.from({ length: 60 }, (_, place) => `{"other":${place}}`), `POST ${JSON.stringify(other)}`, JSON.stringify(old)].join('\n');
  const whole = await run(['doctor', '-', '--env-file', 'account.env'], { cwd, input: log });
  assert.equal(whole.code, 1);
  assert.match(whole.stdout, /^line 1 {2}2021-07-18T01:00:00\.000Z {2}n-old\nNothing is wrong with it.*\nline 62 .*\nThe keys stand in each other's places[^]*cure: /);
  assert.deepEqual((await json(['doctor', '-', '--env-file', 'account.env'], { cwd, input: log })).map((/** @type {any} */ { line, verdict }) => [line, verdict]), [[1, 'sound'], [62, 'found']]);
  const single = await json(['doctor', '-', '--env-file', 'account.env'], { cwd, input: log.split('\n').slice(1, -1).join('\n') });
  assert.equal(single.findings[0].cause, 'keys.swapped');
  const alone = await json(['doctor', '-', '--env-file', 'account.env'], { cwd, input: log.split('\n').slice(0, 61).join('\n') });
  assert.equal(alone.verdict, 'sound');
  // Whatever is shown is looked at together.
  const refused = await json(['doctor', 'other.log', '--refusal', '2000'], { cwd, env: KEYS });
  assert.deepEqual([refused.verdict, refused.seen.length], ['found', 2]);
  const piped = await run(['doctor', '--refusal', '2000'], { env: KEYS, input: JSON.stringify(good) });
  assert.deepEqual([piped.code, /right for these keys/.test(piped.stdout)], [1, true], piped.stdout);
  const both = await run(['doctor', '--probe', 'good.json'], { cwd, env: KEYS });
  assert.deepEqual([both.code, /one or the other/.test(both.stderr)], [2, true]);
  assert.equal((await run(['doctor', 'nowhere.log'], { cwd, env: KEYS })).code, 2);
});

test('offline: several differences a paragraph each, and where the strings part, one above the other', async () => {
  const args = ['doctor', '--body', '{"memberId":"1","holderInfo":{"holderName":"王"}}', '--signing-string', 'memberId=1&holderInfo={"holderName":"王"}'];
  const { code, stdout } = await run(args, { env: KEYS });
  assert.equal(code, 1);
  assert.match(stdout, /^3 differences:\n• .*\n {2}at byte 0: {2}.*\n {2}should be: {2}.*\n {2}cure: /);
  assert.equal(stdout.match(/^• /gm)?.length, 3);
  assert.match((await run([...args, '--lang', 'zh'], { env: KEYS })).stdout, /^共 3 处不同：\n• [^]*第 0 字节起：[^]*修正：/);
});

test('a pipe that brings nothing is no evidence, and that is said', async (t) => {
  const env = await sandbox(t);
  const { code, stdout, stderr } = await run(['doctor'], { env, input: '' });
  assert.deepEqual([code, /nothing came through the pipe, so the gateway is asked/.test(stderr)], [0, true]);
  assert.match(stdout, /✓ +configuration/);
});
