// What a page loads of the main entry, all of it: the wasm, its glue and the loaders, as a shop's bundler minifies them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));

/** In bytes, the wasm and the JavaScript each compressed for itself; 80 KiB, of which the folder it is built in moves a few dozen bytes. */
const GATES = { raw: 220_000, gzip: 95_000, brotli: 80 * 1024 };

/** @param {Uint8Array} bytes */
const sizes = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
});

test('the main entry stays within its size, and the guide tells it', async (t) => {
  const { outputFiles } = await build({
    stdin: { contents: "export * from './browser.js';", resolveDir: installed },
    bundle: true, format: 'esm', minify: true, write: false, logLevel: 'silent',
  });
  const [code] = outputFiles;
  assert.ok(code && outputFiles.length === 1);
  const parts = { wasm: sizes(readFileSync(join(installed, 'wasm', 'aigobo_bg.wasm'))), JavaScript: sizes(code.contents) };
  const guide = readFileSync(join(installed, 'docs', 'SIZE.md'), 'utf8');
  for (const how of /** @type {const} */ (['raw', 'gzip', 'brotli'])) {
    const bytes = parts.wasm[how] + parts.JavaScript[how];
    t.diagnostic(`${how}: ${parts.wasm[how]} + ${parts.JavaScript[how]} = ${bytes} bytes`);
    assert.ok(bytes <= GATES[how], `${bytes} bytes ${how}, ${GATES[how]} allowed`);
  }
  const row = /^\| \*\*aigobo\*\* \|(.*)\|$/m.exec(guide)?.[1]?.split('|').map(Number) ?? [];
  const measured = Object.values(parts.wasm).map((bytes, index) => bytes + (Object.values(parts.JavaScript)[index] ?? 0));
  assert.equal(row.length, 3, 'the row of docs/SIZE.md');
  for (const [index, bytes] of measured.entries()) {
    const told = Number(row[index]) * 1_000;
    assert.ok(Math.abs(told - bytes) <= 0.01 * bytes, `docs/SIZE.md tells ${told} bytes, measured ${bytes}`);
  }
});
