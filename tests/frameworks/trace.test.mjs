// @ts-check
// What Vercel, Netlify and Nitro take along of a package that they do not bundle: the files that are found by tracing.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodeFileTrace } from '@vercel/nft';
import { NODE } from './project.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));

/** Whether bundlers' condition is gone by or not, and whether the tracer's Node knows `module-sync`: the one that runs it chooses for itself. */
const CONDITIONS = { "older Nodes'": ['node'], "bundlers'": ['node', 'module'], "newer Nodes'": ['node', 'module-sync'] };

const WORK = `
const { Client, endpoints, open, seal } = aigobo;
const KEYS = { accessToken: 't', desKey: '12345678', md5SecretKey: 's' };
const opened = open(seal({ a: 1 }, KEYS), KEYS);
new Client({ ...KEYS, distrCode: 'D', fetch: async () => Response.json({ code: '0000', data: opened }) })
  .call('/some/path', {})
  .then((data) => console.log(JSON.stringify([data, endpoints.length])));
`;

for (const [name, conditions] of Object.entries(CONDITIONS)) {
  for (const [file, loads] of /** @type {const} */ ([['app.mjs', "import * as aigobo from 'aigobo';"], ['app.cjs', "const aigobo = require('aigobo');"]])) {
    test(`${file}, traced by ${name} conditions: all that any Node needs comes along`, async (t) => {
      mkdirSync(join(HERE, 'copies'), { recursive: true });
      const folder = mkdtempSync(join(HERE, 'copies', 'trace-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const [from, to] = ['from', 'to'].map((side) => join(folder, side));
      cpSync(installed, join(from, 'node_modules/aigobo'), { recursive: true });
      writeFileSync(join(from, file), `${loads}\n${WORK}`);
      const { fileList, warnings } = await nodeFileTrace([join(from, file)], { base: from, conditions });
      assert.deepEqual([...warnings], []);
      assert.deepEqual([...fileList].filter((path) => path.endsWith('.wasm')).map((path) => basename(path)).sort(), ['aigobo_bg.wasm', 'envelope_bg.wasm']);
      for (const path of fileList) cpSync(join(from, path), join(to, path), { recursive: true });
      for (const node of new Set([process.execPath, String(NODE)])) {
        for (const flags of [[], ['--no-experimental-require-module']]) {
          const { stdout, stderr } = await promisify(execFile)(node, [...flags, join(to, file)]);
          assert.deepEqual([JSON.parse(stdout), stderr], [[{ a: 1 }, 11], '']);
        }
      }
    });
  }
}
