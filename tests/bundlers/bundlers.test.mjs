// @ts-check
// Every bundler, in development and in production: built by its project's own scripts, then executed, the client's output
// in Chromium and the server's in Node.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { HERE, build, checkOutput, runServer } from './output.js';
import { DONE, runPage, serveBeside, together } from './serve.js';

/** How each finds the wasm for a page: as the file that `init` looks for, or inside the code. @type {{ project: string, bundler: string, sides: Record<string, 'file' | 'inline'> }[]} */
const PROJECTS = [
  { project: 'vite', bundler: 'vite', sides: { client: 'file', server: 'inline' } },
  { project: 'vite-7', bundler: 'vite', sides: { client: 'file', server: 'inline' } },
  { project: 'webpack', bundler: 'webpack', sides: { client: 'file', server: 'inline' } },
  { project: 'rspack', bundler: '@rspack/core', sides: { client: 'file', server: 'inline' } },
  { project: 'parcel', bundler: 'parcel', sides: { client: 'file', server: 'inline' } },
  { project: 'esbuild', bundler: 'esbuild', sides: { client: 'inline', 'client-file': 'file', server: 'inline', 'server-cjs': 'inline' } },
  { project: 'rollup', bundler: 'rollup', sides: { client: 'inline', server: 'inline' } },
];

/** Those of which a page may make a worker: the suite runs in both. */
const WITH_WORKERS = ['vite', 'vite-7', 'webpack', 'rspack', 'parcel'];

const used = together();

test('each project names the version that runs', () => {
  for (const { project, bundler } of PROJECTS) {
    const { devDependencies } = JSON.parse(readFileSync(join(HERE, project, 'package.json'), 'utf8'));
    const found = createRequire(join(HERE, project, 'x.js')).resolve.paths(bundler)?.map((folder) => join(folder, bundler, 'package.json')) ?? [];
    assert.equal(versions(found)[0], devDependencies[bundler], project);
  }
});

/** @param {string[]} files */
function versions(files) {
  return files.flatMap((file) => {
    try {
      return [JSON.parse(readFileSync(file, 'utf8')).version];
    } catch {
      return [];
    }
  });
}

for (const { project, sides } of PROJECTS) {
  for (const mode of ['development', 'production']) {
    for (const [side, how] of Object.entries(sides)) {
      test(`${project}, ${mode}, ${side}`, async (t) => {
        const folder = await build(project, mode, side);
        checkOutput(folder, how);
        if (side.startsWith('server')) {
          used.serving.sandbox.reset();
          return assert.equal(await runServer(folder, used.serving.url), DONE);
        }
        const beside = await serveBeside(folder);
        t.after(beside.close);
        assert.deepEqual(await runPage(used.browser, beside.origin), WITH_WORKERS.includes(project) ? [DONE, DONE] : [DONE]);
        const fetched = new Set(beside.served.filter((path) => path.endsWith('.wasm')));
        assert.equal(fetched.size, how === 'file' ? 1 : 0);
      });
    }
  }
}
