// @ts-check
// Makes pkg/, the publishable npm package. Nothing is done where nothing changed.

import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtFrom, withOrigin } from './origin.mjs';
import { ROOT, linkPackage, setUpBuild } from './setup.mjs';
import { ENGINE, GLUE, WASM, buildWasm } from './wasm.mjs';

const PKG = join(ROOT, 'pkg');
const NEXT = join(ROOT, 'target', 'pkg-next');
const STAMP = join(ROOT, 'target', 'pkg.stamp');
const VECTORS = join('tests', 'vectors', 'envelope.json');
const INPUTS = ['src', ENGINE, 'pkg-template', 'Cargo.toml', 'Cargo.lock', 'package-lock.json', VECTORS];
const DOCUMENTS = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'docs'];

/** Node's entries: one CommonJS implementation each, and a thin ESM wrapper, so that both give the same classes. (Of the main one Node imports a module instead.) */
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
 * Node's main entry in parts, each loaded when it is first needed: what stands for a module in which of them. (A part is loaded
 * by another of them alone, which hands it the classes of the errors: they are once for all.)
 * @type {Record<string, Record<string, string>>}
 */
const NODE_PARTS = {
  node: { './wasm/instance.js': './node-instance.js' },
  'node-module': { './wasm/instance.js': './node-instance.js', './node-beside.js': './node-beside-module.js' },
  'node-client': { './errors.js': './node-errors.js', './runtime.js': './node-lazy.js' },
  'node-whole': { './errors.js': './node-errors.js' },
};

/** Of these, what is not bundled into the entry that loads it. */
const PARTS = ['node-client', 'node-whole'];

/** workerd's, each with a runtime of its own. @type {Record<string, Record<string, string>>} */
const WORKERD_PARTS = {
  'workerd-envelope': { './wasm/instance.js': './envelope-instance.js' },
  'workerd-client': {},
};

/** Sources that only the bundles need; the others serve every other runtime. */
const BUNDLED = ['node.js', 'node-beside.js', 'node-beside-module.js', 'node-client.js', 'node-errors.js', 'node-instance.js', 'node-later.js', 'node-lazy.js', 'node-once.js', 'node-part.js', 'node-random.js', 'node-register.js', 'node-whole.js', 'envelope-instance.js', 'sandbox-node.js', 'sandbox-server.js', 'sandbox', 'doctor-node.js', 'doctor', 'replay-node.js', 'replay', 'common/answer.js'];

/** Builds where needed; returns whether anything was done. */
export async function build() {
  const environment = setUpBuild();
  const stamp = inputsHash();
  if (existsSync(PKG) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) {
    linkPackage();
    return false;
  }
  buildWasm(environment);
  assemble();
  for (const [name, parts] of Object.entries(WORKERD_PARTS)) await bundleForWorkerd(name, parts);
  await writeRegister();
  for (const name of PARTS) await bundle(`${name}.js`, name);
  for (const { source, name } of NODE_ENTRIES) writeWrapper(name, name === 'node' ? await bundleMain() : await bundle(source, name));
  writeCommonTypes();
  for (const source of BUNDLED) rmSync(join(NEXT, source), { recursive: true });
  rmSync(PKG, { recursive: true, force: true });
  renameSync(NEXT, PKG);
  writeFileSync(STAMP, stamp);
  linkPackage();
  return true;
}

/** Sources, glue, wasm and documents side by side in a folder that becomes pkg/ only when it is whole. */
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
    // By name: wasm-pack also leaves a .gitignore there, which would keep npm from packing the wasm.
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

