// The installed binary, in a pipe and in a real terminal.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { Client } from 'aigobo';
import { spawn as spawnInTerminal } from '@lydell/node-pty';

export const BINARY = resolve('node_modules/.bin/aigobo');

/** Keys that no output may hold. */
export const KEYS = { AIGOBO_ACCESS_TOKEN: 'cli-access-token-7f3a', AIGOBO_DES_KEY: 'cli-des-key-9b1c', AIGOBO_MD5_SECRET_KEY: 'cli-md5-secret-2e8d', AIGOBO_DISTR_CODE: 'DL1000100' };
export const SECRETS = [KEYS.AIGOBO_DES_KEY, KEYS.AIGOBO_MD5_SECRET_KEY];

/** @typedef {{ code: number, stdout: string, stderr: string }} Ran */
/** @typedef {{ input?: string, env?: Record<string, string>, cwd?: string }} Around */

/** Nothing of the machine's own settings, and nothing of ours. @param {Record<string, string>} env */
function environment(env) {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH: `${dirname(BINARY)}:${PATH}`, HOME, LANG: 'C.UTF-8', ...env };
}

/** @param {string[]} args @param {Around} [around] @returns {Promise<Ran>} */
export function run(args, { input, env = {}, cwd } = {}) {
  return finished(spawn(BINARY, args, { cwd, env: environment(env), stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] }), input);
}

/** A line as somebody types it. @param {string} line @param {Around} [around] @returns {Promise<Ran>} */
export function shell(line, { input, env = {}, cwd } = {}) {
  return finished(spawn('bash', ['-c', line], { cwd, env: environment(env), stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] }), input);
}

/** @param {import('node:child_process').ChildProcess} child @param {string | undefined} input @returns {Promise<Ran>} */
async function finished(child, input) {
  child.stdin?.on('error', () => {}).end(input);
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
  const code = await new Promise((ended) => child.once('close', ended));
  // An envelope holds the access token, and seal prints one.
  const secrets = child.spawnargs.some((arg) => /\bseal\b/.test(arg)) ? SECRETS : [...SECRETS, KEYS.AIGOBO_ACCESS_TOKEN];
  for (const secret of secrets) assert.ok(!`${stdout}${stderr}`.includes(secret), 'a key was shown');
  return { code, stdout, stderr };
}

/**
 * Each of them once, as many at a time as the machine has cores: a process is mostly its own start.
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T) => Promise<void>} use
 */
export async function forEach(items, use) {
  const left = [...items].values();
  const some = async () => {
    for (const item of left) await use(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, some));
}

/** Its one document. @param {string[]} args @param {Around} [around] @returns {Promise<any>} */
export async function json(args, around) {
  return JSON.parse((await run([...args, '--json'], around)).stdout);
}

/**
 * The same where somebody sits at it.
 * @param {import('node:test').TestContext} t
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, cols?: number, cwd?: string, program?: string }} [around]
 */
export function terminal(t, args, { env = {}, cols = 80, cwd = process.cwd(), program = BINARY } = {}) {
  const process_ = spawnInTerminal(program, args, { cols, rows: 40, cwd, env: { ...environment(env), TERM: 'xterm-256color' } });
  let raw = '';
  let seen = 0;
  /** @type {Set<() => void>} */
  const waiting = new Set();
  const news = () => waiting.forEach((look) => look());
  process_.onData((text) => {
    raw += text;
    news();
  });
  /** @type {number | undefined} */
  let code;
  process_.onExit(({ exitCode }) => {
    code = exitCode;
    news();
  });
  t.after(() => {
    if (code === undefined) process_.kill('SIGKILL');
  });
  const plain = () => stripVTControlCharacters(raw).replace(/\r/g, '');

  /** @template T @param {() => T | undefined} look @param {string} what @returns {Promise<T>} */
  function until(look, what) {
    return new Promise((done, failed) => {
      const limit = setTimeout(() => end(() => failed(new Error(`not within 20 s: ${what}\n${plain()}`))), 20_000);
      const again = () => {
        const found = look();
        if (found !== undefined) end(() => done(found));
      };
      /** @param {() => void} how */
      function end(how) {
        clearTimeout(limit);
        waiting.delete(again);
        how();
      }
      waiting.add(again);
      again();
    });
  }

  return {
    /** Waits for what comes next. @param {RegExp} pattern */
    shows: (pattern) =>
      until(() => {
        const found = pattern.exec(plain().slice(seen));
        if (!found) return undefined;
        seen += found.index + found[0].length;
        return found[0];
      }, String(pattern)),
    /** @param {string} text */
    types: (text) => process_.write(text),
    /** @returns {Promise<{ code: number, text: string, raw: string }>} */
    ended: async () => {
      const exit = await until(() => code, 'its end');
      for (const secret of SECRETS) assert.ok(!raw.includes(secret), 'a key was shown');
      return { code: exit, text: plain(), raw };
    },
  };
}

/** Starts a sandbox, and reads the environment it prints. @param {import('node:test').TestContext | { after(end: () => void): void }} t @param {string[]} args */
export async function serve(t, ...args) {
  const child = spawn(BINARY, ['sandbox', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  /** @type {Record<string, string>} */
  const env = {};
  for await (const line of createInterface(child.stdout)) {
    const [name, value] = line.split('=');
    if (name && value) env[name] = value;
    if (name === 'AIGOBO_INVITATE_CODE') break;
  }
  return { child, env, client: Client.fromEnv(env), url: env.AIGOBO_BASE_URL ?? '' };
}

/** @param {Record<string, string>} variables */
export const envFile = (variables) => Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`).join('');
