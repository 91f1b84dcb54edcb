// The published types in strict projects: the oldest TypeScript that README promises, and the newest.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const FOLDER = import.meta.dirname;

/** What the projects have in common: libraries' own types are checked, too. */
const STRICT = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  isolatedModules: true,
  forceConsistentCasingInFileNames: true,
  target: 'es2022',
};

/** How a project finds its modules, and what it compiles. */
const NODENEXT = { options: { module: 'nodenext', moduleResolution: 'nodenext' }, files: ['types.ts', 'wrong-calls.ts', 'types.cts'] };
const BUNDLER = { options: { module: 'esnext', moduleResolution: 'bundler' }, files: ['types.ts', 'wrong-calls.ts'] };
const NODE10 = { options: { module: 'esnext', moduleResolution: 'node' }, files: ['types.ts', 'wrong-calls.ts'] };
const VERBATIM = { verbatimModuleSyntax: true };

/** What the project's own types know: a server has no DOM, a page no Node. */
const SERVER = { options: { lib: ['es2022'], types: ['node'] }, files: ['types-node.ts'] };
const PAGE = { options: { lib: ['es2022', 'dom', 'dom.iterable'], types: [] }, files: [] };
const BOTH = { options: { lib: ['es2022', 'dom', 'dom.iterable'], types: ['node'] }, files: ['types-node.ts'] };

const [oldest, newest] = ['typescript-oldest', 'typescript-newest'].map((name) => {
  const { version, bin } = require(`${name}/package.json`);
  return { version: /** @type {string} */ (version), tsc: join(dirname(require.resolve(`${name}/package.json`)), bin.tsc) };
});

/**
 * @param {string} tsc
 * @param {object} options
 * @param {string[]} files
 * @param {string} name
 */
async function compile(tsc, options, files, name) {
  const project = join(FOLDER, 'projects', `${name}.json`);
  mkdirSync(dirname(project), { recursive: true });
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files: files.map((file) => join('..', file)) }));
  return promisify(execFile)(process.execPath, [tsc, '-p', project, '--pretty', 'false'], { cwd: FOLDER }).then(() => '', ({ stdout }) => stdout);
}

describe('compile', { concurrency: availableParallelism() }, () => {
  for (const { version, tsc } of [oldest, newest]) {
    const old = version.startsWith('4.');
    const resolutions = old ? { nodenext: NODENEXT, node10: NODE10 } : { nodenext: NODENEXT, bundler: BUNDLER };
    for (const [resolution, how] of Object.entries(resolutions)) {
      for (const [where, known] of Object.entries({ server: SERVER, page: PAGE, both: BOTH })) {
        test(`TypeScript ${version}, ${resolution}, ${where}`, async () => {
          // Of these two versions together @types/node has faults of its own.
          const lax = old && known === BOTH ? { skipLibCheck: true } : {};
          const options = { ...how.options, ...known.options, ...(old ? {} : VERBATIM), ...lax };
          assert.equal(await compile(tsc, options, [...how.files, ...known.files], `${version}-${resolution}-${where}`), '');
        });
      }
    }

    test(`TypeScript ${version}: without its directive each wrong call is refused, for the reason that stands there`, async () => {
      const [expected, files] = [new Map(), [...NODENEXT.files, ...SERVER.files]];
      const bare = files.map((file) => {
        const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n');
        for (const [index, line] of lines.entries()) {
          const [, complaint] = line.match(/\/\/ @ts-expect-error '(.+)'$/) ?? [];
          if (complaint) expected.set(`bare/${file}:${index + 2}`, complaint);
          else assert.ok(!line.includes('@ts-expect-error'), `${file}:${index + 1} says no reason`);
        }
        mkdirSync(join(FOLDER, 'bare'), { recursive: true });
        writeFileSync(join(FOLDER, 'bare', file), lines.join('\n').replaceAll('@ts-expect-error', ''));
        return join('bare', file);
      });
      assert.ok(expected.size > 150, String(expected.size));
      const printed = await compile(tsc, { ...NODENEXT.options, ...SERVER.options }, bare, `${version}-bare`);
      const found = new Map([...printed.matchAll(/^(bare\/\S+)\((\d+),\d+\): error ([^]*?)(?=^\S|(?![^]))/gm)].map(([, file, line, message]) => [`${file}:${line}`, message]));
      assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
      assert.deepEqual([...expected].filter(([at, complaint]) => !found.get(at)?.includes(complaint)).map(([at]) => `${at}: ${found.get(at)}`), []);
    });
  }
});

test('README’s notifications compile as they stand, and as strictly', async () => {
  const files = ['guides/notifications.mjs', 'guides/zh-CN/notifications.mjs', 'guides/reconcile.mjs'];
  // What its functions are given has no types in JavaScript.
  const options = { ...NODENEXT.options, ...SERVER.options, allowJs: true, checkJs: true, noImplicitAny: false, noPropertyAccessFromIndexSignature: false };
  assert.equal(await compile(newest.tsc, options, files, 'guides'), '');
});

test('the connections that are taken are those of the libraries, but for the sentinel’s', async () => {
  const taken = ['createClient()', 'createClientPool()', 'createCluster({ rootNodes: [] })', 'new Redis()', 'new Cluster([])'];
  const source = `import { Cluster, Redis } from 'ioredis';
import { createClient, createClientPool, createCluster, createSentinel } from 'redis';
import { redisNotificationStore } from 'aigobo/redis';
${taken.map((client) => `redisNotificationStore(${client});`).join('\n')}
// @ts-expect-error 'RedisConnection'
redisNotificationStore(createSentinel({ name: 'shop', sentinelRootNodes: [] }));
`;
  writeFileSync(join(FOLDER, 'connections.ts'), source);
  assert.equal(await compile(newest.tsc, { ...NODENEXT.options, ...SERVER.options, skipLibCheck: true }, ['connections.ts'], 'connections'), '');
});

test('README promises what is compiled here', () => {
  for (const name of ['README.md', 'README.zh-CN.md']) {
    const text = readFileSync(join(FOLDER, 'node_modules', 'aigobo', name), 'utf8');
    const [first, last] = [oldest, newest].map((compiler) => compiler.version.replace(/\.\d+$/, ''));
    assert.match(text, new RegExp(`TypeScript ${first} (?:and newer|及以上)[^]{0,30}${first}[^]{0,5}${last}`), name);
  }
});

test('what was written down is suggested where anything may come', () => {
  const source = "import type { GatewayCode, OrderDetailReply } from 'aigobo';\nexport const code: GatewayCode = '';\nexport const status: OrderDetailReply['orderStatus'] = '';\n";
  const file = join(FOLDER, 'suggested.ts');
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ strict: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [] }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => (path === file ? ts.ScriptSnapshot.fromString(source) : ts.sys.fileExists(path) ? ts.ScriptSnapshot.fromString(readFileSync(path, 'utf8')) : undefined),
    getCurrentDirectory: () => FOLDER,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const suggested = (/** @type {string} */ before) => service.getCompletionsAtPosition(file, source.indexOf(before) + before.length + 1, {})?.entries.map(({ name }) => name);
  assert.ok(suggested("code: GatewayCode = ")?.includes('1000'));
  assert.ok(suggested("['orderStatus'] = ")?.includes('已支付'));
});
