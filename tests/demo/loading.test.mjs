// How the wasm comes into a browser: the package's own files, unbundled, and a server that answers as badly as servers do.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { sign } from 'aigobo';
import { PLACES, POLICY, inEveryBrowser, placed, serve } from './browsers.js';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));
const WASM = readFileSync(join(PACKAGE, 'wasm/aigobo_bg.wasm'));
const SIGNED = sign({ a: 1 }, 'secret');
/** In a page: nothing of the package may write to the console, and each folder of copies is a package that nobody has loaded yet. */
const PAGE = `
globalThis.said = [];
for (const name of ['debug', 'error', 'info', 'log', 'trace', 'warn']) console[name] = (...words) => said.push(words.join(' '));
globalThis.load = (path) => import(path);
globalThis.failure = (action) => Promise.resolve().then(action).then(() => 'it did not fail', ({ name, code, option, status, retryable, message, cause }) => ({ name, code, option, status, retryable, message, cause: cause?.name }));
`;

/** @typedef {(response: import('node:http').ServerResponse) => unknown} Answer */

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** Of files that are WebAssembly, or should be. @type {string[]} */
let requests = [];
/** To the next requests for the wasm. @type {Answer} */
let answer;
let copies = 0;

/** @param {string} type @param {Uint8Array | string} bytes @returns {Answer} */
const served = (type, bytes) => (response) => response.writeHead(200, { 'content-type': type }).end(bytes);
const wasm = served('application/wasm', WASM);
/** Begins well, then nothing more. @param {string} type @returns {Answer} */
const brokenOff = (type) => (response) => {
  response.writeHead(200, { 'content-type': type, 'content-length': WASM.length });
  response.write(WASM.subarray(0, 100_000), () => response.destroy());
};

before(async () => {
  /** @type {Record<string, string>} */
  const scripts = { '/loading.js': PAGE };
  for (const [path, contents] of Object.entries(placed("aigobo.init().then(() => aigobo.sign({ a: 1 }, 'secret'))"))) scripts[path] = `import * as aigobo from './copy0/browser.js';\n${contents}`;
  server = await serve((request, response) => {
    const path = request.url ?? '';
    response.setHeader('content-security-policy', path === '/forbidding' ? POLICY.replace(" 'wasm-unsafe-eval'", '') : POLICY).setHeader('cache-control', 'no-store');
    if (path.includes('wasm') && !path.endsWith('.js')) {
      requests.push(path);
      return answer(response);
    }
    if (path === '/mended') answer = wasm;
    if (!path.endsWith('.js')) return response.setHeader('content-type', 'text/html').end(`<!doctype html><title>loading</title><script type="module" src="${path === '/places' ? '/page.js' : '/loading.js'}"></script>`);
    response.setHeader('content-type', 'text/javascript').end(scripts[path] ?? readFileSync(join(PACKAGE, path.replace(/^\/copy[^/]*/, ''))));
  });
});
after(() => server.close());

beforeEach(() => {
  requests = [];
  answer = wasm;
});

const NOT_WASM = /^init: what came from http:\S+aigobo_bg\.wasm \(\S+\) is not the WebAssembly: Vite before 8 needs .*; elsewhere serve it there, or hand init\(\) aigobo\/aigobo\.wasm's URL/;
const BROKEN_OFF = /^init: the WebAssembly could not be downloaded; call init\(\) again, or hand it aigobo\/aigobo\.wasm's URL/;

