// The suite of all runtimes in browsers: a page, a module worker, a service worker. One origin serves page and sandbox.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { createSandbox } from 'aigobo/sandbox';
import { build } from 'esbuild';
import { PLACES, POLICY, inEveryBrowser, placed, serve } from './browsers.js';

const DONE = '25 vectors, 11 endpoints, errors, abort, 50 at once';
const ROOT = new URL('../../', import.meta.url);
const VECTORS = readFileSync(new URL('tests/vectors/envelope.json', ROOT), 'utf8');

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('aigobo/sandbox').Sandbox} */
let sandbox;

/** `init` fetches the wasm beside it. @param {string} contents */
async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents: `import * as aigobo from 'aigobo'; import { suite } from './tests/package/suite.js'; const vectors = ${VECTORS}; ${contents}`, resolveDir: ROOT.pathname },
    bundle: true, format: 'esm', platform: 'browser', write: false, logLevel: 'silent',
  });
  return String(outputFiles[0]?.text);
}

before(async () => {
  sandbox = createSandbox({ deliver: async () => new Response() });
  /** @type {Record<string, [string, string | Buffer]>} */
  const files = {
    '/': ['text/html', '<!doctype html><title>suite</title><script type="module" src="/page.js"></script>'],
    '/aigobo.wasm': ['application/wasm', readFileSync(createRequire(import.meta.url).resolve('aigobo/aigobo.wasm'))],
  };
  const run = "aigobo.init(new URL('/aigobo.wasm', location.origin)).then(() => suite(aigobo, { baseUrl: location.origin, vectors }))";
  for (const [path, contents] of Object.entries(placed(run))) files[path] = ['text/javascript', await bundled(contents)];
  server = await serve(async (request, response) => {
    const file = files[request.url ?? ''];
    if (file) return void response.writeHead(200, { 'content-type': file[0], 'content-security-policy': POLICY }).end(file[1]);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await sandbox.fetch(new Request(`${server.origin}${request.url}`, { method: request.method ?? 'GET', headers: { 'content-type': String(request.headers['content-type']) }, body: request.method === 'POST' ? Buffer.concat(chunks) : null }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  });
});

after(() => server.close());

inEveryBrowser((newPage) => {
  for (const [name, run] of PLACES) {
    test(name, async (t) => {
      sandbox.reset();
      const page = await newPage(server.origin);
      t.diagnostic(await page.browser().version());
      assert.equal(await page.evaluate(run), DONE);
      await page.close();
    });
  }
});
