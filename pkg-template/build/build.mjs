// @ts-check
// Makes pkg/, the publishable npm package. Nothing is done where nothing changed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, linkPackage, setUpBuild } from './setup.mjs';

const PKG = join(ROOT, 'pkg');
const NEXT = join(ROOT, 'target', 'pkg-next');
const STAMP = join(ROOT, 'target', 'pkg.stamp');
const INPUTS = ['src', 'pkg-template', 'Cargo.toml', 'Cargo.lock', 'package-lock.json'];
const DOCUMENTS = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'docs'];

/** The two wasm modules: the client's never carries the platform's. */
const WASM = [
  { name: 'aigobo', glue: 'instance', features: [] },
  { name: 'sandbox', glue: 'sandbox', features: ['--no-default-features', '--features', 'sandbox'] },
];

/** Node's entries: one CommonJS implementation each, and a thin ESM wrapper, so that both give the same classes. */
const NODE_ENTRIES = [
  { source: 'node.js', name: 'node' },
  { source: 'sandbox-node.js', name: 'sandbox' },
  { source: 'sandbox-server.js', name: 'sandbox-server' },
  { source: 'notifications.js', name: 'notifications' },
  { source: 'redis.js', name: 'redis' },
];

/** Sources that only the bundles need; the others serve every other runtime. */
const BUNDLED = ['node.js', 'sandbox-node.js', 'sandbox-server.js', 'sandbox'];

/** Builds where needed; returns whether anything was done. */
export async function build() {
  const environment = { ...setUpBuild(), CARGO_ENCODED_RUSTFLAGS: withoutOwnPaths() };
  const stamp = inputsHash();
  if (existsSync(PKG) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) {
    linkPackage();
    return false;
  }
  for (const { name, features } of WASM) {
    const args = ['build', '.', '--release', '--target', 'web', '--no-pack', '--out-dir', 'target/glue/wasm', '--out-name', name, '--', ...features];
    const { status } = spawnSync('wasm-pack', args, { cwd: ROOT, env: environment, stdio: 'inherit' });
    if (status !== 0) throw new Error(`wasm-pack ${args.join(' ')} failed`);
  }
  writeInstanceFactory();
  assemble();
  for (const entry of NODE_ENTRIES) await bundleForNode(entry);
  writeCommonTypes();
  for (const source of BUNDLED) rmSync(join(NEXT, source), { recursive: true });
  rmSync(PKG, { recursive: true, force: true });
  renameSync(NEXT, PKG);
  writeFileSync(STAMP, stamp);
  linkPackage();
  return true;
}

/** Panic messages carry source paths: the published wasm must not tell, nor depend on, whose machine built it. */
function withoutOwnPaths() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  // Encoded, because a path may hold spaces.
  return [`--remap-path-prefix=${cargoHome}=cargo`, `--remap-path-prefix=${ROOT}=`].join('\x1f');
}

/**
 * The client's glue is a module with one instance in it, and an instance that trapped cannot be relied on any more.
 * As a function it can be made again, what the event loop calls in it can be guarded (a trap there would end the
 * process), and its timers can be ended. (wasm-bindgen's own `schedule_reinit` resets the same glue, under calls that still run in the old instance.)
 */
function writeInstanceFactory() {
  const folder = join(ROOT, 'target', 'glue', 'wasm');
  const names = ['initSync', 'default: __wbg_init'];
  const exports = 'wasm = instance.exports;';
  // What it is handed is a module always; one of another realm, as in Next.js' edge runtime, `instanceof` does not know.
  const compiles = /if \(!\(module instanceof WebAssembly\.Module\)\) \{\s*module = new WebAssembly\.Module\(module\);\s*\}/;
  const body = readFileSync(join(folder, 'aigobo.js'), 'utf8')
    .replace(/^export (class|function) (\w+)/gm, (_, kind, name) => {
      names.push(name);
      return `${kind} ${name}`;
    })
    .replace(/^export \{ initSync, __wbg_init as default \};$/m, '');
  if (/^(export|import)\b/m.test(body) || body.split(exports).length !== 2 || !compiles.test(body)) {
    throw new Error('wasm-bindgen writes another kind of glue by now: mend writeInstanceFactory');
  }
  const guarded = body.replace(exports, 'wasm = guard(instance.exports);').replace(compiles, '');
  writeFileSync(join(folder, 'instance.js'), `export function createInstance(guard, setTimeout, clearTimeout, queueMicrotask) {\n${guarded}\nreturn { ${names.join(', ')} };\n}\n`);
  writeFileSync(
    join(folder, 'instance.d.ts'),
    `export function createInstance(
  guard: (exports: WebAssembly.Exports) => WebAssembly.Exports,
  setTimeout: (callback: () => void, ms: number) => unknown,
  clearTimeout: (timer: unknown) => void,
  queueMicrotask: (callback: () => void) => void,
): typeof import('./aigobo.js');\n`,
  );
  writeFileSync(join(folder, 'inline.d.ts'), 'declare const base64: string;\nexport default base64;\n');
}

