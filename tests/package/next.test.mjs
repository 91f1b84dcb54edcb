// A Next.js route handler, built for production and started.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'aigobo';
import { notifyUrls } from 'aigobo/notifications';
import { serveSandbox } from 'aigobo/sandbox-server';
import { MEMBER, preOrder } from './shop.js';

const SECRET = 'a secret of the shop';
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
  const serving = await serveSandbox({ port: 0 });
  t.after(() => serving.close());
  const { accessToken, desKey, md5SecretKey, distrCode } = serving.clientOptions;
  const env = { AIGOBO_ACCESS_TOKEN: accessToken, AIGOBO_DES_KEY: desKey, AIGOBO_MD5_SECRET_KEY: md5SecretKey, AIGOBO_DISTR_CODE: distrCode, AIGOBO_BASE_URL: serving.url, HOOK_SECRET: SECRET };
  const base = await start(t, env);
  const client = new Client(serving.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  const request = preOrder(memberId);
  const urls = await notifyUrls({ base: `${base}/hooks`, secret: SECRET, memberId, outSerialNo: request.outSerialNo });
  const { tempOrderCode } = await client.createPreOrder({ ...request, ...urls });
  await serving.sandbox.pay(tempOrderCode);
  await serving.sandbox.settled();
  assert.deepEqual(/** @type {any} */ (serving.sandbox.snapshot()).notifications.map(({ answer }) => answer), [200, 200]);
  assert.equal((await (await fetch(`${base}/events`)).json()).length, 2);
  assert.equal((await fetch(`${base}/hooks`, { method: 'POST', body: '{}' })).status, 403);
});
