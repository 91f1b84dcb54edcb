// @ts-check
// Speaks to Redis over the user's own ioredis or node-redis connection, and notices if it does not answer.

import { StoreError } from 'aigobo';
import { requireWhole, wrong } from '../common/options.js';

/** @typedef {(script: string, keys: readonly string[], args: readonly (string | number)[], withinMs?: number) => Promise<unknown>} Run */

/** What Redis says while it starts, fails over, is busy or full, or cannot write to its disk: try again. Any other word is a refusal. */
const PASSING = /^(?:LOADING|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|READONLY|ASK|MISCONF|OOM|NOREPLICAS) |^ERR max number of clients /;

/** Before version 7 it puts the place in the script before what a command of the script said. */
const PLACE = /^ERR Error running script .*?: -(?=[A-Z]+ )/;

/** What to do about a refusal, by its first word. @type {Record<string, string>} */
const CURES = {
  NOAUTH: "give the client Redis' password",
  WRONGPASS: "give the client Redis' own user and password",
  NOPERM: "the client's user needs the right to EVAL, and to the keys under the prefix",
  MOVED: "this is one node of a cluster: use the library's client for all of it (ioredis: Cluster, redis: createCluster)",
};

/** The longest time a call may take; a timer of more than 24 days fires at once. */
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
      const answer = send(keys[0], 'EVAL', script, String(keys.length), ...keys, ...args.map(String));
      // Some clients hold a command until Redis is back, and by then nobody waits for the result.
      answer.catch(() => {});
      return await Promise.race([answer, silence]);
    } catch (thrown) {
      throw failure(client, thrown instanceof Error ? thrown.message : 'unknown');
    } finally {
      clearTimeout(timer);
    }
  };
}

/**
 * @param {any} client
 * @param {string} message of Redis or of its client
 */
function failure(client, message) {
  const said = message.replace(PLACE, '');
  const [, word] = /^([A-Z]{2,}) /.exec(said) ?? [];
  const refused = word !== undefined && !PASSING.test(said);
  return new StoreError({ code: 'store', message: refused ? refusal(word, said) : silence(client, word, said), retryable: !refused, cause: new Error(message) });
}

/** @param {string} word @param {string} said */
function refusal(word, said) {
  // Redis does not read a command of more than ten words from a client without its password.
  const cure = CURES[/unauthenticated/.test(said) ? 'NOAUTH' : word];
  return `Redis refused: ${cure ?? "check the user's rights, Redis' version and that no other data lies under the same key"} (it said: ${short(said)})`;
}

/** @param {string} said */
const short = (said) => (said.length > 100 ? `${said.slice(0, 100)}…` : said);

/** @param {any} client @param {string | undefined} word @param {string} said */
function silence(client, word, said) {
  if (word) return `Redis cannot answer now: the same call may succeed soon (it said: ${short(said)})`;
  // node-redis before connect() or after its end. ioredis connects by itself, and reports when it has stopped doing so.
  if (client.isOpen === false || client.status === 'end') return 'the Redis client is not connected: await client.connect() before it is used, and close it after all else';
  if (client.isReady === false || (client.status ?? 'ready') !== 'ready') {
    return "Redis did not answer, since the client has no connection: its 'error' events say why (client.on('error', …)); the same call may succeed once it is back";
  }
  return 'Redis did not answer: check the connection (see cause); the same call may succeed once it is back';
}

/**
 * @param {any} client
 * @returns {(key: string | undefined, ...command: string[]) => Promise<unknown>}
 */
function sender(client) {
  // ioredis, including its cluster.
  if (typeof client?.call === 'function') return async (_key, name, ...args) => client.call(name, ...args);
  // node-redis's cluster needs a key to find the node; all keys of a script are on the same node.
  if (typeof client?.getSlotRandomNode === 'function') return async (key, ...command) => client.sendCommand(key, false, command);
  // The sendCommand of its sentinel has yet another form.
  if (typeof client?.sendCommand === 'function' && typeof client.acquire !== 'function') return async (_key, ...command) => client.sendCommand(command);
  throw wrong('client', 'must be a connection of ioredis (Redis, Cluster) or of redis (createClient, createClientPool, createCluster)');
}