/** Sources, glue, wasm and documents side by side in a folder that becomes pkg/ only when it is whole. */
function assemble() {
  const template = join(ROOT, 'pkg-template');
  rmSync(NEXT, { recursive: true, force: true });
  mkdirSync(join(NEXT, 'wasm'), { recursive: true });
  for (const file of readdirSync(template)) {
    if (['.js', '.ts'].includes(extname(file)) || file === 'package.json') cpSync(join(template, file), join(NEXT, file));
  }
  for (const folder of ['generated', 'notifications', 'redis', 'sandbox', 'cli', 'common']) cpSync(join(template, folder), join(NEXT, folder), { recursive: true });
  for (const { name, glue } of WASM) {
    // By name: wasm-pack also leaves a .gitignore there, which would keep npm from packing the wasm.
    for (const file of [`${glue}.js`, `${name}_bg.wasm`]) {
      cpSync(join(ROOT, 'target', 'glue', 'wasm', file), join(NEXT, 'wasm', file));
    }
  }
  const bytes = readFileSync(join(NEXT, 'wasm', 'aigobo_bg.wasm'));
  writeFileSync(join(NEXT, 'wasm', 'inline.js'), `export default '${bytes.toString('base64')}';\n`);
  for (const file of DOCUMENTS) cpSync(join(ROOT, file), join(NEXT, file), { recursive: true });
}

/** TypeScript takes a .d.ts for what the package is, ESM; who requires it needs the same as .d.cts. */
function writeCommonTypes() {
  for (const name of ['index', 'generated/models', ...NODE_ENTRIES.slice(1).map(({ name }) => name)]) {
    const text = readFileSync(join(NEXT, `${name}.d.ts`), 'utf8');
    writeFileSync(join(NEXT, `${name}.d.cts`), text.replace(/(from '\.[^']*)\.js'/g, "$1.cjs'"));
  }
}

/** @param {{ source: string, name: string }} entry */
async function bundleForNode({ source, name }) {
  // Imported here: setUpBuild may just have installed it.
  const esbuild = await import('esbuild');
  /** @satisfies {import('esbuild').BuildOptions} */
  const common = {
    entryPoints: [join(NEXT, source)],
    bundle: true,
    platform: /** @type {const} */ ('node'),
    target: 'node20',
    external: ['aigobo', 'aigobo/*', 'hono', '@hono/*'],
  };
  // Only an ESM bundle's metafile lists the exports.
  const esm = await esbuild.build({ ...common, format: 'esm', outfile: join(NEXT, 'unused.js'), write: false, metafile: true });
  const exported = Object.values(esm.metafile.outputs).flatMap(({ exports }) => exports);
  const cjs = await esbuild.build({ ...common, format: 'cjs', outfile: join(NEXT, `${name}.cjs`), write: false, define: { 'import.meta.url': 'moduleUrl' } });
  const [{ text }] = cjs.outputFiles;
  // Only where it is asked for: bundled once more, into a module, this has no __filename.
  const asked = text.includes('moduleUrl') ? "const moduleUrl = require('node:url').pathToFileURL(__filename).href;\n" : '';
  writeFileSync(join(NEXT, `${name}.cjs`), asked + text);
  writeFileSync(
    join(NEXT, `${name}.mjs`),
    `// The same classes as by require: one implementation, in ${name}.cjs.\nimport cjs from './${name}.cjs';\n\nexport const { ${exported.sort().join(', ')} } = cjs;\n`,
  );
}

function inputsHash() {
  const hash = createHash('sha256').update(process.version);
  /** @param {string} path */
  const add = (path) => {
    const full = join(ROOT, path);
    const entries = existsSync(full) ? readDirectory(full) : undefined;
    if (entries) for (const entry of entries.sort()) add(join(path, entry));
    else hash.update(`\0${path}\0`).update(readFileSync(full));
  };
  for (const input of [...INPUTS, ...DOCUMENTS]) add(input);
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[] | undefined} undefined for a file
 */
function readDirectory(path) {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const done = await build();
  console.log(done ? 'pkg/ is built' : 'pkg/ is up to date');
}
