// @ts-check
// One way to speak to Redis over the user's own connection, ioredis' or node-redis', and to notice that it does not answer.

import { ConfigError, StoreError } from 'aigobo';

/** @typedef {(script: string, keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>} Run */

/**
 * Runs Lua scripts; each of them is atomic.
 * @param {import('../redis.js').RedisConnection} client
 * @param {number} timeoutMs
 * @returns {Run}
 */
export function connect(client, timeoutMs) {
  const send = sender(client);
  requireWhole('timeoutMs', timeoutMs);
  return async (script, keys, args) => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const silence = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      const answer = send('EVAL', script, String(keys.length), ...keys, ...args.map(String));
      // Some clients hold a command until Redis is back: whatever comes then, nobody waits for it.
      answer.catch(() => {});
      return await Promise.race([answer, silence]);
    } catch (cause) {
      const message = 'Redis did not answer, so nothing was decided by it: check the connection (see cause); the same call may succeed once it is back';
      throw new StoreError({ code: 'store', message, retryable: true, cause: new Error(cause instanceof Error ? cause.message : 'unknown') });
    } finally {
      clearTimeout(timer);
    }
  };
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

/**
 * @param {string} option
 * @param {unknown} value
 * @returns {number}
 */
export function requireWhole(option, value) {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw wrong(option, 'must be a whole number, 1 or more');
  return value;
}

/**
 * @param {string} option
 * @param {unknown} value
 * @returns {string}
 */
export function requireText(option, value) {
  if (typeof value !== 'string' || value === '') throw wrong(option, 'is missing');
  return value;
}

/**
 * @param {Record<string, unknown>} options
 * @param {readonly string[]} known
 */
export function onlyKnown(options, known) {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(unknown, `is not an option here; there are ${known.join(', ')}`);
}

/**
 * @param {string} option
 * @param {string} message
 */
export function wrong(option, message) {
  return new ConfigError({ code: 'config', option, message: `${option}: ${message}` });
}
