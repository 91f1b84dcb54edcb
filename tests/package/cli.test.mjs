// The installed binary.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { Client } from 'aigobo';
import { MEMBER, preOrder } from './shop.js';

const BINARY = 'node_modules/.bin/aigobo';

/** @param {string[]} args @returns {Promise<{ code: number, stdout: string, stderr: string }>} */
const run = (...args) => new Promise((resolve) => execFile(BINARY, args, (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr })));

/** Starts it, and reads the environment it prints. @param {import('node:test').TestContext} t @param {string[]} args */
async function serve(t, ...args) {
  const child = spawn(BINARY, ['sandbox', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  /** @type {Record<string, string>} */
  const env = {};
  for await (const line of createInterface(child.stdout)) {
    const [name, value] = line.split('=');
    if (name && value) env[name] = value;
    if (name === 'AIGOBO_INVITATE_CODE') break;
  }
  return { child, client: Client.fromEnv(env), url: env.AIGOBO_BASE_URL };
}

test('a sandbox whose state outlives kill -9 and Ctrl-C', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'aigobo-cli-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const state = join(folder, 'sandbox.state');
  const first = await serve(t, '--state', state);
  const { memberId } = await first.client.registerMember(MEMBER);
  const { tempOrderCode } = await first.client.createPreOrder(preOrder(memberId));
  const busy = await run('sandbox', '--port', '0', '--state', state);
  assert.deepEqual([busy.code, /state: is in use by process \d+/.test(busy.stderr)], [2, true]);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await serve(t, '--state', state);
  const paid = await fetch(`${second.url}/_sandbox/pay`, { method: 'POST', body: JSON.stringify({ tempOrderCode }) });
  assert.equal(paid.status, 200);
  second.child.kill('SIGINT');
  assert.deepEqual(await once(second.child, 'exit'), [0, null]);

  const third = await serve(t, '--state', state);
  assert.equal((await third.client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已支付');
});

test('help, version, and what is used wrongly', async () => {
  assert.match((await run('--help')).stdout, /sandbox .*沙箱/);
  assert.match((await run('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
  for (const [args, why] of /** @type {[string[], RegExp][]} */ ([
    [['sandbox', '--port', 'x'], /port: must be a whole number/],
    [['sandbx'], /unknown command 'sandbx'\n\(Did you mean sandbox\?\)/],
    [['sandbox', '--prot', '1'], /unknown option '--prot'/],
  ])) {
    const { code, stderr } = await run(...args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, why);
  }
});
