// @ts-check
// Builds the three wasm modules and their glue from the crate.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { likeAfterLike } from './order.mjs';
import { ROOT } from './setup.mjs';

/** Where the finished wasm and glue are. */
export const GLUE = join(ROOT, 'target', 'glue', 'wasm');

/** The folder of the crate that is compiled for speed. */
export const ENGINE = 'engine';

/** The client's never carries the platform. The envelope's has a glue of its own, for programs that need only the envelope, and need it soon. */
export const WASM = [
  { name: 'aigobo', glue: 'instance', features: ['--no-default-features', '--features', 'client'] },
  { name: 'sandbox', glue: 'sandbox', features: ['--no-default-features', '--features', 'sandbox,doctor'] },
  { name: 'envelope', features: ['--no-default-features', '--features', 'envelope'], plain: true },
];

/** The wasm features that Cargo.toml allows wasm-opt, except those by which other things than numbers cross. */
const PLAIN = ['--enable-bulk-memory', '--enable-nontrapping-float-to-int', '--enable-sign-ext', '--enable-mutable-globals'];

/**
 * Leaves a function of its own what only one function calls: an engine compiles a function before its first call, and what is rarely
 * called would be compiled with it.
 */
const APART = ['--one-caller-inline-max-function-size=30'];

/** How many orders of the client's functions are tried: the best is a few hundred bytes smaller than the worst. */
const ORDERS = 24;

