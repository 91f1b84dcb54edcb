// @ts-check
// The main entry needs none of the tools that the command line and the sandbox's server are made of.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { HERE } from './output.js';

const TOOLS = ['hono', '@hono/node-server', 'commander'];

/** What only the other entries may bring. */
const FOREIGN = /sandbox|cli\/|notifications|redis|commander|hono/;

/** A folder that has the package and nothing else. @type {string} */
let bare;

before(() => {
  bare = mkdtempSync(join(tmpdir(), 'aigobo-bare-'));
  mkdirSync(join(bare, 'node_modules'));
  cpSync(dirname(createRequire(import.meta.url).resolve('aigobo/package.json')), join(bare, 'node_modules/aigobo'), { recursive: true });
});
after(() => rmSync(bare, { recursive: true }));

/** @param {string} folder @param {import('esbuild').BuildOptions} options @param {string} entry */
async function bundle(folder, options, entry = 'aigobo') {
  const contents = `import * as all from '${entry}'; globalThis.all = all;`;
  const { outputFiles, metafile } = await build({ stdin: { contents, resolveDir: folder }, absWorkingDir: folder, bundle: true, write: false, metafile: true, logLevel: 'silent', ...options });
  assert.equal(outputFiles?.length, 1);
  return { bytes: outputFiles?.[0]?.contents, inputs: Object.keys(metafile?.inputs ?? {}).filter((path) => path !== '<stdin>') };
}

test('with the tools and without', async (t) => {
  assert.deepEqual(readdirSync(join(bare, 'node_modules')), ['aigobo']);
  for (const tool of TOOLS) createRequire(import.meta.url).resolve(tool);
  // That they are missing there shows where one is needed.
  await assert.rejects(bundle(bare, { platform: 'node', format: 'esm' }, 'aigobo/sandbox-server'), /Could not resolve "@hono\/node-server"/);
  for (const [name, options] of /** @type {[string, import('esbuild').BuildOptions][]} */ ([
    ['browser', { platform: 'browser', format: 'esm' }],
    ['node, as a module', { platform: 'node', format: 'esm' }],
    ['node, required', { platform: 'node', format: 'cjs', conditions: ['require'], mainFields: ['main'] }],
  ])) {
    await t.test(name, async () => {
      const [withTools, without] = [await bundle(HERE, options), await bundle(bare, options)];
      assert.deepEqual(withTools.bytes, without.bytes);
      assert.deepEqual(withTools.inputs, without.inputs);
      assert.ok(without.inputs.length > 0);
      for (const path of without.inputs) {
        const own = /^node_modules\/aigobo\/(.*)$/.exec(path)?.[1];
        assert.ok(own && !FOREIGN.test(own), path);
      }
    });
  }
});
