// @ts-check
// Remembers what was handled by any process.

import { onlyKnown, requireText, requireWhole } from '../common/options.js';
import { connect } from './connection.js';

/** A claim that already bears our name arrived late, from a time when Redis did not answer. */
const CLAIM = `
local held = redis.call('GET', KEYS[1])
if held == 'done' then return 'done' end
if held and held ~= ARGV[1] then return 'busy' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'new'
`;

const COMMIT = `
redis.call('SET', KEYS[1], 'done', 'PX', ARGV[1])
return 1
`;

/** Releases only one's own claim: another process may have made a claim after ours expired. */
const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`;

/** @type {typeof import('../redis.js').redisNotificationStore} */
export function redisNotificationStore(client, options) {
  const { prefix = 'aigobo:notification:', ttlMs = 30 * 24 * 3_600_000, timeoutMs = 1_000 } = onlyKnown(options, ['prefix', 'ttlMs', 'timeoutMs']);
  const run = connect(client, timeoutMs);
  requireText('prefix', prefix);
  requireWhole('ttlMs', ttlMs);
  const me = crypto.randomUUID();
  /** Handled by this process, but Redis could not be told, so it must not be handled again. @type {Set<string>} */
  const untold = new Set();

  /** @param {string} key */
  const tell = async (key) => {
    await run(COMMIT, [prefix + key], [ttlMs]);
    untold.delete(key);
  };
  /** Redis has answered, so tell it now what it could not be told before. */
  const catchUp = () => {
    for (const key of untold) void tell(key).catch(() => {});
  };

  /** What this process is working on, and until when. @type {Map<string, number>} */
  const held = new Map();

  return {
    async claim(key, claimMs) {
      if (untold.has(key)) {
        await tell(key);
        return 'done';
      }
      if (Number(held.get(key)) > performance.now()) return 'busy';
      held.set(key, performance.now() + claimMs);
      /** @type {unknown} */
      let claimed;
      try {
        claimed = await run(CLAIM, [prefix + key], [me, claimMs]);
        catchUp();
      } finally {
        if (String(claimed) !== 'new') held.delete(key);
      }
      return /** @type {'new' | 'busy' | 'done'} */ (String(claimed));
    },
    async commit(key) {
      held.delete(key);
      untold.add(key);
      await tell(key);
    },
    async release(key) {
      held.delete(key);
      await run(RELEASE, [prefix + key], [me]);
    },
  };
}
