// The installed package in every runtime a server has: one suite, real programs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { sign } from 'aigobo';
import { serveSandbox } from 'aigobo/sandbox-server';
import edge from 'edge-runtime';
import { build } from 'esbuild';
import { NODES, bin } from './nodes.js';

const DONE = '25 vectors, 11 endpoints, errors, abort, 50 at once';
const FOLDER = new URL('./runtimes/', import.meta.url).pathname;
const MAIN = `import * as aigobo from 'aigobo';
import { suite } from '../suite.js';
import vectors from '../vectors/envelope.json' with { type: 'json' };

const [baseUrl] = globalThis.Deno?.args ?? process.argv.slice(2);
console.log(await suite(aigobo, { baseUrl, vectors }));
`;

/** @type {Awaited<ReturnType<typeof serveSandbox>>} */
let serving;

before(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  writeFileSync(join(FOLDER, 'main.mjs'), MAIN);
  // By require, in a file of its own: the suite itself is a module.
  writeFileSync(join(FOLDER, 'main.cjs'), `const aigobo = require('aigobo');
const vectors = require('../vectors/envelope.json');
import('../suite.js').then(({ suite }) => suite(aigobo, { baseUrl: process.argv[2], vectors })).then(console.log);
`);
  serving = await serveSandbox({ port: 0, deliver: async () => new Response() });
});
after(() => serving.close());

/** @param {string} program @param {string[]} args */
async function run(program, ...args) {
  // Each runtime has the quota to itself.
  serving.sandbox.reset();
  const env = { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
  const { stdout } = await promisify(execFile)(program, args, { env, cwd: FOLDER });
  return stdout.trim().split('\n').at(-1);
}

for (const [name, program] of NODES) {
  test(`${name}: import, require`, async (t) => {
    t.diagnostic(String(await run(program, '--version')));
    assert.equal(await run(program, 'main.mjs', serving.url), DONE);
    assert.equal(await run(program, 'main.cjs', serving.url), DONE);
    // Since Node 22 a module can be required that awaits nothing at its top level.
    if (program !== process.execPath) assert.equal(await run(program, '--no-warnings', '-p', "require('aigobo/inline').sign({ a: 1 }, 'secret')"), sign({ a: 1 }, 'secret'));
  });
}

test('Deno, with no permission but the net', async (t) => {
  t.diagnostic(String(await run(bin('deno'), '--version')));
  assert.equal(await run(bin('deno'), 'run', '--no-prompt', '--no-config', '--node-modules-dir=manual', '--allow-net=127.0.0.1', 'main.mjs', serving.url), DONE);
});

test('Bun: run, build, compile', async (t) => {
  t.diagnostic(String(await run(bin('bun'), '--version')));
  assert.equal(await run(bin('bun'), 'run', 'main.mjs', serving.url), DONE);
  await run(bin('bun'), 'build', '--target=bun', '--outfile=built.js', 'main.mjs');
  // Away from the package: it must not be needed.
  assert.equal(await run(bin('bun'), 'run', 'built.js', serving.url), DONE);
  await run(bin('bun'), 'build', '--compile', '--outfile=compiled', 'main.mjs');
  assert.equal(await run(join(FOLDER, 'compiled'), serving.url), DONE);
  rmSync(join(FOLDER, 'compiled'));
});

/** The suite in one file, for runtimes that take one. @param {string} entry @param {string[]} conditions */
async function bundled(entry, conditions) {
  const contents = `import * as aigobo from '${entry}'; import { suite } from './suite.js'; globalThis.run = (given) => suite(aigobo, given);`;
  const { outputFiles } = await build({ stdin: { contents, resolveDir: new URL('.', import.meta.url).pathname }, bundle: true, format: 'iife', platform: 'neutral', conditions, write: false, logLevel: 'silent' });
  return String(outputFiles[0]?.text);
}

test("Vercel's edge-runtime, the bytes inside", async () => {
  serving.sandbox.reset();
  const vm = new edge.EdgeRuntime();
  vm.evaluate(await bundled('aigobo/inline', ['edge-light', 'browser']));
  const vectors = readFileSync(new URL('./vectors/envelope.json', import.meta.url), 'utf8');
  assert.equal(await vm.evaluate(`run({ baseUrl: ${JSON.stringify(serving.url)}, vectors: ${vectors} })`), DONE);
});

test('a bundler shakes off what is not asked for, and never what loads the wasm', async () => {
  const contents = "import { sign } from 'aigobo/inline'; console.log(sign({ a: '1' }, 'secret'));";
  await build({ stdin: { contents, resolveDir: FOLDER }, bundle: true, format: 'esm', platform: 'neutral', outfile: join(FOLDER, 'shaken.mjs'), logLevel: 'silent' });
  assert.equal(await run(process.execPath, 'shaken.mjs'), sign({ a: '1' }, 'secret'));
});
