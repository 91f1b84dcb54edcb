// `aigobo seal`, `open`, `explain`, `vectors`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { explain, open, seal } from 'aigobo';
import { BINARY, KEYS, envFile, json, run } from './cli.js';
import { folder } from './folder.js';
import { SANDBOX, preOrder } from './shop.js';

const OURS = { accessToken: KEYS.AIGOBO_ACCESS_TOKEN, desKey: KEYS.AIGOBO_DES_KEY, md5SecretKey: KEYS.AIGOBO_MD5_SECRET_KEY };
const AT = 1_626_570_000_000;
const ORDER = preOrder('100001', {}, 'GP-1');
const PEOPLE = ['王小明', '李四', '13800000001', '110101199003070011', 'E12345678'];

test('seal prints the envelope, of the environment, a file or the sandbox', async (t) => {
  const args = ['seal', '--data', JSON.stringify(ORDER), '--nonce', 'n-1', '--timestamp', String(AT), '--ip', '203.0.113.9', '--dialect', '{"version":"1.0.0"}'];
  const expected = seal(ORDER, OURS, { nonce: 'n-1', timestamp: AT, ip: '203.0.113.9', dialect: { version: '1.0.0' } });
  const cwd = folder(t, { 'account.env': envFile(KEYS) });
  assert.deepEqual(await json(args, { env: KEYS }), expected);
  assert.deepEqual(await json([...args, '--env-file', 'account.env'], { cwd }), expected);
  assert.deepEqual(JSON.parse((await run(args, { env: KEYS })).stdout), expected);
  const own = await json(['seal', '--sandbox'], { input: '{"memberId":"100001"}' });
  assert.deepEqual(open(own, SANDBOX), { memberId: '100001' });
});

