// @ts-check
// From the crate to the three wasm modules and their glue.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

/** Where wasm and glue are when all is done. */
export const GLUE = join(ROOT, 'target', 'glue', 'wasm');

/** The folder of the crate that is compiled for speed. */
export const ENGINE = 'engine';

/** The client's never carries the platform's; the envelope's is for who needs nothing else of the client's, and soon, with a glue of its own. */
export const WASM = [
  { name: 'aigobo', glue: 'instance', features: ['--no-default-features', '--features', 'client'] },
  { name: 'sandbox', glue: 'sandbox', features: ['--no-default-features', '--features', 'sandbox,doctor'] },
  { name: 'envelope', features: ['--no-default-features', '--features', 'envelope'], plain: true },
];

/** What engines may have, as wasm-opt is told in Cargo.toml, but for what crosses as no number. */
const PLAIN = ['--enable-bulk-memory', '--enable-nontrapping-float-to-int', '--enable-sign-ext', '--enable-mutable-globals'];

/** What the glue calls the wasm's imports, and the exports the event loop calls. */
const LONG_NAMES = /"(__wbg_\w+|__wbindgen_\w+_\d{16})" \(func|\(export "(wasm_bindgen__convert__closures_\w+)"/g;

/** @param {NodeJS.ProcessEnv} environment */
export function buildWasm(environment) {
  const crate = writeCdylibCrate();
  const env = { ...environment, CARGO_TARGET_DIR: join(ROOT, 'target'), CARGO_ENCODED_RUSTFLAGS: rustFlags() };
  for (const { name, features, plain } of WASM) {
    if (plain) buildPlain(crate, name, features, env);
    else run('wasm-pack', ['build', crate, '--release', '--target', 'web', '--no-pack', '--out-dir', GLUE, '--out-name', name, '--', '--locked', ...features], env);
  }
  shortenNames(env);
  writeInstanceFactory();
}

/**
 * A wasm into which nothing but numbers goes. As rustc's target has it by now, texts come back as two results of one function:
 * engines compile a way out for each such function before its first call, which takes them as long as all the rest.
 * @param {string} crate
 * @param {string} name
 * @param {string[]} features
 * @param {NodeJS.ProcessEnv} env
 */
function buildPlain(crate, name, features, env) {
  run('cargo', ['build', '--release', '--locked', '--lib', '--target', 'wasm32-unknown-unknown', '--manifest-path', join(crate, 'Cargo.toml'), ...features], env);
  const [built, stripped, bound, graph] = [join(ROOT, 'target', 'wasm32-unknown-unknown', 'release', 'aigobo.wasm'), ...['_built.wasm', '_bg.wasm', '_graph.json'].map((end) => join(GLUE, name + end))];
  // Where it is told of no features wasm-bindgen warns, and keeps to the oldest.
  run('wasm-opt', [built, ...PLAIN, '--enable-reference-types', '--enable-multivalue', '-g', '--strip-target-features', '-o', stripped], env);
  run('wasm-bindgen', ['--target', 'web', '--omit-default-module-path', '--remove-producers-section', '--out-dir', GLUE, '--out-name', name, stripped], env, 'pipe');
  // A table of JavaScript's values comes all the same, with what fills it.
  const glue = readFileSync(join(GLUE, `${name}.js`), 'utf8');
  const used = new Set([...glue.matchAll(/\bwasm\.(\w+)/g)].map(([, used]) => String(used)));
  for (const table of ['__wbindgen_start', '__wbindgen_externrefs']) used.delete(table);
  writeFileSync(graph, JSON.stringify([...used].map((name) => ({ name, export: name, root: true }))));
  run('wasm-metadce', [bound, ...PLAIN, '--enable-reference-types', '--graph-file', graph, '-o', stripped], env, 'pipe');
  // The import is what ends a misuse with a text; without it that ends where the code does, in a trap.
  run('wasm-opt', [stripped, ...PLAIN, '--remove-imports', '-Oz', '-o', bound], env);
}

/**
 * The crate once more, as nothing but a cdylib: beside an rlib, which the tests need, cargo applies no link-time
 * optimisation, and without it the wasm is a fifth larger.
 */
function writeCdylibCrate() {
  const folder = join(ROOT, 'target', 'cdylib');
  const manifest = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8');
  const types = 'crate-type = ["cdylib", "rlib"]';
  // The engine keeps its place, in the workspace of the checkout; this one has no members.
  const [members, engine] = [`members = ["${ENGINE}"]\n`, `path = "${ENGINE}"`];
  for (const text of [types, members, engine]) {
    if (!manifest.includes(text)) throw new Error(`Cargo.toml has no ${text} any more: mend writeCdylibCrate`);
  }
  mkdirSync(folder, { recursive: true });
  const cdylib = manifest.replace(types, 'crate-type = ["cdylib"]\npath = "../../src/lib.rs"').replace(members, '').replace(engine, `path = "../../${ENGINE}"`);
  // What is not below its folder.
  writeFileSync(join(folder, 'Cargo.toml'), cdylib.replace(/^readme = .*\n/m, '').replace(/^\[\[bench\]\]\n(.+\n)+/m, ''));
  cpSync(join(ROOT, 'Cargo.lock'), join(folder, 'Cargo.lock'));
  return folder;
}

function rustFlags() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const sysroot = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout.trim();
  const flags = [
    // Panic messages carry source paths: the published wasm must not tell, nor depend on, whose machine built it.
    `--remap-path-prefix=${cargoHome}=cargo`,
    `--remap-path-prefix=${sysroot}=rust`,
    `--remap-path-prefix=${ROOT}=`,
    // For the sake of speed LLVM repeats code on several paths, counts addresses beside indices, and keeps in variables what a
    // loop writes: a fiftieth of the wasm, with nothing to be measured.
    ...['enable-pre=false', 'disable-lsr', 'disable-licm-promotion'].map((option) => `-Cllvm-args=-${option}`),
  ];
  // Encoded, because a path may hold spaces.
  return flags.join('\x1f');
}

/** Hashes end wasm-bindgen's names, which nothing compresses: a fiftieth of what a browser loads. @param {NodeJS.ProcessEnv} env */
function shortenNames(env) {
  const [wasm, glue, text] = ['aigobo_bg.wasm', 'aigobo.js', 'aigobo.wat'].map((file) => join(GLUE, file));
  // What the wasm uses, as wasm-opt is told in Cargo.toml: of more than that the text would be written in newer forms.
  const features = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8').match(/--enable-[\w-]+/g) ?? [];
  run('wasm-dis', [...features, wasm, '-o', text], env);
  let wat = readFileSync(text, 'utf8');
  let code = readFileSync(glue, 'utf8');
  const names = [...wat.matchAll(LONG_NAMES)].map(([, imported, exported]) => String(imported ?? exported));
  if (names.length < 40) throw new Error('wasm-bindgen names its imports otherwise by now: mend shortenNames');
  names.forEach((name, index) => {
    // The runtime knows the event loop's entries by their name.
    const short = name.startsWith('wasm_bindgen') ? `invoke${index}` : `i${index}`;
    wat = wat.replace(`"${name}"`, `"${short}"`);
    code = code.replace(new RegExp(`\\b${name}\\b`, 'g'), short);
  });
  // What the hashes also did: the wasm of another version is refused instead of being wired wrongly.
  const version = createHash('sha256').update(names.join()).digest('hex').slice(0, 6);
  writeFileSync(text, wat.replaceAll('"./aigobo_bg.js"', `"${version}"`));
  writeFileSync(glue, code.replaceAll('"./aigobo_bg.js"', `"${version}"`));
  // What was optimised once and written is optimised a little more when it is read again. Nothing lies in the first 1,024
  // bytes but the end of a stack that is about to overflow.
  run('wasm-opt', [...features, '--low-memory-unused', '--gufa', '-Oz', text, '-o', wasm], env);
}

/**
 * The glue makes room for a text as if it were ASCII, goes through it letter by letter, and moves it to a place three times
 * as large at the first that is not: a long text is then there more than four times. Here all but the shortest are
 * written at once, by the engine, and give back what they did not need: of a group's pre-order that leaves room for
 * what is signed and for the envelope after it.
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

/** Who calls what may throw is told by the wasm: one function for each, made once instead of at each call. */
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

/** What the glue does otherwise here than for everybody: each a thing that it writes, and what stands in its place. @type {[RegExp, string][]} */
const OTHERWISE = [
  // Whoever runs this wasm has encodeInto.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[^]*?^\}\n/m, ''],
  [/^function passStringToWasm0[^]*?^\}\n/m, PASS_TEXT],
  [/^function handleError[^]*?^\}\n/m, HANDLED],
  [/function\(\) \{ return handleError\((function \(.*\) \{\n[^]*?\}), arguments\); \}/g, 'handled($1)'],
  // The package's own code calls `free`, and with what it should.
  [/^if \(Symbol\.dispose\) .*\n/gm, ''],
  [/^ +_assertClass\(.*\n/gm, ''],
  [/^function _assertClass[^]*?^\}\n/m, ''],
  // An instance without room for a text is given up as a whole.
  [/^( +let ptr0, .*\n) +try \{\n([^]*?) +\} catch \(e\) \{\n[^]*?throw e;\n +\}\n/gm, '$1$2'],
  // Each runtime draws nonces its own way.
  [/globalThis\.crypto\.getRandomValues\(/, 'draw('],
  // What follows sets out one instance.
  [/^let wasmModule, wasmInstance, wasm;\n[^]*$/m, ''],
];