/** The glue's names for the wasm's imports, and for the exports that the event loop calls. */
const LONG_NAMES = /"(__wbg_\w+|__wbindgen_\w+_\d{16})" \(func|\(export "(wasm_bindgen__convert__closures_\w+)"/g;

/** @param {NodeJS.ProcessEnv} environment */
export function buildWasm(environment) {
  const crate = writeCdylibCrate();
  const env = { ...environment, CARGO_TARGET_DIR: join(ROOT, 'target'), CARGO_ENCODED_RUSTFLAGS: rustFlags() };
  for (const { name, features, plain } of WASM) {
    if (plain) {
      buildPlain(crate, name, features, env);
      continue;
    }
    // A folder for each: wasm-pack optimises every wasm that it finds there.
    const folder = join(ROOT, 'target', 'glue', name);
    run('wasm-pack', ['build', crate, '--release', '--target', 'web', '--no-pack', '--out-dir', folder, '--out-name', name, '--', '--locked', ...features], env);
    for (const end of ['.js', '.d.ts', '_bg.wasm', '_bg.wasm.d.ts']) cpSync(join(folder, name + end), join(GLUE, name + end));
  }
  shortenNames(env);
  writeInstanceFactory();
}

/**
 * Builds a wasm that takes only numbers. By rustc's present target, texts return as two results of a function: before its first
 * call engines compile a conversion for each such function, which takes them as long as all the rest.
 * @param {string} crate
 * @param {string} name
 * @param {string[]} features
 * @param {NodeJS.ProcessEnv} env
 */
function buildPlain(crate, name, features, env) {
  run('cargo', ['build', '--release', '--locked', '--lib', '--target', 'wasm32-unknown-unknown', '--manifest-path', join(crate, 'Cargo.toml'), ...features], env);
  const [built, stripped, bound, graph] = [join(ROOT, 'target', 'wasm32-unknown-unknown', 'release', 'aigobo.wasm'), ...['_built.wasm', '_bg.wasm', '_graph.json'].map((end) => join(GLUE, name + end))];
  // Without a list of features wasm-bindgen warns, and uses only the oldest.
  run('wasm-opt', [built, ...PLAIN, '--enable-reference-types', '--enable-multivalue', '-g', '--strip-target-features', '-o', stripped], env);
  run('wasm-bindgen', ['--target', 'web', '--omit-default-module-path', '--remove-producers-section', '--out-dir', GLUE, '--out-name', name, stripped], env, 'pipe');
  // wasm-bindgen still adds a table of JavaScript's values, and what fills it: both go.
  const glue = readFileSync(join(GLUE, `${name}.js`), 'utf8');
  const used = new Set([...glue.matchAll(/\bwasm\.(\w+)/g)].map(([, used]) => String(used)));
  for (const table of ['__wbindgen_start', '__wbindgen_externrefs']) used.delete(table);
  writeFileSync(graph, JSON.stringify([...used].map((name) => ({ name, export: name, root: true }))));
  run('wasm-metadce', [bound, ...PLAIN, '--enable-reference-types', '--graph-file', graph, '-o', stripped], env, 'pipe');
  // The import ends a misuse with a message; without it a misuse ends in a trap.
  run('wasm-opt', [stripped, ...PLAIN, '--remove-imports', '-Oz', ...APART, '-o', bound], env);
}

/**
 * Writes the crate again, as only a cdylib: with an rlib beside it, which the tests need, cargo applies no link-time
 * optimisation, and without that the wasm is a fifth larger.
 */
function writeCdylibCrate() {
  const folder = join(ROOT, 'target', 'cdylib');
  const manifest = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8');
  const types = 'crate-type = ["cdylib", "rlib"]';
  // The engine stays in the checkout's workspace; this workspace has no members.
  const [members, engine] = [`members = ["${ENGINE}"]\n`, `path = "${ENGINE}"`];
  for (const text of [types, members, engine]) {
    if (!manifest.includes(text)) throw new Error(`Cargo.toml has no ${text} any more: mend writeCdylibCrate`);
  }
  mkdirSync(folder, { recursive: true });
  const cdylib = manifest.replace(types, 'crate-type = ["cdylib"]\npath = "../../src/lib.rs"').replace(members, '').replace(engine, `path = "../../${ENGINE}"`);
  // Removes what is not below the crate's folder.
  writeFileSync(join(folder, 'Cargo.toml'), cdylib.replace(/^readme = .*\n/m, '').replace(/^\[\[bench\]\]\n(.+\n)+/m, ''));
  cpSync(join(ROOT, 'Cargo.lock'), join(folder, 'Cargo.lock'));
  return folder;
}

function rustFlags() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const sysroot = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout.trim();
  const flags = [
    // Panic messages carry source paths: the published wasm must neither reveal nor depend on the machine that built it.
    `--remap-path-prefix=${cargoHome}=cargo`,
    `--remap-path-prefix=${sysroot}=rust`,
    `--remap-path-prefix=${ROOT}=`,
    // For speed LLVM repeats code on several paths, counts addresses beside indices, and keeps in variables what a loop
    // writes: that is a fiftieth of the wasm, without a measurable gain.
    ...['enable-pre=false', 'disable-lsr', 'disable-licm-promotion'].map((option) => `-Cllvm-args=-${option}`),
  ];
  // Encoded, because a path may contain spaces.
  return flags.join('\x1f');
}

/** wasm-bindgen's names end in hashes, which do not compress: a fiftieth of what a browser loads. @param {NodeJS.ProcessEnv} env */
function shortenNames(env) {
  const [wasm, glue, text] = ['aigobo_bg.wasm', 'aigobo.js', 'aigobo.wat'].map((file) => join(GLUE, file));
  // The features of the wasm, as listed for wasm-opt in Cargo.toml: with more, the text would be written in newer forms.
  const features = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8').match(/--enable-[\w-]+/g) ?? [];
  run('wasm-dis', [...features, wasm, '-o', text], env);
  let wat = readFileSync(text, 'utf8');
  let code = readFileSync(glue, 'utf8');
  const names = [...wat.matchAll(LONG_NAMES)].map(([, imported, exported]) => String(imported ?? exported));
  if (names.length < 40) throw new Error('wasm-bindgen names its imports otherwise by now: mend shortenNames');
  names.forEach((name, index) => {
    // The runtime recognises the event loop's entries by this name.
    const short = name.startsWith('wasm_bindgen') ? `invoke${index}` : `i${index}`;
    wat = wat.replace(`"${name}"`, `"${short}"`);
    code = code.replace(new RegExp(`\\b${name}\\b`, 'g'), short);
  });
  // Makes a wasm with other imports, of another version, fail instead of being wired wrongly. Without the hashes, in which the folder is, too.
  const version = createHash('sha256').update(names.map((name) => name.replace(/[0-9a-f]{16}$/, '')).join()).digest('hex').slice(0, 6);
  writeFileSync(text, wat.replaceAll('"./aigobo_bg.js"', `"${version}"`));
  writeFileSync(glue, code.replaceAll('"./aigobo_bg.js"', `"${version}"`));
  // Optimising its own output once more gains a little. The first 1,024 bytes hold nothing but the end of a stack that is
  // about to overflow.
  run('wasm-opt', [...features, '--low-memory-unused', '--gufa', '-Oz', '--flatten', '--rereloop', '-Oz', '--coalesce-locals-learning', '--reorder-locals', '--vacuum', '-S', text, '-o', text], env);
  writeBestOrder(text, features, wasm, env);
}

/** Of several orders of the functions the one that a browser loads soonest. @param {string} text @param {string[]} features @param {string} wasm @param {NodeJS.ProcessEnv} env */
function writeBestOrder(text, features, wasm, env) {
  let best = new Uint8Array();
  let least = Number.POSITIVE_INFINITY;
  for (const ordered of likeAfterLike(readFileSync(text, 'utf8'), ORDERS)) {
    writeFileSync(text, ordered);
    run('wasm-as', [...features, text, '-o', wasm], env);
    const bytes = readFileSync(wasm);
    const { length } = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    if (length < least) [best, least] = [bytes, length];
  }
  writeFileSync(wasm, best);
}

/**
 * wasm-bindgen's glue makes room for a text as if it were ASCII, walks it letter by letter, and at the first other letter moves it
 * to a place three times as large: a long text then takes more than four times its room. Here the encoder writes all but the
 * shortest texts at once, and unused room is returned: with a group's pre-order that leaves room for the signing string and then
 * for the envelope.
 */
const PASS_TEXT = `function passStringToWasm0(arg, malloc, realloc) {
    const { length } = arg;
    let room = length > 40 ? Math.ceil((length > 4096 ? 2.8 : 3) * length) : length;
    let ptr = malloc(room, 1) >>> 0;
    let read = 0, written = 0;
    if (room === length) {
        const memory = getUint8ArrayMemory0();
        for (; read < length; read++) {
            const code = arg.charCodeAt(read);
            if (code > 0x7F) break;
            memory[ptr + read] = code;
        }
        written = read;
    }
    while (read < length) {
        ({ read, written } = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory0().subarray(ptr, ptr + room)));
        if (read < length) ptr = realloc(ptr, room, room = 3 * length, 1) >>> 0;
    }
    WASM_VECTOR_LEN = written;
    return room === written ? ptr : realloc(ptr, room, written, 1) >>> 0;
}
`;

/** Reports to the wasm what an import throws: one function for each import, made once instead of at each call. */
const HANDLED = `function handled(use) {
    return (...args) => {
        try {
            return use(...args);
        } catch (e) {
            wasm.__wbindgen_exn_store(addToExternrefTable0(e));
        }
    };
}
`;

/** Where our glue differs from wasm-bindgen's: what wasm-bindgen writes, and what replaces it. @type {[RegExp, string][]} */
const OTHERWISE = [
  // The Rust source says it, too.
  [/^ *\/\*\*\n[^]*?\*\/\n/gm, ''],
  // Every runtime of this wasm has encodeInto.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[^]*?^\}\n/m, ''],
  [/^function passStringToWasm0[^]*?^\}\n/m, PASS_TEXT],
  [/^function handleError[^]*?^\}\n/m, HANDLED],
  [/function\(\) \{ return handleError\((function \(.*\) \{\n[^]*?\}), arguments\); \}/g, 'handled($1)'],
  // Every runtime of this wasm has globalThis, and the wasm asks for the other names only where that is missing.
  [/function\(\) \{\n +const ret = typeof (?:global|self|window) === [^]*?\n +\}/g, '() => 0'],
  [/function\(\) \{\n +const ret = typeof globalThis === [^]*?\n +\}/, '() => addToExternrefTable0(globalThis)'],
  // Only the package's own code calls `free`, and with the right argument.
  [/^if \(Symbol\.dispose\) .*\n/gm, ''],
  [/^ +_assertClass\(.*\n/gm, ''],
  [/^function _assertClass[^]*?^\}\n/m, ''],
  // An instance without room for a text is discarded as a whole.
  [/^( +let ptr0, .*\n) +try \{\n([^]*?) +\} catch \(e\) \{\n[^]*?throw e;\n +\}\n/gm, '$1$2'],
  // Each runtime draws nonces its own way.
  [/globalThis\.crypto\.getRandomValues\(/, 'draw('],
  // The rest sets up a single instance.
  [/^let wasmModule, wasmInstance, wasm;\n[^]*$/m, ''],
];

