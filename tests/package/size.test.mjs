// What a page loads of the main entry, all of it: the wasm, its glue and the loaders, as a shop's bundler minifies them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));

/** In bytes, the wasm and the JavaScript each compressed for itself; the folder it is built in moves a few dozen bytes. */
const GATES = { raw: 215_000, gzip: 93_000, brotli: 80_000 };

/** @param {Uint8Array} bytes */
const sizes = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
});

/** A page's bundle of these modules. @param {string} contents */
async function minified(contents) {
  const { outputFiles } = await build({ stdin: { contents, resolveDir: installed }, bundle: true, format: 'esm', minify: true, write: false, logLevel: 'silent' });
  const [code] = outputFiles;
  assert.ok(code && outputFiles.length === 1);
  return code.contents;
}

test('the main entry stays within its size, and the guide tells it', async (t) => {
  const parts = { wasm: sizes(readFileSync(join(installed, 'wasm', 'aigobo_bg.wasm'))), JavaScript: sizes(await minified("export * from './browser.js';")) };
  const guide = readFileSync(join(installed, 'docs', 'SIZE.md'), 'utf8');
  for (const how of /** @type {const} */ (['raw', 'gzip', 'brotli'])) {
    const bytes = parts.wasm[how] + parts.JavaScript[how];
    t.diagnostic(`${how}: ${parts.wasm[how]} + ${parts.JavaScript[how]} = ${bytes} bytes`);
    assert.ok(bytes <= GATES[how], `${bytes} bytes ${how}, ${GATES[how]} allowed`);
  }
  const whole = Object.fromEntries(Object.entries(parts.wasm).map(([how, bytes]) => [how, bytes + parts.JavaScript[/** @type {'raw'} */ (how)]]));
  const { version } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('crypto-js/package.json'), 'utf8'));
  /** The rows of what is installed here, by how they begin. @type {[string, Record<string, number>][]} */
  const measured = [
    ['**aigobo**', whole],
    ['of it the wasm', parts.wasm],
    ['of it the JavaScript', parts.JavaScript],
    [`crypto-js ${version}`, sizes(await minified("import CryptoJS from 'crypto-js'; console.log(CryptoJS);"))],
  ];
  for (const [name, sizes] of measured) {
    const row = guide.split('\n').find((line) => line.startsWith(`| ${name}`))?.split('|').slice(2, 5).map(Number) ?? [];
    assert.equal(row.length, 3, `the row of docs/SIZE.md for ${name}`);
    for (const [index, bytes] of Object.values(sizes).entries()) {
      const told = Number(String(row[index])) * 1_000;
      assert.ok(Math.abs(told - bytes) <= Math.max(0.01 * bytes, 100), `${name}: docs/SIZE.md tells ${told} bytes, measured ${bytes}`);
    }
  }
});
