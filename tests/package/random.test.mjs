// What Node draws nonces from: the system at first, WebCrypto from then on, or where the system gives none.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));

/** Seals three times; prints the nonces, and how often WebCrypto had been asked after each. */
const PROGRAM = new URL('./random-program.cjs', import.meta.url).pathname;
writeFileSync(PROGRAM, `
const { seal } = require(${JSON.stringify(`${installed}/node.cjs`)});
const asked = [];
let count = 0;
for (const name of ['getRandomValues', 'randomUUID']) {
  const draw = crypto[name];
  Object.defineProperty(crypto, name, { value: (...args) => (count++, draw.apply(crypto, args)) });
}
const nonces = [1, 2, 3].map(() => {
  const { nonce } = seal({ a: 1 }, { accessToken: 't', desKey: '12345678', md5SecretKey: 's' });
  asked.push(count);
  return nonce;
});
console.log(JSON.stringify([nonces, asked]));
`);

/** @param {string[]} flags */
const run = async (flags) => JSON.parse((await promisify(execFile)(process.execPath, [...flags, PROGRAM])).stdout);

test("the first nonce is the system's, the others are WebCrypto's", { skip: !existsSync('/dev/urandom') }, async () => {
  const all = new Set();
  for (let process = 0; process < 5; process++) {
    const [nonces, asked] = await run([]);
    assert.deepEqual(asked, [0, 1, 2]);
    for (const nonce of nonces) {
      assert.match(nonce, /^[0-9a-f]{32}$/);
      all.add(nonce);
    }
  }
  assert.equal(all.size, 15);
});

test("a process that may not read the file has all of WebCrypto's", async () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  const [nonces, asked] = await run([flag, `--allow-fs-read=${installed}/*`, `--allow-fs-read=${PROGRAM}`, '--no-warnings']);
  assert.deepEqual([asked, new Set(nonces).size], [[1, 2, 3], 3]);
});

test('what only has the name of the system\'s generator is not used', async () => {
  const [file, preload] = ['./not-random.bin', './not-random.cjs'].map((name) => new URL(name, import.meta.url).pathname);
  writeFileSync(file, new Uint8Array(1 << 16));
  writeFileSync(preload, `
const fs = require('node:fs');
const { openSync } = fs;
fs.openSync = (path, ...rest) => openSync(path === '/dev/urandom' ? ${JSON.stringify(file)} : path, ...rest);
`);
  const [nonces, asked] = await run(['--require', preload]);
  assert.deepEqual([asked, new Set(nonces).size], [[1, 2, 3], 3]);
});

test('where WebCrypto fails, or is none, an error says what to do, and the next draws anew', async () => {
  const program = new URL('./failing-random-program.cjs', import.meta.url).pathname;
  writeFileSync(program, `
const { ConfigError, seal, sealText } = require(${JSON.stringify(`${installed}/node.cjs`)});
const KEYS = { accessToken: 't', desKey: '12345678', md5SecretKey: 's' };
const { crypto } = globalThis;
seal({}, { ...KEYS });
const refused = [];
for (const value of [undefined, {}, { getRandomValues() { throw new Error('no entropy'); } }, { getRandomValues() { throw new RangeError('no entropy'); } }]) {
  Object.defineProperty(globalThis, 'crypto', { value, configurable: true });
  for (const make of [seal, sealText]) {
    try {
      make({}, KEYS);
    } catch (error) {
      refused.push([error instanceof ConfigError, error.option, error.message.includes('pass a nonce of your own')]);
    }
  }
  refused.push(seal({}, KEYS, { nonce: 'own' }).nonce);
}
Object.defineProperty(globalThis, 'crypto', { value: crypto });
console.log(JSON.stringify([refused, Array.from({ length: 100 }, () => JSON.parse(sealText({}, KEYS)).nonce)]));
`);
  const [refused, nonces] = JSON.parse((await promisify(execFile)(process.execPath, [program])).stdout);
  assert.deepEqual(refused, Array(4).fill([[true, 'nonce', true], [true, 'nonce', true], 'own']).flat());
  assert.equal(new Set(nonces).size, 100);
});
