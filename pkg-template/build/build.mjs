// @ts-check
// Makes pkg/, the publishable npm package. Does nothing if nothing changed.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtFrom, withOrigin } from './origin.mjs';
import { calledFirst, quick, withoutIndentation } from './quick.mjs';
import { ROOT, linkPackage, setUpBuild } from './setup.mjs';
import { ENGINE, GLUE, WASM, buildWasm } from './wasm.mjs';

const PKG = join(ROOT, 'pkg');
const NEXT = join(ROOT, 'target', 'pkg-next');
const STAMP = join(ROOT, 'target', 'pkg.stamp');
const VECTORS = join('tests', 'vectors', 'envelope.json');
const INPUTS = ['src', ENGINE, 'pkg-template', 'Cargo.toml', 'Cargo.lock', 'package-lock.json', VECTORS];
const DOCUMENTS = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'docs'];

/** Node's entries: each is one CommonJS implementation with a thin ESM wrapper, so that both give the same classes. (For the main entry Node imports a module instead.) */
const NODE_ENTRIES = [
  { source: 'node.js', name: 'node' },
  { source: 'sandbox-node.js', name: 'sandbox' },
  { source: 'doctor-node.js', name: 'doctor' },
  { source: 'sandbox-server.js', name: 'sandbox-server' },
  { source: 'replay-node.js', name: 'replay' },
  { source: 'notifications.js', name: 'notifications' },
  { source: 'redis.js', name: 'redis' },
];

/**
 * The parts of Node's main entry, each loaded when it is first needed, with the replacements of modules in each. (Only another part
 * loads a part, and hands it the error classes, of which there is one set.)
 * @type {Record<string, Record<string, string>>}
 */
const NODE_PARTS = {
  node: { './wasm/instance.js': './node-instance.js' },
  'node-module': { './wasm/instance.js': './node-instance.js', './node-beside.js': './node-beside-module.js' },
  'node-client': { './errors.js': './node-errors.js', './runtime.js': './node-lazy.js' },
  'node-whole': { './errors.js': './node-errors.js' },
};

/** Those of them that are not bundled into the entry that loads them. */
const PARTS = ['node-client', 'node-whole'];

/** workerd's parts, each with a runtime of its own. @type {Record<string, Record<string, string>>} */
const WORKERD_PARTS = {
  'workerd-envelope': { './wasm/instance.js': './envelope-instance.js' },
  'workerd-client': {},
};

/** Sources that only the bundles need; the others serve every other runtime. */
const BUNDLED = ['node.js', 'node-beside.js', 'node-beside-module.js', 'node-client.js', 'node-errors.js', 'node-file.js', 'node-instance.js', 'node-later.js', 'node-lazy.js', 'node-once.js', 'node-part.js', 'node-random.js', 'node-register.js', 'node-whole.js', 'envelope-instance.js', 'sandbox-node.js', 'sandbox-server.js', 'sandbox', 'doctor-node.js', 'doctor', 'replay-node.js', 'replay', 'common/answer.js'];

/** Builds if needed; returns whether anything was done. */
export async function build() {
  const environment = setUpBuild();
  const stamp = inputsHash();
  if (existsSync(PKG) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) {
    linkPackage();
    return false;
  }
  buildWasm(environment);
  assemble();
  await writeRegister();
  for (const name of PARTS) await bundle(`${name}.js`, name);
  for (const { source, name } of NODE_ENTRIES) writeWrapper(name, name === 'node' ? await bundleMain() : await bundle(source, name));
  // After Node's entry, which tells what is called first.
  for (const [name, parts] of Object.entries(WORKERD_PARTS)) await bundleForWorkerd(name, parts);
  writeCommonTypes();
  for (const source of BUNDLED) rmSync(join(NEXT, source), { recursive: true });
  rmSync(PKG, { recursive: true, force: true });
  renameSync(NEXT, PKG);
  writeFileSync(STAMP, stamp);
  linkPackage();
  return true;
}

