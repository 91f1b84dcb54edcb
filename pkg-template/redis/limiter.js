// @ts-check
// The quota shared by all processes, by Redis's own clock: a sliding window and a queue, decided in one script.

import { RateLimitError, StoreError } from 'aigobo';
import { onlyKnown, requireText, requireWhole, wrong } from '../common/options.js';
import { pause } from '../common/pause.js';
import { connect } from './connection.js';

/**
 * Grants a call, or says how long to wait. As in a single process, a call counts from its sending until one period
 * after its end. `running` holds the calls under way, with the time at which they would be given up if their process
 * had died. `ended` holds the calls of the last period, with the time at which they ended. `queue` holds those who
 * wait, by priority and arrival. `due` says when each of them will ask again; whoever does not ask has died and loses
 * the place. Nobody is woken: each waits for the place that will be theirs, and places become free one by one as calls
 * end.
 */
const ASK = `
local running, ended, queue, due = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local calls, period, within, me, low = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5] == '1'
local grace, lease = tonumber(ARGV[6]), tonumber(ARGV[7])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local function exact(number) return string.format('%.3f', number) end
redis.call('ZREMRANGEBYSCORE', running, '-inf', exact(now))
redis.call('ZREMRANGEBYSCORE', ended, '-inf', exact(now - period))
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', exact(now - grace))) do
  redis.call('ZREM', queue, gone)
  redis.call('ZREM', due, gone)
end
local behind = 1e15
local rank = redis.call('ZRANK', queue, me)
local waits = rank ~= false
if not waits then
  rank = redis.call('ZCOUNT', queue, '-inf', low and '+inf' or '(' .. exact(behind))
end
local free = calls - redis.call('ZCARD', running) - redis.call('ZCARD', ended)
if rank < free then
  redis.call('ZREM', queue, me)
  redis.call('ZREM', due, me)
  redis.call('ZADD', running, exact(now + lease), me)
  redis.call('PEXPIRE', running, lease)
  return 0
end
local place = rank - free
-- Of calls that run nobody knows the end: a period from now at the earliest.
local at = tonumber(redis.call('ZRANGE', ended, place % calls, place % calls, 'WITHSCORES')[2]) or now
local wait = at + period - now + math.floor(place / calls) * period
if free > 0 then
  -- There is room, and whoever is first does not take it: about to ask, or dead.
  local first = redis.call('ZRANGE', queue, 0, 0)[1]
  local asks = first and tonumber(redis.call('ZSCORE', due, first) or '') or now
  wait = math.min(wait, math.max(1, asks + grace - now + 1))
end
if within >= 0 and wait > within then
  redis.call('ZREM', queue, me)
  redis.call('ZREM', due, me)
  return -math.ceil(wait)
end
if not waits then
  redis.call('ZADD', queue, exact((low and behind or 0) + now), me)
end
redis.call('ZADD', due, exact(now + (wait - 1) % period + 1), me)
for _, key in ipairs({ queue, due }) do
  redis.call('PEXPIRE', key, math.ceil(wait + period + grace))
end
return math.max(1, math.ceil(wait))
`;

/** The call is over, so its place becomes free one period from now. */
const END = `
local time = redis.call('TIME')
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[2], string.format('%.3f', time[1] * 1000 + time[2] / 1000), ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
`;

/** Nothing was sent, and nothing will be. */
const LEAVE = `
for index, key in ipairs(KEYS) do
  if index ~= 2 then redis.call('ZREM', key, ARGV[1]) end
end
return 1
`;

/** How late somebody in the queue may ask before being considered dead, in milliseconds. */
const GRACE_MS = 5_000;

/** @type {typeof import('../redis.js').redisRateLimiter} */
export function redisRateLimiter(client, options) {
  const names = ['key', 'prefix', 'calls', 'periodMs', 'leaseMs', 'timeoutMs', 'fallback'];
  const { key, prefix = 'aigobo:quota:', calls = 400, periodMs = 60_000, leaseMs = 60_000, timeoutMs = 1_000, fallback = 'fail' } = onlyKnown(options, names);
  const run = connect(client, timeoutMs);
  requireText('key', key);
  requireText('prefix', prefix);
  requireWhole('calls', calls);
  requireWhole('periodMs', periodMs);
  requireWhole('leaseMs', leaseMs);
  if (!['fail', 'allow'].includes(/** @type {string} */ (fallback)) && typeof (/** @type {any} */ (fallback)?.acquire) !== 'function') {
    throw wrong('fallback', "must be 'fail', 'allow' or an object with acquire");
  }
  // In braces, so that a cluster keeps them together.
  const keys = ['running', 'ended', 'queue', 'due'].map((part) => `${prefix}{${key}}:${part}`);

  /** @param {string} me */
  const leave = (me) => void run(LEAVE, keys, [me]).catch(() => {});
  /** @param {string} me */
  const end = (me) => void run(END, keys, [me, periodMs]).catch(() => {});

  /**
   * @param {AbortSignal | undefined} signal
   * @param {'low' | undefined} priority
   * @param {() => number} left milliseconds
   */
  async function turn(signal, priority, left) {
    const me = crypto.randomUUID();
    try {
      for (;;) {
        const within = left() === Infinity ? -1 : Math.floor(left());
        const wait = Number(await run(ASK, keys, [calls, periodMs, within, me, priority === 'low' ? 1 : 0, GRACE_MS, leaseMs], left() / 2));
        signal?.throwIfAborted();
        if (wait === 0 && left() > 0) return () => end(me);
        // A grant that comes too late does not count: whoever asked has given up.
        if (wait <= 0) {
          const message = `not sent: the quota of all processes is used up for ${wait < 0 ? `the next ${-wait} ms, ` : ''}longer than this call may wait; try again later, or allow more time with deadlineMs`;
          throw new RateLimitError({ code: 'rate-limit', message, retryable: true, ...(wait < 0 && { waitMs: -wait }) });
        }
        // Asks at least once in a period, because those ahead may have left; at the time of its own place, so that not
        // all ask at once.
        await pause(wait % periodMs || periodMs, signal);
      }
    } catch (thrown) {
      // Also if Redis has not answered, because it may have received the request.
      leave(me);
      throw thrown;
    }
  }

  return {
    async acquire({ signal, deadlineMs, priority } = {}) {
      const until = deadlineMs === undefined ? Infinity : performance.now() + deadlineMs;
      const left = () => Math.max(0, until - performance.now());
      try {
        return await turn(signal, priority, left);
      } catch (error) {
        const silent = error instanceof StoreError && error.retryable;
        if (fallback === 'fail' || !silent) throw error;
        if (fallback === 'allow') return undefined;
        return fallback.acquire({ ...(signal && { signal }), ...(priority && { priority }), ...(until !== Infinity && { deadlineMs: Math.ceil(left()) }) });
      }
    },
  };
}
