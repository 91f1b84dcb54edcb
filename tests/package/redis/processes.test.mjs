// Eight processes and one account.

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { redisNotificationStore } from 'aigobo/redis';
import { serveSandbox } from 'aigobo/sandbox-server';
import { until } from '../lab.js';
import { CLIENTS, redisServer } from './server.js';

/** @param {object} what */
const worker = (what) => fork(new URL('./worker.mjs', import.meta.url), [JSON.stringify(what)]);

test('4,000 calls of eight processes bring no 0002 and use the quota', async (t) => {
  const { port } = await redisServer(t);
  // The platform's minute passes in seven and a half seconds: what a call takes here, 8 processes on few cores, is part of each period.
  const [speed, start, began] = [8, 1_626_570_000_000, Date.now()];
  /** @type {number[]} */
  const arrivals = [];
  const now = () => {
    arrivals.push(Date.now());
    return start + (Date.now() - began) * speed;
  };
  const serving = await serveSandbox({ port: 0, clock: now });
  t.after(() => serving.close());
  const practice = await serveSandbox({ port: 0, clock: now });
  t.after(() => practice.close());
  const { clock, ...clientOptions } = serving.clientOptions;
  const practiceUrl = practice.url;
  const quota = { calls: 400, periodMs: 60_000 / speed };
  const libraries = Object.keys(CLIENTS);
  const children = libraries.concat(libraries, libraries, libraries).map((library) => worker({ task: 'call', library, port, clientOptions, practiceUrl, start, began, speed, quota, calls: 500 }));
  await Promise.all(children.map((child) => once(child, 'message')));
  arrivals.length = 0;
  const results = await Promise.all(
    children.map(async (child) => {
      child.send('go');
      const [outcomes] = await once(child, 'message');
      await once(child, 'exit');
      return outcomes;
    }),
  );
  assert.deepEqual(results, Array(8).fill({ ok: 500 }));
  // The clock is read as a call comes and as its answer is stamped.
  assert.equal(arrivals.length, 2 * 4_000);
  const took = Number(arrivals.at(-1)) - Number(arrivals[0]);
  // The first 400 go as fast as this machine lets them; from then on the quota sets the pace: nine periods for 3,600 calls.
  const atPace = Number(arrivals.at(-1)) - Number(arrivals[2 * 400 - 1]);
  const use = (9 * quota.periodMs) / atPace;
  t.diagnostic(`4,000 calls of 8 processes in ${took} ms of ${quota.periodMs} ms periods: ${(100 * use).toFixed(1)} % of the quota`);
  assert.ok(use >= 0.95, `${took} ms, ${atPace} of them for the last 3,600`);
});

test('a process that is killed with a claim gives it back after its time', async (t) => {
  const { port } = await redisServer(t);
  const child = worker({ task: 'claim', library: 'ioredis', port, key: 'k' });
  assert.deepEqual(await once(child, 'message').then(([claimed]) => claimed), 'new');
  const killed = once(child, 'exit');
  child.kill('SIGKILL');
  await killed;
  const { client, close } = await CLIENTS.ioredis(port);
  t.after(close);
  const store = redisNotificationStore(client);
  assert.equal(await store.claim('k', 60_000), 'busy');
  let claimed = 'busy';
  await until(() => (store.claim('k', 60_000).then((now) => (claimed = claimed === 'new' ? claimed : now)), claimed === 'new'), 'the claim runs out');
});