/** Collects sources, glue, wasm and documents in a folder that becomes pkg/ only when it is complete. */
function assemble() {
  const template = join(ROOT, 'pkg-template');
  rmSync(NEXT, { recursive: true, force: true });
  mkdirSync(join(NEXT, 'wasm'), { recursive: true });
  for (const file of readdirSync(template)) {
    if (['.js', '.ts'].includes(extname(file))) cpSync(join(template, file), join(NEXT, file));
  }
  const manifest = JSON.parse(readFileSync(join(template, 'package.json'), 'utf8'));
  writeFileSync(join(NEXT, 'package.json'), `${JSON.stringify(withOrigin(manifest, builtFrom(process.env)), null, 2)}\n`);
  for (const folder of ['generated', 'types', 'notifications', 'redis', 'sandbox', 'doctor', 'replay', 'cli', 'common']) cpSync(join(template, folder), join(NEXT, folder), { recursive: true });
  for (const { name, glue } of WASM) {
    // By name, because wasm-pack also leaves a .gitignore there, which would keep npm from packing the wasm.
    for (const file of [...(glue ? [`${glue}.js`] : []), `${name}_bg.wasm`]) {
      cpSync(join(GLUE, file), join(NEXT, 'wasm', file));
    }
  }
  const bytes = readFileSync(join(NEXT, 'wasm', 'aigobo_bg.wasm'));
  const text = `'${bytes.toString('base64')}';\n`;
  writeFileSync(join(NEXT, 'wasm', 'inline.js'), `export default ${text}`);
  writeFileSync(join(NEXT, 'wasm', 'inline.cjs'), `module.exports = ${text}`);
  cpSync(join(ROOT, VECTORS), join(NEXT, 'vectors.json'));
  for (const file of DOCUMENTS) cpSync(join(ROOT, file), join(NEXT, file), { recursive: true });
}