/** @param {string} glue */
function adapted(glue) {
  return OTHERWISE.reduce((text, [written, ours]) => {
    if (!written.test(text)) throw new Error(`wasm-bindgen writes nothing like ${written} by now: mend OTHERWISE`);
    // A global expression goes on from where it was.
    written.lastIndex = 0;
    return text.replace(written, ours);
  }, glue);
}

/**
 * The client's glue is a module with one instance in it, and an instance that trapped cannot be relied on any more.
 * As a function it can be made again, what the event loop calls in it can be guarded (a trap there would end the
 * process), its timers can be ended, and each runtime draws nonces its own way. (wasm-bindgen's own `schedule_reinit` resets the same glue, under calls that still run in the old instance.)
 */
function writeInstanceFactory() {
  const folder = GLUE;
  /** @type {string[]} */
  const names = [];
  const glue = readFileSync(join(folder, 'aigobo.js'), 'utf8').replace(/^export (class|function) (\w+)/gm, (_, kind, name) => {
    names.push(name);
    return `${kind} ${name}`;
  });
  // What follows finds and compiles the wasm, which is done before; and takes one of another realm, as in Next.js' edge
  // runtime, for none.
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
 * @param {'inherit' | 'pipe'} said where it speaks; into a pipe of what it says nothing is shown but why it failed
 */
function run(command, args, env, said = 'inherit') {
  const { status, stderr } = spawnSync(command, args, { cwd: ROOT, env, stdio: ['inherit', said, said], encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${stderr ?? ''}`.trim());
}