test('open finds the envelopes of a log, whatever stands around them, and hides people', async (t) => {
  const envelope = seal(ORDER, OURS, { nonce: 'n-1', timestamp: AT });
  const text = JSON.stringify(envelope);
  const log = [
    'started {"level":30,"mode":{"a":1}}', // 1
    `2021-07-18 09:00:00 POST /api/order/addTemp ${text} took 12 ms`, // 2
    JSON.stringify({ level: 30, req: { url: '/api/order/addTemp', body: envelope } }), // 3
    JSON.stringify({ msg: 'sent', body: text }), // 4
    `sent {"body":"${text.replace(/"/g, '\\"')}" cut off`, // 5
    new URLSearchParams(Object.entries(envelope).map(([name, value]) => [name, String(value)])).toString(), // 6
    `"POST /x?${new URLSearchParams({ ...envelope, timestamp: String(AT) })} HTTP/1.1" 200`, // 7
    ...JSON.stringify(envelope, null, 2).split('\n'), // 8 to 16
    `two: ${text} ${text}`, // 17
  ].join('\r\n');
  const cwd = folder(t, { 'gateway.log': log });
  const opened = await json(['open', 'gateway.log'], { cwd, env: KEYS });
  assert.deepEqual(opened.map(({ line }) => line), [2, 3, 4, 5, 6, 7, 8, 17, 17]);
  for (const { nonce, timestamp, stale, body } of opened) {
    assert.deepEqual([nonce, timestamp, stale], ['n-1', AT, true]);
    assert.deepEqual([body.memberId, body.productName, body.holderInfo.holderName, body.holderInfo.holderCardType, body.insuredInfoList[1].insuredName], ['100001', ORDER.productName, '***', '1', '***']);
  }
  const human = await run(['open', 'gateway.log'], { cwd, env: KEYS });
  assert.equal(human.code, 0);
  assert.match(human.stdout, /^line 2  2021-07-18T01:00:00\.000Z  n-1  older than 5 minutes by now\n\{\n/);
  for (const person of PEOPLE) assert.ok(!human.stdout.includes(person), person);
  const shown = (await run(['open', '-', '--show-people'], { input: log, env: KEYS })).stdout;
  for (const person of PEOPLE) assert.ok(shown.includes(person), person);
  assert.match((await run(['open', '--lang', 'zh'], { input: text, env: KEYS })).stdout, /^第 1 行 .*距今已超过 5 分钟/);
});

test('open says what is wrong with an envelope, and reads on: exit 1', async () => {
  const good = seal({ memberId: '1' }, OURS, { timestamp: AT, nonce: 'n-1' });
  const lines = [{ ...good, accessToken: 'another' }, { ...good, sign: '0'.repeat(32) }, { ...good, requestBody: 'AAAA' }, { ...good, nonce: undefined }, good];
  const input = lines.map((line) => JSON.stringify(line)).join('\n');
  const { code, stdout, stderr } = await run(['open'], { input, env: KEYS });
  assert.deepEqual([code, stderr], [1, 'to find out what is wrong with it: aigobo doctor\n']);
  assert.match(stdout, /line 1 [^]*accessToken is not[^]*line 2 [^]*sign does not belong[^]*line 3 [^]*cannot be decrypted[^]*line 4 [^]*nonce is missing[^]*line 5 [^]*"memberId": "1"/);
  assert.match((await run(['open', '--lang', 'zh'], { input, env: KEYS })).stdout, /accessToken 与所给的不同[^]*sign 与 requestBody 不符[^]*无法用所给的 desKey 解密/);
  assert.deepEqual((await json(['open'], { input, env: KEYS })).map(({ error }) => error?.code), ['envelope.token', 'envelope.sign', 'envelope.decrypt', 'envelope.shape', undefined]);
  const nothing = await run(['open'], { input: 'nothing\n{"a":1}\n', env: KEYS });
  assert.deepEqual([nothing.code, nothing.stdout], [1, '']);
  assert.match(nothing.stderr, /there is no envelope in it[^]*aigobo doctor/);
  const missing = await run(['open', 'nowhere.log'], { env: KEYS });
  assert.deepEqual([missing.code, /nowhere\.log/.test(missing.stderr)], [2, true], missing.stderr);
});

test('a log that is followed is not kept: what was opened and shown is let go', async (t) => {
  const envelope = JSON.stringify(seal({ amounts: Array.from({ length: 30_000 }, (_, place) => place) }, OURS, { timestamp: AT, nonce: 'n-1' }));
  const cwd = folder(t, { 'account.env': envFile(KEYS), 'gateway.log': envelope });
  const child = spawn('bash', ['-c', `for i in {1..100}; do cat gateway.log; echo; done | ${BINARY} open --env-file account.env | grep -c '^line'`], { cwd, env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=24' } });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  await once(child, 'close');
  assert.equal(said, '100\n');
});

test('age is a fault only where it is asked for', async () => {
  const input = JSON.stringify(seal({ memberId: '1' }, OURS, { timestamp: AT, nonce: 'n-1' }));
  const stale = async (/** @type {string[]} */ ...args) => (await json(['open', ...args], { input, env: KEYS }))[0].error?.code;
  assert.equal(await stale(), undefined);
  assert.equal(await stale('--max-age', '60000'), 'envelope.stale');
  assert.equal(await stale('--now', String(AT + 299_000)), undefined);
  assert.equal(await stale('--now', String(AT + 301_000)), 'envelope.stale');
  assert.equal(await stale('--now', String(AT + 301_000), '--max-age', '400000'), undefined);
});

test('open shows what comes while it comes', async (t) => {
  const child = spawn(BINARY, ['open'], { env: { ...process.env, ...KEYS }, stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  for (const memberId of ['1', '2']) {
    child.stdin.write(`${JSON.stringify(seal({ memberId }, OURS))}\n`);
    let shown = '';
    for await (const [text] of on(child.stdout, 'data')) if ((shown += text).includes(`"memberId": "${memberId}"`)) break;
  }
  child.stdin.end();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('explain prints every step and no key', async () => {
  const body = { productCode: '200437', memberId: '100001', planCode: null };
  const args = ['explain', '--data', JSON.stringify(body)];
  assert.deepEqual(await json(args, { env: KEYS }), { ...explain(body, OURS) });
  const { code, stdout } = await run(args, { env: KEYS });
  assert.equal(code, 0);
  const { firstDigest, sign, requestBody } = explain(body, OURS);
  for (const step of ['planCode', 'MEMBERID=100001&PRODUCTCODE=200437', firstDigest, sign, requestBody]) assert.ok(stdout.includes(step), `${step} in ${stdout}`);
});

test('vectors are those of the golden file, made with example keys; with one\'s own only when asked for', async () => {
  const golden = JSON.parse(readFileSync('vectors/envelope.json', 'utf8')).find((/** @type {{ plaintext: string }} */ { plaintext }) => plaintext.includes('insuredInfoList'));
  const env = { AIGOBO_ACCESS_TOKEN: 'token', AIGOBO_DES_KEY: golden.desKey, AIGOBO_MD5_SECRET_KEY: golden.md5SecretKey };
  const args = ['vectors', '--name', golden.name, '--data', golden.plaintext];
  assert.deepEqual(await json([...args, '--with-keys'], { env }), [golden]);
  const [example] = await json(args, { env: KEYS });
  assert.deepEqual(Object.keys(example), Object.keys(golden));
  assert.deepEqual([example.desKey, example.md5SecretKey, example.plaintext, example.signingString], [SANDBOX.desKey, SANDBOX.md5SecretKey, golden.plaintext, golden.signingString]);
  assert.deepEqual(JSON.parse((await run(args)).stdout), [example]);
});
