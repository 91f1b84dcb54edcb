// A Next.js route handler, built for production and started.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SECRET, platform } from './hooks.js';

const APP = fileURLToPath(new URL('./next-app/', import.meta.url));
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next');

/**
 * Serves the built app until the test ends.
 * @param {import('node:test').TestContext} t
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} its address
 */
async function start(t, env) {
  const child = spawn(process.execPath, [NEXT, 'start', '--port', '0', '--hostname', '127.0.0.1'], { cwd: APP, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (address) return address[0];
  }
  throw new Error('next start ended');
}

test('Next.js: real callbacks reach a route handler', async (t) => {
  await promisify(execFile)(process.execPath, [NEXT, 'build'], { cwd: APP, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
  const { serving, callsBack } = await platform(t);
  const { accessToken, desKey, md5SecretKey, distrCode } = serving.clientOptions;
  const env = { AIGOBO_ACCESS_TOKEN: accessToken, AIGOBO_DES_KEY: desKey, AIGOBO_MD5_SECRET_KEY: md5SecretKey, AIGOBO_DISTR_CODE: distrCode, AIGOBO_BASE_URL: serving.url, HOOK_SECRET: SECRET };
  const base = await start(t, env);
  await callsBack(base);
  assert.equal((await (await fetch(`${base}/events`)).json()).length, 2);
});
