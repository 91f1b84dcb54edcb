// Node's main entry: a module for `import`, CommonJS for `require` and for bundlers, and one implementation for all in a process.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { KEYS } from './lab.js';
import { NODES } from './nodes.js';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));
const PROGRAM = new URL('./entries-program.mjs', import.meta.url).pathname;

/** What a program prints as JSON. @param {string} node @param {string[]} flags @param {string} code */
async function run(node, flags, code) {
  writeFileSync(PROGRAM, `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const KEYS = ${JSON.stringify(KEYS)};
const files = () => Object.keys(require.cache).map((path) => path.slice(path.lastIndexOf('/') + 1)).filter((name) => name.startsWith('node'));
console.log(JSON.stringify(await (async () => {\n${code}\n})()));\n`);
  return JSON.parse((await promisify(execFile)(node, [...flags, PROGRAM])).stdout);
}

/** Node's, where it knows no condition `module-sync`, as before 20.19. */
const OLD = ['--no-experimental-require-module'];

const WAYS = { import: "await import('aigobo')", require: "require('aigobo')", bundlers: `await import(${JSON.stringify(join(installed, 'node.mjs'))})` };
const ENTRIES = ['node.mjs', 'node-module.mjs'];
const SEALS = 'aigobo.open(aigobo.seal({ a: 1 }, KEYS), KEYS);';
const CALLS = "await new aigobo.Client({ ...KEYS, distrCode: 'D', fetch: async () => Response.json({ code: '0000', data: 1 }) }).call('/some/path', {});";

for (const [name, node] of NODES) {
  for (const [first, one] of Object.entries(WAYS)) {
    for (const [second, other] of Object.entries(WAYS).filter(([way]) => way !== first)) {
      test(`${name}: by ${first}, then by ${second}: the same`, async () => {
        const names = await run(node, [], `
const [one, other] = [${one}, ${other}];
const names = Object.keys(one).filter((name) => name !== 'default' && name !== 'module.exports');
return names.concat(names.some((name) => one[name] !== other[name]) ? 'other' : 'same', names.filter((name) => one[name] === undefined));`);
        assert.equal(names.pop(), 'same');
        assert.ok(names.length > 30 && ['Client', 'GatewayError', 'endpoints', 'responseCodes', 'seal'].every((name) => names.includes(name)), String(names));
      });
    }
  }

  test(`${name}: an import reads CommonJS for a client alone`, async () => {
    const loaded = (/** @type {string} */ work, /** @type {string[]} */ flags = []) => run(node, flags, `const aigobo = await import('aigobo');\n${work}\nreturn files();`);
    assert.deepEqual(await loaded(`${SEALS} aigobo.endpoints.length;`), []);
    assert.deepEqual(await loaded(SEALS + CALLS), ['node-client.cjs', 'node-whole.cjs']);
    assert.deepEqual(await loaded(SEALS + CALLS, OLD), ['node-import.cjs', 'node.cjs', 'node-register.cjs', 'node-client.cjs', 'node-whole.cjs']);
  });

  test(`${name}: a require reads each part when it is first asked for`, async () => {
    const loaded = (/** @type {string} */ work) => run(node, [], `const aigobo = require('aigobo');\n${work}\nreturn files();`);
    assert.deepEqual(await loaded(`${SEALS} Object.keys(aigobo);`), ['node.cjs']);
    assert.deepEqual(await loaded('aigobo.endpoints.length;'), ['node.cjs', 'node-register.cjs']);
    assert.deepEqual(await loaded("try { aigobo.sign({}, ''); } catch (error) { error instanceof aigobo.ConfigError; }"), ['node.cjs']);
    assert.deepEqual(await loaded(CALLS), ['node.cjs', 'node-client.cjs', 'node-whole.cjs']);
  });

  for (const [way, entry] of Object.entries(WAYS)) {
    test(`${name}: by ${way}: each function has its own name, for a stack trace`, async () => {
      const others = await run(node, [], `const aigobo = ${entry}; return Object.entries(aigobo).filter(([name, value]) => typeof value === 'function' && value.name !== name && name !== 'module.exports').map(([name]) => name);`);
      assert.deepEqual(others, []);
    });
  }

  test(`${name}: what was required can be spread, and replaced as a test does it`, async () => {
    const [spread, replaced, restored] = await run(node, [], `
const aigobo = require('aigobo');
const { mock } = require('node:test');
const spread = { ...aigobo };
const mocked = mock.method(aigobo, 'validate', () => 'mocked');
const replaced = aigobo.validate();
mocked.mock.restore();
return [Object.keys(spread).every((key) => spread[key] === aigobo[key]), replaced, aigobo.validate === spread.validate];`);
    assert.deepEqual([spread, replaced, restored], [true, 'mocked', true]);
  });
}

