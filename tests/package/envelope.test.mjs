// The envelope's functions have a wasm of their own in Node and in workerd: it answers as the whole one does, whoever needs no
// more loads no more, and where its file is missing the whole one does for all.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import * as small from 'aigobo';
import * as whole from 'aigobo/inline';
import { build } from 'esbuild';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));
const KEYS = { accessToken: 't', desKey: '12345678', md5SecretKey: 's' };
const STAMP = { nonce: 'n', timestamp: 5, ip: '10.0.0.1' };
const BODIES = [
  {},
  { b: 1, a: '中文 😀', c: null, d: [1.5, 'x', { z: true }], 0: 'first' },
  { text: 'ä'.repeat(5_000), list: Array.from({ length: 300 }, (_, index) => ({ index, name: `名${index}` })) },
  { '\u0000': '!', 'ß': '.', lone: '\ud800' },
];
/** @type {any[]} */
const DIALECTS = [undefined, null, {}, { version: '2.0' }, { rounds: 1 }, { nothing: 1 }, { version: 5 }, 'text'];
/** @type {any[]} */
const CREDENTIALS = [KEYS, { ...KEYS, desKey: 'short' }, { ...KEYS, md5SecretKey: ' s' }, { ...KEYS, accessToken: '' }, { ...KEYS, desKey: '八个字节以上' }, {}, null];

/** What is called, with every combination of these. @type {[keyof typeof small & ('seal' | 'open' | 'sign' | 'signingString' | 'encrypt' | 'decrypt'), unknown[][]][]} */
const CALLS = [
  ['signingString', [[...BODIES, 'text', undefined], DIALECTS]],
  ['sign', [BODIES, ['s', '', ' s', '密钥', 5], DIALECTS]],
  ['encrypt', [['', 'text', '中文', '\u0000!', 5], ['12345678', '1234567', '八个字节以上', '']]],
  ['decrypt', [['4biZVU7MarxSTx1vZ2pZzg==', 'bm9uZQ==', '*', '', whole.encrypt('\u0000!中', '12345678')], ['12345678', '1234567']]],
  ['seal', [BODIES, CREDENTIALS, DIALECTS.map((dialect) => ({ ...STAMP, dialect }))]],
  ['open', [envelopes(), CREDENTIALS, [{ now: 5 }, { now: 1e12 }, { now: 10, maxAgeMs: 3 }, { now: 5, dialect: { version: '2.0' } }, { now: 5, dialect: { nothing: 1 } }]]],
];

/** Whole ones, and what is wrong in every way. @returns {any[]} */
function envelopes() {
  const sealed = BODIES.slice(0, 3).map((body) => whole.seal(body, KEYS, STAMP));
  const [one] = sealed;
  return [...sealed, { ...one, timestamp: '5' }, { ...one, sign: '0'.repeat(32) }, { ...one, requestBody: '!' }, { ...one, accessToken: 'u' }, { ...one, nonce: 'n'.repeat(65) }, { ...one, version: undefined }, {}, { requestBody: 5 }, 'text', null];
}

/** @param {unknown[][]} lists @returns {unknown[][]} */
const combinations = ([first, ...rest]) => (first ? first.flatMap((one) => combinations(rest).map((others) => [one, ...others])) : [[]]);

/** What comes of a call, or is thrown. @param {any} of @param {string} name @param {unknown[]} args */
function outcome(of, name, args) {
  try {
    return of[name](...args);
  } catch (error) {
    assert.ok(error instanceof of.AigoboError, `${name}: ${error}`);
    return JSON.parse(JSON.stringify(error));
  }
}

for (const [name, lists] of CALLS) {
  test(`${name}: both answer the same, and fail alike`, () => {
    const kinds = new Set();
    for (const args of combinations(lists)) {
      const [one, other] = [small, whole].map((of) => outcome(of, name, args));
      assert.deepEqual(one, other);
      kinds.add(one?.code ?? 'answered');
    }
    assert.ok(kinds.size > 1 && kinds.has('answered'), [...kinds].join());
  });
}

/** What a process loads and compiles. @param {string} entry @param {string} work */
async function traces(entry, work) {
  const program = new URL('./envelope-program.cjs', import.meta.url).pathname;
  writeFileSync(program, `
const sizes = [];
WebAssembly.Module = new Proxy(WebAssembly.Module, { construct: (Module, [bytes]) => (sizes.push(bytes.length), new Module(bytes)) });
const KEYS = ${JSON.stringify(KEYS)};
const aigobo = require(${JSON.stringify(entry)});
${work}
console.log(JSON.stringify([sizes, Object.keys(require.cache).map((path) => path.slice(path.lastIndexOf('/') + 1)).filter((name) => name.startsWith('node'))]));`);
  return JSON.parse((await promisify(execFile)(process.execPath, [program])).stdout);
}

const SIZE = (/** @type {string} */ name) => readFileSync(join(installed, 'wasm', `${name}_bg.wasm`)).length;
const SEALS = 'aigobo.open(aigobo.seal({ a: 1 }, KEYS), KEYS);';
const CLIENT = "new aigobo.Client({ ...KEYS, distrCode: 'D' });";

test('who only seals and opens compiles the small one, and reads one file', async () => {
  assert.ok(2.4 * SIZE('envelope') < SIZE('aigobo'));
  assert.deepEqual(await traces(join(installed, 'node.cjs'), ''), [[], ['node.cjs']]);
  assert.deepEqual(await traces(join(installed, 'node.cjs'), SEALS), [[SIZE('envelope')], ['node.cjs']]);
  assert.deepEqual(await traces(join(installed, 'node.cjs'), CLIENT), [[SIZE('aigobo')], ['node.cjs', 'node-client.cjs', 'node-whole.cjs']]);
  assert.deepEqual(await traces(join(installed, 'node.cjs'), 'aigobo.endpoints;'), [[], ['node.cjs', 'node-register.cjs']]);
});

test('where its file is missing the whole one does for all, compiled once', async (t) => {
  const copy = new URL('./node_modules/.without-envelope/', import.meta.url).pathname;
  t.after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(installed, copy, { recursive: true });
  rmSync(join(copy, 'wasm', 'envelope_bg.wasm'));
  assert.deepEqual(await traces(join(copy, 'node.cjs'), SEALS + CLIENT), [[SIZE('aigobo')], ['node.cjs', 'node-whole.cjs', 'node-client.cjs']]);
  rmSync(join(copy, 'wasm', 'aigobo_bg.wasm'));
  assert.deepEqual((await traces(join(copy, 'node.cjs'), SEALS + CLIENT))[0], [SIZE('aigobo')]);
});

test('a bundler for workerd leaves out what is not imported, with its wasm', async () => {
  for (const [name, wasm] of Object.entries({ seal: ['envelope'], Client: ['aigobo'], 'Client, seal': ['aigobo', 'envelope'], endpoints: [] })) {
    const contents = `import { ${name} } from 'aigobo'; console.log(${name});`;
    const { outputFiles } = await build({ stdin: { contents, resolveDir: import.meta.dirname ?? dirname(new URL(import.meta.url).pathname) }, bundle: true, format: 'esm', conditions: ['workerd'], external: ['*.wasm?module'], write: false });
    const found = [...String(outputFiles[0]?.text).matchAll(/wasm\/(\w+)_bg\.wasm\?module"/g)].map(([, found]) => found);
    assert.deepEqual(found.sort(), wasm, name);
  }
});
