// What `init` says where the wasm cannot come in, outside of browsers: a runtime without WebAssembly, one that is short of
// room for it, servers that refuse, a bundler that does not know the file. (tests/demo/loading.test.mjs: in browsers.)

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { sign } from 'aigobo';
import { build } from 'esbuild';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));
const WASM = readFileSync(join(installed, 'wasm/aigobo_bg.wasm'));
const SIGNED = sign({ a: 1 }, 'secret');
const SOURCES = "aigobo/aigobo.wasm's URL, Response, bytes or WebAssembly.Module";
const THERE = `Vite before 8 needs \`optimizeDeps: { exclude: ['aigobo'] }\`; elsewhere serve it there, or hand init() ${SOURCES}`;
const REFUSED = `let the page read it there, or hand init() ${SOURCES}`;
const LATER = 'call init() again later';

/** In a program: what an action fails with. */
const FAILURE = `const failure = async (action) => { try { await action(); return 'it did not fail'; } catch ({ name, option, message }) { return { name, option, message }; } };`;

/** Answers a path /403 with that status, and any other with the wasm. @type {import('node:http').Server} */
let server;
let origin = '';

before(async () => {
  server = createServer(({ url }, response) => {
    const status = Number(url?.match(/^\/(\d{3})/)?.[1]) || 200;
    response.writeHead(status, { 'content-type': 'application/wasm' }).end(status === 200 ? WASM : 'why');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(() => server.close());

/** The package's loaders, each as if nobody had loaded it yet. @param {string} entry @returns {Promise<typeof import('aigobo')>} */
const fresh = async (entry) => import((await bundled(entry, {})).replace(/^/, 'data:text/javascript,'));

/** @param {string} entry @param {import('esbuild').BuildOptions} options */
async function bundled(entry, options) {
  const { outputFiles } = await build({ entryPoints: [join(installed, entry)], bundle: true, format: 'esm', write: false, logLevel: 'silent', outdir: installed, ...options });
  return encodeURIComponent(`${outputFiles?.find(({ path }) => path.endsWith('.js'))?.text}\n//${Math.random()}`);
}

/** @param {string[]} flags @param {string} program */
async function run(flags, program) {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--input-type=module', '-e', `${FAILURE}\n${program}`], { cwd: installed });
  return JSON.parse(stdout);
}

test('where there is no WebAssembly at all: told so, and what to do', async () => {
  const errors = await run(['--jitless'], `
import * as fetched from ${JSON.stringify(join(installed, 'browser.js'))};
import * as inline from ${JSON.stringify(join(installed, 'inline.js'))};
import * as node from ${JSON.stringify(join(installed, 'node.mjs'))};
const attempts = [() => fetched.init('${origin}/a.wasm'), () => fetched.init(new Uint8Array(8)), () => fetched.init(Promise.reject(new Error('late'))), () => inline.init(), () => inline.sign({}, 's'), () => node.sign({}, 's')];
console.log(JSON.stringify(await Promise.all(attempts.map(failure))));`);
  assert.deepEqual(errors.map((/** @type {any} */ { name, option }) => `${name} ${option}`), Array(6).fill('ConfigError init'));
  const node = errors.pop();
  assert.match(node.message, /without --jitless/);
  for (const { message } of errors) assert.match(message, /forbids to compile WebAssembly.*Content-Security-Policy.*Lockdown Mode/);
});

test('inline: what is no prohibition is not called one, and what failed may be tried again', async () => {
  const [late, early, signed] = await run([], `
import { setFlagsFromString } from 'node:v8';
import { init, sign } from ${JSON.stringify(join(installed, 'inline.js'))};
setFlagsFromString('--wasm-max-module-size=1000');
const late = await failure(() => init());
const early = await failure(() => sign({}, 's'));
setFlagsFromString('--wasm-max-module-size=1000000');
await init();
console.log(JSON.stringify([late, early, sign({ a: 1 }, 'secret')]));`);
  for (const { name, option, message } of [late, early]) assert.deepEqual([name, option, message.includes('forbids')], ['ConfigError', 'init', false], message);
  assert.equal(signed, SIGNED);
});

for (const [status, retryable, cure] of /** @type {[number, boolean, string][]} */ ([
  [401, false, REFUSED], [403, false, REFUSED], [404, false, THERE], [408, true, LATER], [410, false, THERE], [429, true, LATER], [500, true, LATER], [503, true, LATER],
])) {
  test(`HTTP ${status}: ${retryable ? 'again later' : 'not again'}, and no query in the message`, async () => {
    const { init, sign } = await fresh('browser.js');
    const at = `${origin}/${status}/some.wasm`;
    await assert.rejects(init(`${at}?token=hidden#part`), {
      name: 'HttpError', status, retryable, body: 'why',
      message: `init: what came from ${at} is HTTP ${status} instead of the WebAssembly: ${cure}`,
    });
    await init(new URL(origin));
    assert.equal(sign({ a: 1 }, 'secret'), SIGNED);
  });
}

test('an address that cannot be fetched is shown without what may be secret in it', async () => {
  const { init } = await fresh('browser.js');
  for (const [address, shown] of [
    ['https://user:hidden@h.example/aigobo@1/a.wasm?hidden#hidden', 'https://h.example/aigobo@1/a.wasm'],
    ['//user:hidden@h.example/a.wasm', '//h.example/a.wasm'],
    ['http:\\\\user:hidden@h.example', 'http:\\\\h.example'],
    [new URL('http://hidden@h.example/a'), 'http://h.example/a'],
    ['/aigobo@1/a.wasm?hidden', '/aigobo@1/a.wasm'],
    ['http://', 'http://'],
  ]) {
    await assert.rejects(init(address), (/** @type {any} */ error) => {
      assert.equal(error.message, `init: cannot be fetched from ${shown}; hand it ${SOURCES}`);
      return error.name === 'ConfigError' && !('cause' in error && error.cause);
    });
  }
  await assert.rejects(init(`data:text/plain,${'a'.repeat(10_000)}?hidden`), ({ message }) => message.length < 500 && !message.includes('hidden'));
});

test('a download that is needed no more may fail unheard', async () => {
  const [unheard, signed] = await run([], `
import { readFileSync } from 'node:fs';
import { init, sign } from ${JSON.stringify(join(installed, 'browser.js'))};
const unheard = [];
process.on('unhandledRejection', (reason) => unheard.push(String(reason)));
await init(readFileSync('wasm/aigobo_bg.wasm'));
await init(Promise.reject(new Error('too late')));
await new Promise((done) => setTimeout(done, 20));
console.log(JSON.stringify([unheard, sign({ a: 1 }, 'secret')]));`);
  assert.deepEqual([unheard, signed], [[], SIGNED]);
});

test("at the edge: a bundler that makes something else of the wasm's module is told of", async () => {
  for (const [entry, file] of [['edge.js', 'aigobo_bg'], ['workerd.js', 'envelope_bg']]) {
    // As a bundler does that takes a wasm for an asset: its address.
    const { sign } = await import(`data:text/javascript,${await bundled(String(entry), { loader: { '.wasm': 'file' } })}`);
    assert.throws(() => sign({}, 's'), { name: 'ConfigError', option: 'init', message: new RegExp(`made a string of aigobo/wasm/${file}\\.wasm\\?module, not a WebAssembly\\.Module.*aigobo/inline`) });
  }
});
