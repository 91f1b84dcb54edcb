// @ts-check
// The quota of all processes together, by Redis' own clock: a sliding window and a queue, decided in one script.

import { RateLimitError } from 'aigobo';
import { connect, onlyKnown, requireText, requireWhole, wrong } from './connection.js';

/**
 * Grants, or says how long to wait. As in one process, a call counts from its sending until a period after its end.
 * `started`: the calls of the window by when they ended, or began. `queue`: who waits, by priority and arrival. `due`:
 * when each of them will ask again; who does not has died, and gives way. Nobody is woken: each waits for the place that
 * will be theirs, and places come free one by one, as calls end.
 */
const ASK = `
local started, queue, due = KEYS[1], KEYS[2], KEYS[3]
local calls, period, within, me, low = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5] == '1'
local grace = tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local function exact(number) return string.format('%.3f', number) end
redis.call('ZREMRANGEBYSCORE', started, '-inf', exact(now - period))
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
local free = calls - redis.call('ZCARD', started)
if rank < free then
  redis.call('ZREM', queue, me)
  redis.call('ZREM', due, me)
  redis.call('ZADD', started, exact(now), me)
  redis.call('PEXPIRE', started, math.ceil(period * 2))
  return 0
end
local place = rank - free
local oldest = redis.call('ZRANGE', started, place % calls, place % calls, 'WITHSCORES')[2]
local wait = (tonumber(oldest) or now) + period - now + math.floor(place / calls) * period
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

/** The call is over: its place is free a period from now. */
const END = `
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'XX', string.format('%.3f', time[1] * 1000 + time[2] / 1000), ARGV[1])
return 1
`;

const LEAVE = `
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
return 1
`;

/** How late somebody in the queue may be before they are taken for dead, in milliseconds. */
const GRACE_MS = 5_000;

/** @type {typeof import('../redis.js').redisRateLimiter} */
export function redisRateLimiter(client, options) {
  const { key, calls = 400, periodMs = 60_000, timeoutMs = 1_000, fallback = 'fail' } = options ?? {};
  onlyKnown(/** @type {any} */ (options ?? {}), ['key', 'calls', 'periodMs', 'timeoutMs', 'fallback']);
  const run = connect(client, timeoutMs);
  requireText('key', key);
  requireWhole('calls', calls);
  requireWhole('periodMs', periodMs);
  if (!['fail', 'allow'].includes(/** @type {string} */ (fallback)) && typeof (/** @type {any} */ (fallback)?.acquire) !== 'function') {
    throw wrong('fallback', "must be 'fail', 'allow' or an object with acquire");
  }
  // In braces: a cluster keeps them together.
  const keys = ['started', 'queue', 'due'].map((part) => `{${key}}:${part}`);

  /** @param {string} me */
  const leave = (me) => void run(LEAVE, keys, [me]).catch(() => {});

  /** @param {{ signal?: AbortSignal, deadlineMs?: number, priority?: 'low' }} options */
  async function turn({ signal, deadlineMs, priority }) {
    const me = crypto.randomUUID();
    const until = deadlineMs === undefined ? Infinity : performance.now() + deadlineMs;
    for (;;) {
      const left = Math.max(0, Math.floor(until - performance.now()));
      const within = until === Infinity ? -1 : left;
      const wait = Number(await run(ASK, keys, [calls, periodMs, within, me, priority === 'low' ? 1 : 0, GRACE_MS]));
      if (signal?.aborted) {
        if (wait === 0) void run(END, keys, [me]).catch(() => {});
        else leave(me);
        throw signal.reason;
      }
      if (wait === 0) return () => void run(END, keys, [me]).catch(() => {});
      if (wait < 0) {
        const message = `not sent: the quota of all processes is used up for the next ${-wait} ms, longer than this call may wait; try again later, or allow more time with deadlineMs`;
        throw new RateLimitError({ code: 'rate-limit', message, retryable: true, waitMs: -wait });
      }
      try {
        // Once in a period at least: who was ahead may have left. At the time of one's own place, so that not all come at once.
        await pause(wait % periodMs || periodMs, signal);
      } catch (reason) {
        leave(me);
        throw reason;
      }
    }
  }

  return {
    async acquire(asked = {}) {
      try {
        return await turn(asked);
      } catch (error) {
        if (fallback === 'fail' || /** @type {any} */ (error)?.code !== 'store') throw error;
        return fallback === 'allow' ? undefined : fallback.acquire(asked);
      }
    },
  };
}

/**
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => end(() => reject(signal?.reason));
    const timer = setTimeout(() => end(resolve), ms);
    /** @param {() => void} settle */
    function end(settle) {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
    }
    signal?.addEventListener('abort', abort);
  });
}
