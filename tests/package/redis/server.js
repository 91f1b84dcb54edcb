// A real Redis of the tests' own, and both clients that people use.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createClient } from 'redis';

/** @returns {Promise<number>} a port that was free a moment ago */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** How often another port is tried, where somebody took one first. */
const TRIES = 5;

/**
 * Starts, and can stop and start again on the same port.
 * @param {{ after(end: () => Promise<void>): void }} t
 * @param {() => string[] | Promise<string[]>} [more] of the command line
 */
export async function redisServer(t, more = () => []) {
  const folder = mkdtempSync(join(tmpdir(), 'aigobo-redis-'));
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let port = 0;
  /** @type {string[]} */
  let extra = [];
  /** Whether it is there: it ends at once where its port is taken. */
  const begin = async () => {
    const binary = process.env.AIGOBO_REDIS_SERVER ?? 'redis-server';
    child = spawn(binary, ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', ...extra], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of /** @type {any} */ (child.stdout).setEncoding('utf8')) {
      if (!line.includes('Ready to accept')) continue;
      child.stdout?.resume();
      return true;
    }
    return false;
  };
  const start = async () => {
    if (!(await begin())) throw new Error(`redis-server did not start on port ${port}`);
  };
  const stop = () => new Promise((stopped) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return stopped(undefined);
    child.once('exit', stopped);
    child.kill('SIGKILL');
  });
  t.after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  let begun = false;
  for (let tries = 0; tries < TRIES && !begun; tries++) {
    port = await freePort();
    extra = await more();
    begun = await begin();
  }
  if (!begun) throw new Error('redis-server did not start');
  return { port, folder, start, stop };
}

/** How each client connects; they are told not to give up, as a shop's would be. */
export const CLIENTS = {
  /** @param {number} port */
  async ioredis(port) {
    const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on('error', () => {});
    return { client, close: () => client.disconnect() };
  },
  /** @param {number} port */
  async 'node-redis'(port) {
    const client = createClient({ socket: { port, host: '127.0.0.1', reconnectStrategy: () => 20 } });
    client.on('error', () => {});
    await client.connect();
    return { client, close: () => client.destroy() };
  },
};
