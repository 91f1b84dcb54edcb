// What an entry does while it is imported: nothing. (Workers at the edge forbid more, and nobody else expects it.)

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));
const pkg = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const PROGRAM = new URL('./imported.mjs', import.meta.url).pathname;

/** Notes what is called of these, and lets it happen. */
const TRAPS = `
import { writeFileSync } from 'node:fs';
const called = [];
const trap = (object, names) => names.forEach((name) => {
  const note = (how) => (...args) => (called.push(name), Reflect[how](...args));
  Object.defineProperty(object, name, { value: new Proxy(object[name], { apply: note('apply'), construct: note('construct') }) });
});
trap(console, ['debug', 'error', 'info', 'log', 'trace', 'warn']);
trap(crypto, ['getRandomValues', 'randomUUID']);
trap(Date, ['now']);
trap(Math, ['random']);
trap(performance, ['now']);
trap(WebAssembly, ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming', 'Instance', 'Module']);
trap(globalThis, ['Date', 'eval', 'fetch', 'Function', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'WebSocket'].filter((name) => name in globalThis));
await import(process.argv[2]);
writeFileSync(1, JSON.stringify(called));
`;

/** Every file that a condition of an entry leads to. @param {unknown} target @returns {string[]} */
const files = (target) => (typeof target === 'string' ? [target] : Object.values(Object(target)).flatMap(files));
const ENTRIES = [...new Set(files(pkg.exports))].filter((path) => /\.[cm]?js$/.test(path));
/** They import a wasm, which is for the edge's bundlers; but for that they are `inline.js`. */
const EDGE = ['./edge.js', './workerd.js'];
/** The sandbox is for Node alone: it notes when its process began, and its server's hono makes Node load its own fetch. */
const QUIET = ENTRIES.filter((path) => !path.includes('sandbox') && !EDGE.includes(path));

before(() => writeFileSync(PROGRAM, TRAPS));

/** What a module calls while it is imported. @param {string} specifier */
async function calls(specifier) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--disallow-code-generation-from-strings', PROGRAM, specifier]);
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

test('the traps catch', async () => {
  const module = 'setTimeout(() => {}); new Date(); Math.random(); crypto.randomUUID(); performance.now(); new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); try { eval("1") } catch {} try { new Function("1") } catch {}';
  assert.deepEqual(await calls(`data:text/javascript,${encodeURIComponent(module)}`), ['setTimeout', 'Date', 'random', 'randomUUID', 'now', 'Module', 'eval', 'Function']);
  await assert.rejects(calls('data:text/javascript,(() => {}).constructor("1")'), /Code generation from strings disallowed/);
});

for (const entry of QUIET) {
  test(`${entry}: no timer, no chance, no clock, no net, no eval, no WebAssembly, not a word`, async () => assert.deepEqual(await calls(join(installed, entry)), []));
}

test('no entry awaits at its top level', async () => {
  const modules = ENTRIES.filter((entry) => !entry.endsWith('.cjs'));
  assert.ok(['./browser.js', './inline.js', './node.mjs'].every((entry) => modules.includes(entry)), String(modules));
  // CommonJS has no way to say it, and so esbuild refuses.
  const asCommonJs = (/** @type {import('esbuild').BuildOptions} */ options) => build({ ...options, bundle: true, format: 'cjs', platform: 'node', loader: { '.wasm': 'empty' }, write: false, logLevel: 'silent' });
  for (const entry of modules) await asCommonJs({ entryPoints: [join(installed, entry)] });
  await assert.rejects(asCommonJs({ stdin: { contents: 'await 0;' } }), /[Tt]op-level await/);
});

test('no file makes code of text', async () => {
  const { stdout } = await promisify(execFile)('npm', ['pack', installed, '--dry-run', '--json']);
  /** @type {string[]} */
  const paths = JSON.parse(stdout)[0].files.map((/** @type {{ path: string }} */ { path }) => path).filter((/** @type {string} */ path) => /\.[cm]?js$/.test(path));
  assert.ok(paths.length > ENTRIES.length);
  const guilty = (/** @type {string} */ code) => /\beval\s*\(|\bFunction\s*\(|\bconstructor\(\s*['"`]/.test(code);
  assert.ok(guilty('new Function("1")') && guilty('eval (x)') && !guilty('optionalFunction(x)'));
  assert.deepEqual(paths.filter((path) => guilty(readFileSync(join(installed, path), 'utf8'))), []);
});