test('a copy of the same version is the same, one of another is not', async (t) => {
  const copy = new URL('./node_modules/.another-version/', import.meta.url).pathname;
  t.after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(installed, copy, { recursive: true });
  const compare = () => run(process.execPath, [], `const aigobo = await import('aigobo'); return Promise.all(${JSON.stringify(ENTRIES)}.map(async (file) => (await import(${JSON.stringify(copy)} + file)).Client === aigobo.Client));`);
  const { version } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
  assert.deepEqual(await compare(), [true, true]);
  for (const path of ['node.cjs', 'node-module.mjs'].map((file) => join(copy, file))) {
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(`aigobo@${version}`));
    writeFileSync(path, text.replace(`aigobo@${version}`, 'aigobo@0.0.0'));
  }
  assert.deepEqual(await compare(), [false, false]);
});

test('where nothing can be left in the global object each stands for itself', async () => {
  const same = await run(process.execPath, [], `Response.error(); Object.preventExtensions(globalThis); const aigobo = await import('aigobo'); ${SEALS} ${CALLS} const other = require('aigobo'); other.sign({}, 's'); return aigobo.Client === other.Client;`);
  assert.equal(same, false);
});

test('bundled without its parts the module says what to do', async (t) => {
  const bundle = new URL('./entries-bundle.mjs', import.meta.url).pathname;
  t.after(() => rmSync(bundle, { force: true }));
  await build({ stdin: { contents: `export * from ${JSON.stringify(join(installed, 'node-module.mjs'))};`, resolveDir: installed }, bundle: true, platform: 'node', format: 'esm', outfile: bundle, logLevel: 'silent' });
  const said = await run(process.execPath, [], `const aigobo = await import(${JSON.stringify(bundle)});
return [() => aigobo.seal({}, KEYS), () => new aigobo.Client(KEYS), () => aigobo.validate('getOrderDetail', {})].map((attempt) => { try { attempt(); } catch (error) { return [error instanceof aigobo.ConfigError, error.option, error.message]; } });`);
  assert.equal(said.length, 3);
  for (const [ours, option, message] of said) {
    assert.deepEqual([ours, option], [true, 'init']);
    assert.match(message, /condition "module".*outside of the bundle/);
  }
});

/** @param {import('node:test').TestContext} t @param {string} contents @param {import('esbuild').BuildOptions} options */
async function saidByBundle(t, contents, options) {
  const bundle = new URL('./entries-bundle.cjs', import.meta.url).pathname;
  t.after(() => rmSync(bundle, { force: true }));
  await build({ stdin: { contents, resolveDir: dirname(bundle) }, bundle: true, format: 'cjs', outfile: bundle, logLevel: 'silent', ...options });
  const { stdout } = await promisify(execFile)(process.execPath, [bundle]);
  return JSON.parse(stdout);
}

for (const [name, use] of Object.entries({ sandbox: 'createSandbox()', doctor: "diagnose({ text: '{}' }, {})" })) {
  test(`in a bundle aigobo/${name} says that it is to be left outside`, async (t) => {
    const [ours, option, message] = await saidByBundle(t, `import * as aigobo from 'aigobo';
import { ${use.slice(0, use.indexOf('('))} } from 'aigobo/${name}';
try { ${use}; } catch (error) { console.log(JSON.stringify([error instanceof aigobo.ConfigError, error.option, error.message])); }`, { platform: 'node' });
    assert.deepEqual([ours, option], [true, 'init']);
    assert.match(message, /leave aigobo outside of the bundle$/);
  });
}
