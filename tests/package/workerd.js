// workerd, Cloudflare's runtime: the wasm as a module, no Node around it.

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { folder } from './folder.js';

/**
 * Serves a worker until the test ends, bundled as wrangler does it: a wasm that it imports is a module of its own.
 * @param {import('node:test').TestContext} t
 * @param {string} worker
 * @param {Record<string, string>} bindings
 * @param {string[]} [conditions] wrangler's
 * @param {() => void} [starts] called when all is ready but workerd itself
 * @param {string} [date] what of JavaScript the worker has
 * @param {Record<string, string>} [objects] the worker's durable objects: a binding's name, and its class
 * @returns {Promise<string>} its address
 */
export async function workerd(t, worker, bindings, conditions = ['workerd', 'worker', 'browser'], starts = () => {}, date = '2025-09-01', objects = {}) {
  const place = folder(t);
  const entry = new URL('./worker-entry.js', import.meta.url).pathname;
  const loader = /** @type {const} */ ({ '.wasm': 'copy' });
  await build({ stdin: { contents: worker, resolveDir: join(entry, '..') }, bundle: true, external: ['cloudflare:*'], format: 'esm', platform: 'neutral', conditions, loader, assetNames: '[name]', outfile: join(place, 'worker.js'), logLevel: 'silent' });
  const modules = [...new Set(readFileSync(join(place, 'worker.js'), 'utf8').match(/(?<=from "\.\/)\w+\.wasm[^"]*/g))];
  writeFileSync(
    join(place, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .shop), (name = "internet", network = (allow = ["local", "private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const shop :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")${modules.map((name) => `, (name = "${name}", wasm = embed "${name.split('?')[0]}")`).join('')}],
  compatibilityDate = "${date}",
  durableObjectNamespaces = [${Object.values(objects).map((name) => `(className = "${name}", uniqueKey = "${name}")`).join(', ')}],
  durableObjectStorage = (inMemory = void),
  bindings = [${[
    ...Object.entries(bindings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`),
    ...Object.entries(objects).map(([name, of]) => `(name = "${name}", durableObjectNamespace = "${of}")`),
  ].join(', ')}]
);
`,
  );
  const binary = createRequire(import.meta.url).resolve('workerd/bin/workerd');
  starts();
  const child = spawn(binary, ['serve', '--control-fd=3', join(place, 'config.capnp')], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  t.after(() => child.kill());
  const control = createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdio[3]) });
  const exit = new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`workerd: exit ${code}`))));
  const listening = new Promise((resolve) => control.on('line', (line) => JSON.parse(line).event === 'listen' && resolve(JSON.parse(line).port)));
  return `http://127.0.0.1:${await Promise.race([listening, exit])}`;
}
