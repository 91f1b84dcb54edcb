// What is handed to the command line in an odd form: encodings, sizes, keys in the wrong place, what steers a terminal.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { seal } from 'aigobo';
import { KEYS, json, run, shell, terminal } from './cli.js';
import { folder } from './folder.js';
import { SANDBOX } from './shop.js';

const SIGNED = ['--nonce', 'n', '--timestamp', '1'];
/** 王 in GBK. */
const GBK = Buffer.from([0xcd, 0xf5]);

test('a file of keys or data with a byte order mark, CR LF or in UTF-16 is read; what is no UTF-8 is refused, since it would be sent as something else', async (t) => {
  const cwd = folder(t);
  const lines = Object.entries(KEYS).map(([name, value]) => `${name}=${value}\r\n`).join('');
  writeFileSync(join(cwd, 'marked.env'), `\ufeff${lines}`);
  writeFileSync(join(cwd, 'wide.env'), `\ufeff${lines}`, 'utf16le');
  writeFileSync(join(cwd, 'gbk.env'), Buffer.concat([Buffer.from('AIGOBO_ACCESS_TOKEN='), GBK]));
  writeFileSync(join(cwd, 'wide.json'), '\ufeff{"memberId":"王"}', 'utf16le');
  writeFileSync(join(cwd, 'marked.json'), '\ufeff{"memberId":"王"}');
  writeFileSync(join(cwd, 'gbk.json'), Buffer.concat([Buffer.from('{"memberId":"'), GBK, Buffer.from('"}')]));

  const sealed = await json(['seal', '--data', '{"memberId":"王"}', ...SIGNED], { env: KEYS });
  for (const file of ['marked.env', 'wide.env']) {
    for (const data of ['@wide.json', '@marked.json']) assert.deepEqual(await json(['seal', '--env-file', file, '--data', data, ...SIGNED], { cwd }), sealed, `${file} ${data}`);
  }
  for (const args of ['--env-file gbk.env --data {}', '--data @gbk.json', '--data - < gbk.json', '< gbk.json']) {
    const { code, stdout, stderr } = await shell(`aigobo seal ${args}`, { cwd, env: KEYS });
    assert.deepEqual([code, stdout], [2, ''], args);
    assert.match(stderr, /is not UTF-8: save it as UTF-8/);
  }
});

test('a body of megabytes is taken, and names are read as JSON has them', async (t) => {
  const cwd = folder(t, { 'big.json': JSON.stringify({ a: 'x\n'.repeat(8_000_000) }) });
  assert.equal((await shell('aigobo seal --sandbox --data @big.json | wc -c', { cwd })).stderr, '');
  assert.match((await run(['seal', '--sandbox', '--data', '{"\\u0031":"x"}'])).stderr, /the name "1" is a number/);
  assert.match((await run(['seal', '--sandbox', '--data', '{"a":"\\"1.0", "b" : 1.0}'])).stderr, /the number 1\.0 would become 1/);
});

test('a name that is repeated within one object is refused wherever the data comes from, since only its last value would be signed', async (t) => {
  const people = '{"insuredInfoList":[{"insuredName":"a"},{"insuredName":"b","x":"{\\"insuredName\\":","insured\\u004eame"   :"c"}]}';
  const cwd = folder(t, { 'twice.json': people, 'once.json': people.replace('u004eame', 'u004eame2').replace(/ +/, ' '.repeat(200)) });
  for (const [command, input] of [['seal --sandbox --data @twice.json'], ['explain --sandbox --data -', people], ['vectors', people], ['call createPreOrder --sandbox', people]]) {
    const { code, stdout, stderr } = await run(String(command).split(' '), { cwd, ...(input && { input }) });
    assert.deepEqual([code, stdout], [2, ''], String(command));
    assert.match(stderr, /the name "insuredName" occurs a second time in its object \(character 84\)/);
  }
  // The same name in another object is none, however much white space there is.
  assert.equal((await run(['seal', '--sandbox', '--data', '@once.json'], { cwd })).stderr, '');
  assert.match((await run(['seal', '--sandbox', '--data', `{"a":1,"a"${' '.repeat(200)}:2}`])).stderr, /the name "a" occurs a second time/);
});

test('a log of odd lines is read in the time that its length takes', async (t) => {
  const envelope = JSON.stringify(seal({ memberId: '100001' }, SANDBOX, { nonce: 'n-1' }));
  const cwd = folder(t, { 'odd.log': [`requestBody${'{'.repeat(300_000)}`, `requestBody ${'A'.repeat(500_000)}`, `{a={b={c}}} requestBody ${envelope}`].join('\n') });
  const started = performance.now();
  assert.equal((await json(['open', 'odd.log', '--sandbox'], { cwd })).length, 1);
  assert.ok(performance.now() - started < 10_000);
});

test('of an option that there is not its name is repeated, not the key that somebody gave it', async () => {
  for (const args of [['--md5-secret-key=Sekrit-77'], ['call', '--desKey=a=Sekrit-77', '--lang', 'zh'], ['doctor', '--accessToken=Sekrit\n-77', '--json']]) {
    const { code, stdout, stderr } = await run(args);
    assert.equal(code, 2);
    assert.match(stderr, /--(md5-secret-key|desKey|accessToken)/);
    assert.doesNotMatch(stdout + stderr, /Sekrit|-77/);
  }
});

test('a signing string with the secret in it comes from a file or the standard input', async (t) => {
  const signingString = `memberId=1${SANDBOX.md5SecretKey}`;
  const cwd = folder(t, { 's1.txt': `${signingString}\n`, 'body.json': '{"memberId":"1"}' });
  for (const [given, input] of [['@s1.txt'], ['-', signingString]]) {
    const { findings } = await json(['doctor', '--sandbox', '--body', '@body.json', '--signing-string', String(given)], { cwd, ...(input && { input }) });
    assert.deepEqual(findings.map((/** @type {{ cause: string }} */ { cause }) => cause), ['case.kept']);
  }
});

test('a log steers no terminal', async (t) => {
  const nonce = 'n\x1b]0;mine\x07\x1b[2J\u202e';
  const cwd = folder(t, { 'a.log': JSON.stringify(seal({ memberId: '100001' }, SANDBOX, { nonce })) });
  const { code, raw } = await terminal(t, ['open', 'a.log', '--sandbox'], { cwd }).ended();
  assert.equal(code, 0);
  assert.ok(raw.includes('\x1b[2m') && !raw.includes('\x1b]') && !raw.includes('\x07') && !raw.includes('\x1b[2J') && !raw.includes('\u202e'), JSON.stringify(raw));
});

test('a full disk is said in a line', { skip: process.platform !== 'linux' }, async () => {
  const { code, stderr } = await shell('aigobo endpoints > /dev/full');
  assert.deepEqual([code, stderr], [1, 'aigobo: the result could not be written (ENOSPC)\n']);
});