/** @param {string} glue */
function adapted(glue) {
  return OTHERWISE.reduce((text, [written, ours]) => {
    if (!written.test(text)) throw new Error(`wasm-bindgen writes nothing like ${written} by now: mend OTHERWISE`);
    // A global regular expression continues where it stopped.
    written.lastIndex = 0;
    return text.replace(written, ours);
  }, glue);
}

/**
 * The client's glue is a module with one instance in it, and an instance that trapped is no longer reliable. As a function the glue
 * can make another instance; the event loop's calls into it can be guarded (a trap there would end the process), its timers can be
 * ended, and each runtime draws nonces its own way. (wasm-bindgen's own `schedule_reinit` resets the same glue, under calls that
 * still run in the old instance.)
 */
function writeInstanceFactory() {
  const folder = GLUE;
  /** @type {string[]} */
  const names = [];
  const glue = readFileSync(join(folder, 'aigobo.js'), 'utf8').replace(/^export (class|function) (\w+)/gm, (_, kind, name) => {
    names.push(name);
    return `${kind} ${name}`;
  });
  // The rest finds and compiles the wasm, which our loaders do; and it does not recognise a module of another realm, as in
  // Next.js' edge runtime.
  const [body = '', rest] = glue.split('async function __wbg_load(');
  if (/^(export|import)\b/m.test(body) || rest === undefined) {
    throw new Error('wasm-bindgen writes another kind of glue by now: mend writeInstanceFactory');
  }
  const own = `let wasm;

function begin(instance) {
    wasm = guard(instance.exports);
    wasm.__wbindgen_start();
}

function startSync(module) {
    begin(new WebAssembly.Instance(module, __wbg_get_imports()));
}

async function start(module) {
    begin(await WebAssembly.instantiate(module, __wbg_get_imports()));
}
`;
  writeFileSync(join(folder, 'instance.js'), `export function createInstance(guard, setTimeout, clearTimeout, queueMicrotask, draw) {\n${adapted(body)}\n${own}\nreturn { startSync, start, ${names.join(', ')} };\n}\n`);
  writeFileSync(
    join(folder, 'instance.d.ts'),
    `export function createInstance(
  guard: (exports: WebAssembly.Exports) => WebAssembly.Exports,
  setTimeout: (callback: () => void, ms: number) => unknown,
  clearTimeout: (timer: unknown) => void,
  queueMicrotask: (callback: () => void) => void,
  draw: (bytes: Uint8Array) => void,
): Omit<typeof import('./aigobo.js'), 'default' | 'initSync'> & { startSync(module: WebAssembly.Module): void; start(module: WebAssembly.Module): Promise<void> };\n`,
  );
  writeFileSync(join(folder, 'inline.d.ts'), 'declare const base64: string;\nexport default base64;\n');
  writeFileSync(join(folder, 'inline.d.cts'), 'declare const base64: string;\nexport = base64;\n');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {'inherit' | 'pipe'} said where its output goes; of a pipe's output only the reason of a failure is shown
 */
function run(command, args, env, said = 'inherit') {
  const { status, stderr } = spawnSync(command, args, { cwd: ROOT, env, stdio: ['inherit', said, said], encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${stderr ?? ''}`.trim());
}