/** TypeScript takes a .d.ts as ESM, like the package; code that requires it needs the same as .d.cts. */
function writeCommonTypes() {
  const parts = readdirSync(join(NEXT, 'types')).map((file) => `types/${basename(file, '.d.ts')}`);
  for (const name of ['index', 'generated/models', ...parts, ...NODE_ENTRIES.slice(1).map(({ name }) => name)]) {
    const text = readFileSync(join(NEXT, `${name}.d.ts`), 'utf8');
    writeFileSync(join(NEXT, `${name}.d.cts`), text.replace(/(from '\.[^']*)\.js'/g, "$1.cjs'"));
  }
}

/** The register as text, which JavaScript engines read in half the time of its objects; in ASCII, since other texts take them two bytes a letter. */
async function writeRegister() {
  const register = { ...(await import(pathToFileURL(join(NEXT, 'generated', 'endpoints.js')).href)) };
  const json = JSON.stringify(register).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const text = `JSON.parse(${JSON.stringify(json)})`;
  writeFileSync(join(NEXT, 'node-register.cjs'), `module.exports = ${text};\n`);
  writeFileSync(join(NEXT, 'node-register.js'), `export const read = () => ${text};\n`);
}

/**
 * The ESM wrapper of an entry. A file of one line lies between it and the implementation, since for an import Node searches the
 * whole imported file for names.
 * @param {string} name
 * @param {string[]} exported
 */
function writeWrapper(name, exported) {
  writeFileSync(join(NEXT, `${name}-import.cjs`), `exports.cjs = require('./${name}.cjs');\n`);
  writeFileSync(join(NEXT, `${name}.mjs`), `// The same classes as by require: one implementation, in ${name}.cjs.\nimport { cjs } from './${name}-import.cjs';\n\nexport const { ${exported.join(', ')} } = cjs;\n`);
}

/**
 * The main entry as CommonJS, and as the module that Node imports: getting from an import to CommonJS takes Node a third as long as all
 * else before the first envelope. Bundlers always get the CommonJS, since a module cannot load anything synchronously that they see.
 * @returns {Promise<string[]>} what it exports
 */
async function bundleMain() {
  const [common, module] = [join(NEXT, 'node.cjs'), join(NEXT, 'node-module.mjs')];
  const { text: bundle } = await bundled('node.js', 'node', { format: 'cjs' });
  // esbuild's own exports are replaced: preparing them takes as long as making all classes.
  const [, helpers = '', own = ''] = /^(var __defProp = [^]*?\nmodule\.exports = __toCommonJS\(\w+\);\n)([^]*)$/.exec(bundle) ?? [];
  const missed = (helpers.match(/\b__\w+/g) ?? []).find((name) => new RegExp(`\\b${name}\\b`).test(own));
  if (own === '' || missed) throw new Error(`esbuild writes CommonJS otherwise by now (${missed ?? 'its exports'}): mend bundleMain`);
  const code = own.replace(/^\/\/ Annotate the CommonJS [^]*$/m, '');
  const exportsAll = 'module.exports = api;\n';
  writeFileSync(common, code + exportsAll);
  // In a process of its own: here it would stay as the package's one implementation, and its folder is about to be renamed.
  const names = execFileSync(process.execPath, ['-p', 'Object.keys(require(process.argv[1])).sort().join()', common], { encoding: 'utf8' }).trim().split(',');
  // Each names the other for file tracers, which may choose otherwise than the Node that runs the files.
  const traced = `Object.defineProperty(api, '__esModule', { value: true });\n0 && (module.exports = { ${names.join(', ')} }, \`\${__dirname}/node-module.mjs\`);\n`;
  writeFileSync(common, (await quick(code, calledFirst(common), 30)) + exportsAll + traced);

  const { text } = await bundled('node.js', 'node-module', { format: 'esm' });
  const last = /^export \{\s+api\s+\};\s*$/m;
  if (!last.test(text)) throw new Error('esbuild writes exports otherwise by now: mend bundleMain');
  // The exports use names that nothing in it has, and come first, because tracers recognise a module by them.
  const exported = `export { ${names.map((name) => `$${name} as ${name}`).join(', ')} };\n`;
  const taken = `const { ${names.map((name) => `${name}: $${name}`).join(', ')} } = api;\n`;
  const whole = text.replace(last, () => taken);
  writeFileSync(module, exported + whole);
  const named = '(() => { return `${import.meta.dirname}/node.mjs`; });\n';
  writeFileSync(module, exported + (await quick(whole, calledFirst(module), 30)) + named);
  return names;
}

/**
 * One CommonJS file.
 * @param {string} source
 * @param {string} name
 * @returns {Promise<string[]>} what it exports
 */
async function bundle(source, name) {
  const { text } = await bundled(source, name, { format: 'cjs', define: { 'import.meta.url': 'moduleUrl' } });
  // Only if it is used: bundled again, into a module, this has no __filename.
  const asked = text.includes('moduleUrl') ? "const moduleUrl = require('node:url').pathToFileURL(__filename).href;\n" : '';
  writeFileSync(join(NEXT, `${name}.cjs`), asked + (name in NODE_PARTS ? withoutIndentation(text) : text));
  // Only the metafile of a module lists the exports.
  return (await bundled(source, name, { format: 'esm' })).exported;
}

/**
 * Bundles a source with everything it imports, and returns the names of its exports.
 * @param {string} source
 * @param {string} name
 * @param {import('esbuild').BuildOptions} options
 */
async function bundled(source, name, { define, ...options }) {
  // Imported only here, because setUpBuild may just have installed it.
  const esbuild = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(NEXT, 'package.json'), 'utf8'));
  const { metafile, outputFiles } = await esbuild.build({
    ...options,
    entryPoints: [join(NEXT, source)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    define: { ...define, 'process.env.AIGOBO_VERSION': JSON.stringify(version) },
    minifySyntax: name in NODE_PARTS,
    external: ['aigobo', 'aigobo/*', 'hono', '@hono/*', './wasm/inline.cjs', './node-register.cjs', ...PARTS.map((part) => `./${part}.cjs`)],
    plugins: [replacing(NODE_PARTS[name] ?? {})],
    outfile: join(NEXT, 'unused.js'),
    write: false,
    metafile: true,
  });
  return { text: String(outputFiles?.[0]?.text), exported: Object.values(metafile.outputs).flatMap(({ exports }) => exports).sort() };
}

/**
 * Bundles a module in place of its source; the user's bundler includes or drops it as a whole.
 * @param {string} name
 * @param {Record<string, string>} parts
 */
async function bundleForWorkerd(name, parts) {
  const esbuild = await import('esbuild');
  const path = join(NEXT, `${name}.js`);
  const external = ['./errors.js', './json.js', './wasm/*.wasm?module'];
  const { outputFiles } = await esbuild.build({ entryPoints: [path], outfile: path, write: false, bundle: true, format: 'esm', target: 'es2022', external, plugins: [replacing(parts)] });
  const code = String(outputFiles[0]?.text);
  // The functions have the names that they have in Node's entry.
  writeFileSync(path, name === 'workerd-envelope' ? await quick(code, calledFirst(join(NEXT, 'node.cjs')), 15) : code);
}

/**
 * Replaces modules, identified by the way they are imported.
 * @param {Record<string, string>} parts
 * @returns {import('esbuild').Plugin}
 */
function replacing(parts) {
  return {
    name: 'replacing',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\// }, ({ path }) => {
        const part = parts[path];
        return part && { path: join(NEXT, part) };
      }),
  };
}

function inputsHash() {
  const hash = createHash('sha256').update(process.version).update(`\0${builtFrom(process.env)}\0`);
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
