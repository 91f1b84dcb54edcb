// The tarball as npm would publish it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const require = createRequire(import.meta.url);
const installed = join(dirname(require.resolve('aigobo/package.json')));
const pkg = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const tarball = new URL(`../aigobo-${pkg.version}.tgz`, import.meta.url).pathname;

test('publint finds nothing', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test('the types are right for whoever imports and whoever requires', async () => {
  const attw = join(dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');
  const check = (/** @type {string[]} */ ...args) => promisify(execFile)(process.execPath, [attw, tarball, ...args, '--format', 'ascii', '--no-color']);
  // The wasm and the vectors have no types: the wasm is for bundlers that ask for the file. The inline entry is for bundlers, and a module alone.
  assert.match((await check('--exclude-entrypoints', 'aigobo.wasm', 'vectors.json', 'inline')).stdout, /No problems found/);
  assert.match((await check('--entrypoints', 'inline', '--ignore-rules', 'cjs-resolves-to-esm')).stdout, /"aigobo\/inline"/);
});

test('nothing runs at its installation, and nothing is in it that need not be', async () => {
  assert.deepEqual(Object.keys(pkg).filter((name) => /scripts|gypfile/.test(name)), []);
  const { stdout } = await promisify(execFile)('npm', ['pack', installed, '--dry-run', '--json']);
  const [{ files }] = JSON.parse(stdout);
  /** @type {string[]} */
  const paths = files.map((/** @type {{ path: string }} */ { path }) => path).sort();
  assert.deepEqual(paths, readFileSync('listing.txt', 'utf8').trimEnd().split('\n'));
});
