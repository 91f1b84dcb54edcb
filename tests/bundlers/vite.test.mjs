// @ts-check
// Vite's dev server, in a page and in SSR, and its builds with the package left outside.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { HERE, checkOutput, filesOf, runFile } from './output.js';
import { DONE, runPage, together } from './serve.js';

const PROJECTS = ['vite', 'vite-7'];

const used = together();

/** The Vite of a project. @param {string} project @returns {Promise<typeof import('vite')>} */
async function viteOf(project) {
  return import(pathToFileURL(createRequire(join(HERE, project, 'x.js')).resolve('vite')).href);
}

/**
 * A dev server until the test ends, with the sandbox behind it, as `vite` starts it in the project's folder.
 * @param {import('node:test').TestContext} t
 * @param {string} project
 * @param {import('vite').InlineConfig} [config]
 */
async function dev(t, project, config = {}) {
  used.serving.sandbox.reset();
  const behind = { target: used.serving.url, changeOrigin: false };
  const { createServer } = await viteOf(project);
  const server = await createServer({ root: join(HERE, project), logLevel: 'error', server: { host: '127.0.0.1', proxy: { '/api': behind, '/_sandbox': behind } }, ...config });
  t.after(() => server.close());
  return server;
}

/** @param {import('vite').ViteDevServer} server */
async function addressOf(server) {
  await server.listen();
  return String(server.resolvedUrls?.local[0]);
}

for (const project of PROJECTS) {
  test(`${project}: the dev server, by the project's configuration: page and worker`, async (t) => {
    assert.deepEqual(await runPage(used.browser, await addressOf(await dev(t, project))), [DONE, DONE]);
  });

  test(`${project}: ssrLoadModule, with the project's configuration and without`, async (t) => {
    for (const configFile of [/** @type {const} */ (false), undefined]) {
      const server = await dev(t, project, configFile === false ? { configFile } : {});
      const { run } = await server.ssrLoadModule(join(HERE, 'app/server.js'));
      assert.equal(await run(used.serving.url), DONE);
    }
  });

  test(`${project}: a server's build with the package outside`, async () => {
    used.serving.sandbox.reset();
    const outDir = join(HERE, project, 'dist/external');
    rmSync(outDir, { recursive: true, force: true });
    const { build } = await viteOf(project);
    await build({ root: join(HERE, project), configFile: false, logLevel: 'error', build: { ssr: '../app/server.js', outDir } });
    const [file, ...others] = filesOf(outDir);
    assert.ok(file && others.length === 0);
    assert.throws(() => checkOutput(outDir, 'inline'), /inline: 0/);
    assert.equal(await runFile(file, used.serving.url), DONE);
  });
}

test('vite: needs no configuration at all', async (t) => {
  assert.deepEqual(await runPage(used.browser, await addressOf(await dev(t, 'vite', { configFile: false }))), [DONE, DONE]);
});

test('vite-7: init names the line that is missing, whether the server answers with a page or with 404', async (t) => {
  for (const [appType, came] of /** @type {const} */ ([['spa', '(text/html) is not the WebAssembly'], ['mpa', 'is HTTP 404 instead of the WebAssembly']])) {
    const server = await dev(t, 'vite-7', { configFile: false, appType });
    const address = await addressOf(server);
    for (const said of await runPage(used.browser, address)) {
      assert.match(said, /^(ConfigError|HttpError): init: what came from http:\S+\/\.vite\/deps\/wasm\/aigobo_bg\.wasm /);
      assert.ok(said.includes(came), said);
      // What the project's configuration does.
      assert.ok(said.includes("`optimizeDeps: { exclude: ['aigobo'] }`"), said);
    }
  }
});