/** What is answered, what the error is, and what it says. @type {[string, Answer, object, RegExp][]} */
const FAILURES = [
  ['500', (response) => response.writeHead(500).end('out of order'), { name: 'HttpError', code: 'http', status: 500, retryable: true }, /is HTTP 500 instead of the WebAssembly: call init\(\) again later$/],
  ['404', (response) => response.writeHead(404).end(), { name: 'HttpError', code: 'http', status: 404, retryable: false }, /is HTTP 404 instead of the WebAssembly: Vite before 8 needs .*; elsewhere serve it there, or hand init\(\)/],
  ['403', (response) => response.writeHead(403).end(), { name: 'HttpError', code: 'http', status: 403, retryable: false }, /is HTTP 403 instead of the WebAssembly: let the page read it there, or hand init\(\)/],
  ['a page instead', served('text/html', '<!doctype html>'), { name: 'ConfigError', option: 'init', cause: 'CompileError' }, NOT_WASM],
  ['a page that claims to be wasm', served('application/wasm', '<!doctype html>'), { name: 'ConfigError', option: 'init', cause: 'CompileError' }, NOT_WASM],
  ['nothing', served('application/wasm', ''), { name: 'ConfigError', option: 'init', cause: 'CompileError' }, NOT_WASM],
  ['half of it', served('application/wasm', WASM.subarray(0, 100_000)), { name: 'ConfigError', option: 'init' }, NOT_WASM],
  ['half of it, of another type', served('application/octet-stream', WASM.subarray(0, 100_000)), { name: 'ConfigError', option: 'init', cause: 'CompileError' }, NOT_WASM],
  ['another wasm', served('application/wasm', WASM.subarray(0, 8)), { name: 'ConfigError', option: 'init', cause: 'TypeError' }, /^init: is the WebAssembly of something else; hand init\(\) this version's aigobo\/aigobo\.wasm$/],
  ['broken off', brokenOff('application/wasm'), { name: 'ConnectionError', code: 'connection', retryable: true }, BROKEN_OFF],
  ['broken off, of another type', brokenOff('application/octet-stream'), { name: 'ConnectionError', code: 'connection', retryable: true }, BROKEN_OFF],
  ['no answer', (response) => response.destroy(), { name: 'ConnectionError', code: 'connection', retryable: true }, BROKEN_OFF],
];

inEveryBrowser((newPage) => {
  /**
   * Does something in a page with a package nobody has loaded yet.
   * @template T
   * @param {(copy: string) => T} work
   * @param {string} [path]
   */
  async function inPage(work, path = '/') {
    const page = await newPage(`${server.origin}${path}`);
    const copy = `/copy${++copies}`;
    const done = await page.evaluate(work, copy);
    assert.deepEqual(await page.evaluate('said'), [], 'nothing is written to the console');
    await page.close();
    return done;
  }

  for (const [name, run] of PLACES) {
    test(`${name}: the file beside the code`, async () => {
      const page = await newPage(`${server.origin}/places`);
      assert.equal(await page.evaluate(run), SIGNED);
      assert.equal(requests.length, 1);
      await page.close();
    });
  }

  test('twenty at once download once, and later ones not at all', async () => {
    const signed = await inPage(async (copy) => {
      const { init, sign } = await /** @type {any} */ (globalThis).load(`${copy}/browser.js`);
      await Promise.all(Array.from({ length: 20 }, () => init()));
      await Promise.all([init(), init('/elsewhere.wasm'), init(new Response('no wasm'))]);
      return sign({ a: 1 }, 'secret');
    });
    assert.equal(signed, SIGNED);
    assert.deepEqual(requests.map((path) => path.replace(/\d+/, '')), ['/copy/wasm/aigobo_bg.wasm']);
  });

  for (const [name, bad, expected, words] of FAILURES) {
    test(`answered with ${name}: told so, then loaded`, async () => {
      answer = bad;
      const [error, signed] = await inPage(async (copy) => {
        const { load, failure } = /** @type {any} */ (globalThis);
        const { init, sign } = await load(`${copy}/browser.js`);
        const error = await failure(() => init());
        await fetch('/mended');
        await init();
        return [error, sign({ a: 1 }, 'secret')];
      });
      assert.deepEqual({ ...error, ...expected }, error);
      assert.match(error.message, words);
      assert.equal(signed, SIGNED);
    });
  }

  test('two sources at once: the first that succeeds counts', async () => {
    answer = (response) => response.writeHead(404).end();
    const [first, same, other, signed] = await inPage(async (copy) => {
      const { load, failure } = /** @type {any} */ (globalThis);
      const { init, sign } = await load(`${copy}/browser.js`);
      const bytes = await (await fetch(`${copy}/wasm/inline.js`)).text();
      const good = Uint8Array.from(atob(bytes.split("'")[1] ?? ''), (letter) => letter.charCodeAt(0));
      const lost = () => new URL('/lost.wasm', location.origin);
      const told = await Promise.all([failure(() => init(lost())), failure(() => init(lost())), failure(() => init(good))]);
      return [...told, sign({ a: 1 }, 'secret')];
    });
    assert.deepEqual([first.status, same.status, other, signed], [404, 404, 'it did not fail', SIGNED]);
    assert.deepEqual(requests, ['/lost.wasm']);
  });

  test('sources: an address, a Response, bytes, a module, and what comes of a promise', async () => {
    answer = served('text/plain', WASM);
    const worked = await inPage(async (copy) => {
      const { load } = /** @type {any} */ (globalThis);
      const at = new URL('/some.wasm', location.origin);
      const bytes = new Uint8Array(await (await fetch(at)).arrayBuffer());
      const within = new Uint8Array(bytes.length + 100);
      within.set(bytes, 7);
      const frame = document.body.appendChild(document.createElement('iframe'));
      const sources = {
        url: at,
        string: at.href,
        relative: 'some.wasm',
        response: await fetch(at),
        promise: fetch(at),
        'response of its own making': new Response(bytes, { headers: { 'content-type': 'application/wasm' } }),
        "a frame's response": new (/** @type {any} */ (frame.contentWindow).Response)(bytes),
        ArrayBuffer: bytes.buffer,
        Uint8Array: bytes,
        'a view': within.subarray(7, 7 + bytes.length),
        DataView: new DataView(within.buffer, 7, bytes.length),
        Module: await WebAssembly.compile(bytes),
      };
      /** @type {Record<string, string>} */
      const worked = {};
      for (const [name, source] of Object.entries(sources)) {
        const { init, sign } = await load(`${copy}-${name.replace(/\W/g, '')}/browser.js`);
        await init(source);
        worked[name] = sign({ a: 1 }, 'secret');
      }
      return worked;
    });
    assert.equal(Object.keys(worked).length, 12);
    for (const [name, signed] of Object.entries(worked)) assert.equal(signed, SIGNED, name);
  });

  test('what is no source is named, and the next attempt succeeds', async () => {
    const [errors, signed] = await inPage(async (copy) => {
      const { load, failure } = /** @type {any} */ (globalThis);
      const { init, sign } = await load(`${copy}/browser.js`);
      const read = await fetch('/some.wasm');
      await read.arrayBuffer();
      const wrong = [5, {}, true, () => {}, new Uint8Array(), new TextEncoder().encode('<!doctype html>'), new Response('<p>'), read, 'http://', Promise.resolve(5)];
      const errors = [];
      for (const source of wrong) errors.push(await failure(() => init(source)));
      await init(null);
      return [errors, sign({ a: 1 }, 'secret')];
    });
    assert.deepEqual(errors.map((/** @type {any} */ { name, option }) => `${name} ${option}`), Array(10).fill('ConfigError init'));
    const said = [/not number/, /not object/, /not boolean/, /not function/, /not the WebAssembly/, /not the WebAssembly/, /not the WebAssembly/, /read already/, /cannot be fetched from http/, /not number/];
    said.forEach((words, place) => assert.match(errors[place].message, words));
    assert.equal(signed, SIGNED);
  });

  test('used too early: told to await init(), and it works afterwards', async () => {
    const [early, late] = await inPage(async (copy) => {
      const { load, failure } = /** @type {any} */ (globalThis);
      const aigobo = await load(`${copy}/browser.js`);
      const keys = { accessToken: 't', desKey: '12345678', md5SecretKey: 's' };
      const uses = [() => aigobo.seal({}, keys), () => aigobo.sign({}, 's'), () => aigobo.validate('getOrderDetail', {}), () => new aigobo.Client({ ...keys, distrCode: 'D', allowBrowser: true })];
      const attempts = async () => Promise.all(uses.map(failure));
      const early = await attempts();
      const running = aigobo.init();
      early.push(await failure(uses[0]));
      await running;
      return [early, await attempts()];
    });
    for (const { name, option, message } of early) assert.deepEqual([name, option, message.includes('`await init()`')], ['ConfigError', 'init', true]);
    assert.deepEqual([early.length, late], [5, Array(4).fill('it did not fail')]);
  });

  test('inline: at its first use or by init, and nothing is downloaded', async () => {
    const signed = await inPage(async (copy) => {
      const { load } = /** @type {any} */ (globalThis);
      const first = await load(`${copy}/inline.js`);
      const second = await load(`${copy}-second/inline.js`);
      const begun = first.sign({ a: 1 }, 'secret');
      await Promise.all([first.init(), second.init(), second.init()]);
      return [begun, first.sign({ a: 1 }, 'secret'), second.sign({ a: 1 }, 'secret')];
    });
    assert.deepEqual(signed, [SIGNED, SIGNED, SIGNED]);
    assert.deepEqual(requests, []);
  });

  test("a policy without 'wasm-unsafe-eval' is what the error names", async () => {
    const errors = await inPage(async (copy) => {
      const { load, failure } = /** @type {any} */ (globalThis);
      const [fetched, inline] = [await load(`${copy}/browser.js`), await load(`${copy}/inline.js`)];
      return Promise.all([failure(() => fetched.init()), failure(() => inline.init()), failure(() => inline.sign({}, 's'))]);
    }, '/forbidding');
    for (const { name, message } of errors) assert.deepEqual([name, /'wasm-unsafe-eval'/.test(message)], ['ConfigError', true], message);
    assert.equal(errors.length, 3);
  });
});
