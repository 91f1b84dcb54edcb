// @ts-check
// One way to speak to Redis over the user's own connection, ioredis' or node-redis', and to notice that it does not answer.

import { StoreError } from 'aigobo';
import { requireWhole, wrong } from '../common/options.js';

/** @typedef {(script: string, keys: readonly string[], args: readonly (string | number)[], withinMs?: number) => Promise<unknown>} Run */

/** What Redis says while it starts, fails over or is held up: to be tried again. Any other word is a refusal. */
const PASSING = /^(LOADING|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|READONLY|MOVED|ASK) /;

/** As long as a call may take; a timer of more than 24 days ends at once. */
const LONGEST_MS = 3_600_000;

/**
 * Runs Lua scripts; each of them is atomic.
 * @param {import('../redis.js').RedisConnection} client
 * @param {number} timeoutMs
 * @returns {Run}
 */
export function connect(client, timeoutMs) {
  const send = sender(client);
  requireWhole('timeoutMs', timeoutMs, LONGEST_MS);
  return async (script, keys, args, withinMs = timeoutMs) => {
    const ms = Math.max(1, Math.min(withinMs, timeoutMs));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const silence = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    });
    try {
      const answer = send('EVAL', script, String(keys.length), ...keys, ...args.map(String));
      // Some clients hold a command until Redis is back: whatever comes then, nobody waits for it.
      answer.catch(() => {});
      return await Promise.race([answer, silence]);
    } catch (thrown) {
      throw failure(thrown instanceof Error ? thrown.message : 'unknown');
    } finally {
      clearTimeout(timer);
    }
  };
}

/** @param {string} said by Redis, or by its client */
function failure(said) {
  const refused = /^[A-Z]{2,} /.test(said) && !PASSING.test(said);
  const message = refused
    ? 'Redis refused the command (see cause): check its rights, its version and that no other data lies under the same key'
    : 'Redis did not answer: check the connection (see cause); the same call may succeed once it is back';
  return new StoreError({ code: 'store', message, retryable: !refused, cause: new Error(said) });
}

/**
 * @param {any} client
 * @returns {(...command: string[]) => Promise<unknown>}
 */
function sender(client) {
  // ioredis, also a cluster of it.
  if (typeof client?.call === 'function') return async (name, ...args) => client.call(name, ...args);
  if (typeof client?.sendCommand === 'function') return async (...command) => client.sendCommand(command);
  throw wrong('client', 'must be a connection of ioredis or of redis (node-redis)');
}
