// A real Redis Cluster of the tests' own, one for all tests of a file, and both clients that people use.

import { after } from 'node:test';
import { Cluster } from 'ioredis';
import { createCluster } from 'redis';
import { until } from '../lab.js';
import { CLIENTS, freePort, redisServer } from './server.js';

/** The first and the last slot of each node. */
const SLOTS = /** @type {const} */ ([[0, 5_460], [5_461, 10_922], [10_923, 16_383]]);

/** @type {(() => unknown)[]} */
const ends = [];
after(async () => {
  for (const end of ends) await end();
});

/** @type {ReturnType<typeof begin> | undefined} */
let begun;

/** Three nodes that share the slots, and nothing in them. @returns {Promise<number[]>} their ports */
export async function redisCluster() {
  const nodes = await (begun ??= begin());
  await Promise.all(nodes.map(({ client }) => client.flushall()));
  return nodes.map(({ port }) => port);
}

async function begin() {
  const nodes = [];
  for (const [first, last] of SLOTS) {
    let bus = 0;
    const { port } = await redisServer({ after: (end) => void ends.push(end) }, async () => ['--cluster-enabled', 'yes', '--cluster-port', String((bus = await freePort()))]);
    const { client, close } = await CLIENTS.ioredis(port);
    ends.unshift(close);
    await client.call('CLUSTER', 'ADDSLOTSRANGE', first, last);
    await nodes[0]?.client.call('CLUSTER', 'MEET', '127.0.0.1', port, bus);
    nodes.push({ port, client });
  }
  for (const { client } of nodes) {
    let ready = false;
    const look = () => void client.call('CLUSTER', 'INFO').then((info) => (ready = /cluster_state:ok[^]*cluster_known_nodes:3/.test(String(info))) || setTimeout(look, 20));
    look();
    await until(() => ready, 'the cluster is one');
  }
  return nodes;
}

/** How each client connects to a cluster. */
export const CLUSTER_CLIENTS = {
  /** @param {number[]} ports */
  async ioredis(ports) {
    const client = new Cluster(ports.map((port) => ({ port, host: '127.0.0.1' })));
    client.on('error', () => {});
    return { client, close: () => client.disconnect() };
  },
  /** @param {number[]} ports */
  async 'node-redis'(ports) {
    const client = createCluster({ rootNodes: ports.map((port) => ({ url: `redis://127.0.0.1:${port}` })) });
    client.on('error', () => {});
    await client.connect();
    return { client, close: () => client.destroy() };
  },
};
