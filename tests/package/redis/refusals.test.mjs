// What Redis, or its client, refuses: who reads the error knows what to do.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { StoreError } from 'aigobo';
import { redisNotificationStore, redisRateLimiter } from 'aigobo/redis';
import { Redis } from 'ioredis';
import { createClient, createCluster } from 'redis';
import { rejection } from '../lab.js';
import { redisCluster } from './cluster.js';
import { CLIENTS, freePort, redisServer } from './server.js';

const claim = (/** @type {any} */ client) => redisNotificationStore(client).claim('k', 1_000);
const acquire = async (/** @type {any} */ client) => redisRateLimiter(client, { key: 'k' }).acquire({});

/** @param {any} client @param {boolean} retryable @param {RegExp} said */
async function refused(client, retryable, said, works = [claim, acquire]) {
  for (const work of works.map((work) => work(client))) {
    const error = await rejection(work);
    assert.ok(error instanceof StoreError && error.retryable === retryable, String(error));
    assert.match(error.message, said);
  }
}

/** ioredis connects by itself. @param {import('node:test').TestContext} t @param {import('ioredis').RedisOptions} options */
function ioredis(t, options) {
  const client = new Redis({ host: '127.0.0.1', ...options });
  client.on('error', () => {});
  t.after(() => client.disconnect());
  return client;
}

/** @param {import('node:test').TestContext} t @param {string} url */
function nodeRedis(t, url) {
  const client = createClient({ url });
  client.on('error', () => {});
  client.connect().catch(() => {});
  t.after(() => client.destroy());
  return client;
}

test('without the password, or with another', async (t) => {
  const { port } = await redisServer(t, () => ['--requirepass', 'right']);
  const none = /^Redis refused: give the client Redis' password \(it said: .*(NOAUTH |unauthenticated)/;
  // Its next commands may be refused for want of a password.
  const other = /^Redis refused: give the client Redis' (own user and password \(it said: WRONGPASS |password)/;
  await refused(ioredis(t, { port }), false, none);
  await refused(nodeRedis(t, `redis://127.0.0.1:${port}`), false, none);
  await refused(ioredis(t, { port, password: 'wrong' }), false, other);
  await refused(nodeRedis(t, `redis://:wrong@127.0.0.1:${port}`), false, other);
});

test('a user who may not', async (t) => {
  const { port } = await redisServer(t);
  const admin = await CLIENTS.ioredis(port);
  t.after(admin.close);
  await admin.client.call('ACL', 'SETUSER', 'shop', 'on', '>right', '~*', '+@all', '-eval');
  await refused(ioredis(t, { port, username: 'shop', password: 'right' }), false, /^Redis refused: the client's user needs the right to EVAL.*\(it said: NOPERM /);
});

test('one node for a whole cluster', async (t) => {
  const [port = 0] = await redisCluster();
  // The keys lie in another node's slots: 8722 and 7629 of 0 to 5460.
  await refused(ioredis(t, { port }), false, /^Redis refused: this is one node of a cluster.*createCluster.*\(it said: MOVED /);
});

test('a cluster that is not there yet: to be tried again', async (t) => {
  const { port } = await redisServer(t, async () => ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())]);
  await refused(ioredis(t, { port }), true, /^Redis cannot answer now.*\(it said: CLUSTERDOWN /);
});

test('a Redis that is full, has lost its replicas or its disk, or serves too many: to be tried again', async (t) => {
  // A full Redis lets a script go on that began with what frees memory, as the limiter's does.
  for (const [word, args, works] of /** @type {[string, string[], any[]][]} */ ([['OOM', ['--maxmemory', '1'], [claim]], ['NOREPLICAS', ['--min-replicas-to-write', '1'], [claim, acquire]]])) {
    const { port } = await redisServer(t, () => args);
    for (const client of [ioredis(t, { port }), nodeRedis(t, `redis://127.0.0.1:${port}`)]) await refused(client, true, new RegExp(`^Redis cannot answer now.*\\(it said: ${word} `), works);
  }

  // The folder of its files is gone.
  const { port, folder } = await redisServer(t, () => ['--save', '3600 1', '--appendonly', 'no']);
  const { client, close } = await CLIENTS.ioredis(port);
  t.after(close);
  rmSync(folder, { recursive: true });
  await client.bgsave();
  for (const end = performance.now() + 5_000; !/rdb_last_bgsave_status:err/.test(await client.info('persistence')); ) assert.ok(performance.now() < end);
  await refused(client, true, /^Redis cannot answer now.*\(it said: MISCONF /);

  const crowded = await redisServer(t, () => ['--maxclients', '1']);
  const only = await CLIENTS.ioredis(crowded.port);
  t.after(only.close);
  await only.client.ping();
  await refused(nodeRedis(t, `redis://127.0.0.1:${crowded.port}`), true, /^Redis cannot answer now.*\(it said: ERR max number of clients reached\)/, [claim]);
});

test('what a command of a script said, in the words of a Redis before version 7', async () => {
  const place = 'ERR Error running script (call to f_6b1bf486c81ceb7edf3c093f4c48582e38c0e791): @user_script:5: @user_script: 5: ';
  const saying = (/** @type {string} */ said) => ({ call: async () => { throw new Error(said); } });
  await refused(saying(`${place}-OOM command not allowed when used memory > 'maxmemory'.`), true, /^Redis cannot answer now.*\(it said: OOM command/);
  await refused(saying(`${place}-READONLY You can't write against a read only replica.`), true, /\(it said: READONLY /);
  await refused(saying('ERR max number of clients reached'), true, /^Redis cannot answer now.*\(it said: ERR max number/);
  await refused(saying(`${place}-NOPERM this user has no permissions`), false, /^Redis refused: the client's user needs the right to EVAL/);
  await refused(saying(`${place}-WRONGTYPE Operation against a key`), false, /no other data lies under the same key.*WRONGTYPE/);
  // The limiter asks the fallback.
  const over = await redisRateLimiter(saying("MISCONF Redis is configured to save RDB snapshots"), { key: 'k', fallback: 'allow' }).acquire({});
  assert.equal(over, undefined);
});

test('a client that nobody connected, or that is closed', async (t) => {
  const { port } = await redisServer(t);
  const closed = /^the Redis client is not connected: await client\.connect\(\)/;
  const url = `redis://127.0.0.1:${port}`;
  await refused(createClient({ url }), true, closed);
  await refused(createCluster({ rootNodes: [{ url }] }), true, closed);
  const { client, close } = await CLIENTS.ioredis(port);
  await client.ping();
  close();
  await refused(client, true, closed);
});

test('the keys begin as README says, or as the shop says', async (t) => {
  const { port } = await redisServer(t);
  const { client, close } = await CLIENTS.ioredis(port);
  t.after(close);
  for (const prefix of [undefined, 'shop:']) {
    const over = await redisRateLimiter(client, { key: 'DL1', ...(prefix && { prefix }) }).acquire({});
    assert.equal(typeof over, 'function');
    await redisNotificationStore(client, { ...(prefix && { prefix }) }).claim('k', 1_000);
  }
  assert.deepEqual((await client.keys('*')).sort(), ['aigobo:notification:k', 'aigobo:quota:{DL1}:running', 'shop:k', 'shop:{DL1}:running']);
});
