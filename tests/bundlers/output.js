// @ts-check
// Building a project, and what may be in what it made.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';

export const HERE = import.meta.dirname;

const run = promisify(execFile);

/** Nothing runs for ever, in milliseconds. */
const LONGEST = 120_000;

const WASM = readFileSync(createRequire(import.meta.url).resolve('aigobo/aigobo.wasm'));

/** A piece of the wasm's text that is nowhere else; three bytes are four letters. */
const MIDDLE = 3 * Math.floor(WASM.length / 6);
const INLINE = WASM.subarray(MIDDLE, MIDDLE + 300).toString('base64').slice(8, 200);

/**
 * As the project's own script does it.
 * @param {string} project
 * @param {string} mode
 * @param {string} side the script, and the folder it writes to
 */
export async function build(project, mode, side) {
  const folder = join(HERE, project, 'dist', mode, side);
  rmSync(folder, { recursive: true, force: true });
  await run('npm', ['run', '--silent', side], { cwd: join(HERE, project), env: { ...process.env, NODE_ENV: mode }, timeout: LONGEST });
  return folder;
}

/** @param {string} folder @returns {string[]} every file under it */
export function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return entries.filter((entry) => statSync(entry).isFile()).sort();
}

/**
 * The wasm is there once, and nothing is there twice.
 * @param {string} folder
 * @param {'file' | 'inline'} how
 */
export function checkOutput(folder, how) {
  const files = filesOf(folder).map((path) => ({ name: relative(folder, path), kind: extname(path), bytes: readFileSync(path) }));
  const code = files.filter(({ kind }) => ['.js', '.cjs', '.mjs', '.html'].includes(kind));
  const copies = code.map(({ bytes }) => bytes.toString().split(INLINE).length - 1).reduce((sum, count) => sum + count, 0);
  const emitted = files.filter(({ kind }) => kind === '.wasm');
  assert.deepEqual({ emitted: emitted.length, inline: copies }, { emitted: how === 'file' ? 1 : 0, inline: how === 'file' ? 0 : 1 });
  for (const { bytes } of emitted) assert.ok(bytes.equals(WASM), 'another wasm than the package has');

  const hashes = new Map(files.map(({ name, bytes }) => [createHash('sha256').update(bytes).digest('hex'), name]));
  assert.equal(hashes.size, files.length, `a file is there twice: ${files.map(({ name }) => name)}`);
  const maps = files.filter(({ kind }) => kind === '.map');
  const named = maps.map(({ name }) => code.filter(({ bytes }) => bytes.includes(`sourceMappingURL=${name.split('/').at(-1)}`)).length);
  assert.deepEqual(named, maps.map(() => 1), 'a map belongs to one file');
  for (const { name, bytes } of maps) {
    const { sources } = JSON.parse(bytes.toString());
    assert.equal(new Set(sources).size, sources.length, `${name} names a source twice`);
  }
}

/**
 * Runs a server's bundle where there is nothing but it, and returns the last line it prints.
 * @param {string} folder
 * @param {string} baseUrl
 */
export async function runServer(folder, baseUrl) {
  const alone = mkdtempSync(join(tmpdir(), 'aigobo-server-'));
  try {
    cpSync(folder, alone, { recursive: true });
    const [entry, ...others] = filesOf(alone).filter((path) => extname(path) !== '.map');
    assert.ok(entry && others.length === 0, `one file: ${others}`);
    const { type } = JSON.parse(readFileSync(join(folder, '../../../package.json'), 'utf8'));
    writeFileSync(join(alone, 'package.json'), JSON.stringify({ type }));
    return await runFile(entry, baseUrl);
  } finally {
    rmSync(alone, { recursive: true });
  }
}

/** @param {string} file @param {string} baseUrl */
export async function runFile(file, baseUrl) {
  const { stdout } = await run(process.execPath, [file, baseUrl], { timeout: LONGEST });
  return stdout.trim().split('\n').at(-1);
}