/** TypeScript takes a .d.ts for what the package is, ESM; who requires it needs the same as .d.cts. */
function writeCommonTypes() {
  const parts = readdirSync(join(NEXT, 'types')).map((file) => `types/${basename(file, '.d.ts')}`);
  for (const name of ['index', 'generated/models', ...parts, ...NODE_ENTRIES.slice(1).map(({ name }) => name)]) {
    const text = readFileSync(join(NEXT, `${name}.d.ts`), 'utf8');
    writeFileSync(join(NEXT, `${name}.d.cts`), text.replace(/(from '\.[^']*)\.js'/g, "$1.cjs'"));
  }
}

/** The register as text, which JavaScript's engines read in half the time that they take for its objects; in ASCII, since of anything else they make two bytes a letter. */
async function writeRegister() {
  const register = { ...(await import(pathToFileURL(join(NEXT, 'generated', 'endpoints.js')).href)) };
  const json = JSON.stringify(register).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const text = `JSON.parse(${JSON.stringify(json)})`;
  writeFileSync(join(NEXT, 'node-register.cjs'), `module.exports = ${text};\n`);
  writeFileSync(join(NEXT, 'node-register.js'), `export const read = () => ${text};\n`);
}

/**
 * What an entry is for who imports it: between it and the implementation a file of one line, since for an import Node searches the
 * whole of what it imports from for names.
 * @param {string} name
 * @param {string[]} exported
 */
function writeWrapper(name, exported) {
  writeFileSync(join(NEXT, `${name}-import.cjs`), `exports.cjs = require('./${name}.cjs');\n`);
  writeFileSync(join(NEXT, `${name}.mjs`), `// The same classes as by require: one implementation, in ${name}.cjs.\nimport { cjs } from './${name}-import.cjs';\n\nexport const { ${exported.join(', ')} } = cjs;\n`);
}

/**
 * The main entry as CommonJS, and as the module that Node imports: its way from an import to CommonJS takes as long as all the rest
 * before the first envelope. Bundlers are led to the CommonJS by either way, for a module can load nothing at once that they see.
 * @returns {Promise<string[]>} what it exports
 */
async function bundleMain() {
  await bundle('node.js', 'node');
  const common = join(NEXT, 'node.cjs');
  appendFileSync(common, 'module.exports = api;\n');
  const names = Object.keys(createRequire(import.meta.url)(common)).sort();
  // Each names the other for who traces files, and need not choose as the Node will that runs them.
  appendFileSync(common, `Object.defineProperty(api, '__esModule', { value: true });\n0 && (module.exports = { ${names.join(', ')} }, \`\${__dirname}/node-module.mjs\`);\n`);
  const { text } = await bundled('node.js', 'node-module', { format: 'esm' });
  const last = /^export \{\s+api\s+\};\s*$/m;
  if (!last.test(text)) throw new Error('esbuild writes exports otherwise by now: mend bundleMain');
  // By names that nothing in it has; and first, by which tracers know a module.
  const exported = `export { ${names.map((name) => `$${name} as ${name}`).join(', ')} };\n`;
  const taken = `const { ${names.map((name) => `${name}: $${name}`).join(', ')} } = api;\n(() => { return \`\${import.meta.dirname}/node.mjs\`; });\n`;
  writeFileSync(join(NEXT, 'node-module.mjs'), withoutIndentation(exported + text.replace(last, () => taken)));
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
  // Only where it is asked for: bundled once more, into a module, this has no __filename.
  const asked = text.includes('moduleUrl') ? "const moduleUrl = require('node:url').pathToFileURL(__filename).href;\n" : '';
  writeFileSync(join(NEXT, `${name}.cjs`), asked + (name in NODE_PARTS ? withoutIndentation(text) : text));
  // Only a module's metafile lists them.
  return (await bundled(source, name, { format: 'esm' })).exported;
}

/**
 * A source with all that it takes, and the names of what it exports.
 * @param {string} source
 * @param {string} name
 * @param {import('esbuild').BuildOptions} options
 */
async function bundled(source, name, { define, ...options }) {
  // Imported here: setUpBuild may just have installed it.
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
 * Every kB of the main entry is read before the first envelope. Its lines stay as they are, for who sees them in a stack.
 * @param {string} code
 */
function withoutIndentation(code) {
  // A template of several lines has what stands at their beginning for its text.
  const text = code.split('`').filter((_, index) => index % 2 === 1);
  if (text.some((part) => /\n /.test(part))) throw new Error('a template would lose its indentation: mend withoutIndentation');
  return code.replace(/^ +(\/\*\*.*\*\/\n)?/gm, '');
}

/**
 * A module in the place of its source, which its bundler takes or leaves as a whole.
 * @param {string} name
 * @param {Record<string, string>} parts
 */
async function bundleForWorkerd(name, parts) {
  const esbuild = await import('esbuild');
  const path = join(NEXT, `${name}.js`);
  const external = ['./errors.js', './json.js', './wasm/*.wasm?module'];
  await esbuild.build({ entryPoints: [path], outfile: path, allowOverwrite: true, bundle: true, format: 'esm', target: 'es2022', external, plugins: [replacing(parts)] });
}

/**
 * One module in the place of another, by how it is imported.
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
