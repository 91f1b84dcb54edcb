// @ts-check
// A copy of an app, as a user would have it: built, served and looked at.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('node:test').TestContext} TestContext */

const HERE = fileURLToPath(new URL('.', import.meta.url));
const COPIES = join(HERE, 'copies');
const require = createRequire(import.meta.url);

/** Of one build or one start, in milliseconds. */
const LONGEST = 120_000;

/** Of one request while polling: a development server that builds anew may drop it on the floor. */
export const PATIENCE = 5_000;

/** What they tell about their users, and what they ask the internet for. */
const QUIET = { NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', DO_NOT_TRACK: '1', NO_COLOR: '1' };

/** Half of the frameworks want a Node newer than the package does. @returns {string | undefined} undefined where there is none */
function newerNode() {
  try {
    const program = join(dirname(require.resolve('node24/package.json')), 'bin/node');
    if (existsSync(program)) return program;
  } catch {
    // Another system than the one that this package of Node is for.
  }
  return Number(process.versions.node.split('.')[0]) >= 22 ? process.execPath : undefined;
}

export const NODE = newerNode();

/** Process groups that run: bundlers and servers start more processes. @type {Set<number>} */
const groups = new Set();
process.on('exit', () => groups.forEach(kill));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(1));

/** @param {number} group */
function kill(group) {
  groups.delete(group);
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/**
 * @param {string} app its folder
 * @param {string} lib where in it its server's own files lie
 * @param {Record<string, string>} env
 */
export function project(app, lib, env) {
  mkdirSync(COPIES, { recursive: true });
  const folder = mkdtempSync(join(COPIES, `${app}-`));
  cpSync(join(HERE, app), folder, { recursive: true });
  cpSync(join(HERE, 'lib'), join(folder, lib), { recursive: true });
  // What wrangler reads; others have the environment itself.
  writeFileSync(join(folder, '.dev.vars'), Object.entries(env).map(([name, value]) => `${name}="${value}"\n`).join(''));

  /** @param {string} command @param {Record<string, string>} [extra] */
  function start(command, extra) {
    const [name = '', ...args] = command.split(' ');
    const program = name === 'node' ? [] : [realpathSync(join(HERE, 'node_modules/.bin', name))];
    const path = [dirname(String(NODE)), process.env.PATH].join(delimiter);
    const { NODE_ENV, NODE_OPTIONS, NODE_TEST_CONTEXT, ...outer } = process.env;
    const child = spawn(String(NODE), [...program, ...args], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...outer, ...QUIET, ...env, ...extra, PATH: path } });
    const group = Number(child.pid);
    groups.add(group);
    const running = { printed: '', ended: /** @type {Promise<number | null>} */ (new Promise((resolve) => child.once('exit', resolve))), kill: () => kill(group) };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (running.printed += text));
    return running;
  }

  return {
    folder,

    /** @param {string} command */
    async build(command) {
      const running = start(command);
      const late = setTimeout(running.kill, LONGEST);
      const code = await running.ended;
      clearTimeout(late);
      running.kill();
      if (code !== 0) throw new Error(`${command}: exit ${code}\n${running.printed}`);
    },

    /**
     * Serves until the test ends.
     * @param {TestContext} t
     * @param {string} command with PORT in it, or reading it from the environment
     */
    async serve(t, command) {
      const port = String(await freePort());
      const base = `http://127.0.0.1:${port}`;
      const running = start(command.replace('PORT', port), { PORT: port, HOST: '127.0.0.1' });
      t.after(() => {
        running.kill();
        return running.ended;
      });
      let ended = false;
      void running.ended.then(() => (ended = true));
      await until(`${command} answers`, async () => {
        if (ended) throw new Error(`${command} ended\n${running.printed}`);
        return within(PATIENCE, async (signal) => (await fetch(base, { signal })).arrayBuffer()).catch(() => undefined);
      });
      return { base, printed: () => running.printed };
    },

    /** @param {string} file @param {string} from @param {string} to */
    edit(file, from, to) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      writeFileSync(join(folder, file), text.replace(from, to));
    },

    /** How often the wasm is in what was built, as base64 and as a file. @param {string} output */
    copies(output) {
      const wasm = readFileSync(require.resolve('aigobo/aigobo.wasm'));
      const base64 = Buffer.from(wasm.toString('base64'));
      const count = { inCode: 0, files: 0 };
      for (const file of filesIn(join(folder, output))) {
        const bytes = readFileSync(file);
        if (bytes.equals(wasm)) count.files += 1;
        for (let at = bytes.indexOf(base64); at >= 0; at = bytes.indexOf(base64, at + 1)) count.inCode += 1;
      }
      return count;
    },
  };
}

/** All but bundlers' caches and maps. @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'cache' ? [] : filesIn(path);
    return entry.isFile() && !entry.name.endsWith('.map') ? [path] : [];
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * What is asked, or an error once it takes too long: a development server may drop a request so that its fetch never ends.
 * @template T
 * @param {number} ms
 * @param {(signal: AbortSignal) => Promise<T>} ask
 * @returns {Promise<T>}
 */
export async function within(ms, ask) {
  const controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([ask(controller.signal), late]);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/**
 * Asks until there is an answer.
 * @template T
 * @param {string} what
 * @param {() => Promise<T | undefined>} ask
 * @returns {Promise<T>}
 */
export async function until(what, ask) {
  const end = Date.now() + LONGEST;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not within ${LONGEST / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
