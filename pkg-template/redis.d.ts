import type { RateLimiter } from './index.js';
import type { NotificationStore } from './notifications.js';

/** The user's own connection: ioredis (also its Cluster), or redis (node-redis, connected). */
export type RedisConnection =
  | { call(command: string, ...args: (string | number)[]): Promise<unknown> }
  | { sendCommand(command: string[]): Promise<unknown> };

/**
 * The quota of all processes that share `key`, in order of arrival, by Redis' own clock. Give it to each Client as
 * `rateLimit`. A process that dies while it waits gives way 5 s after its turn.
 * @throws ConfigError; its `acquire` rejects with RateLimitError, StoreError or the signal's own reason
 */
export function redisRateLimiter(
  client: RedisConnection,
  options: {
    /** Names the account: the platform counts by account. */
    key: string;
    /** Default 400. */
    calls?: number;
    /** Default 60,000. */
    periodMs?: number;
    /**
     * A call that runs for longer is taken for that of a process that died, and no longer counts, in milliseconds. Default
     * 60,000; more than the client's timeoutMs.
     */
    leaseMs?: number;
    /** How long Redis may take to answer, in milliseconds; at most half of the call's own time. Default 1,000. */
    timeoutMs?: number;
    /** What a call does when Redis does not answer (not when it refuses): fails with a StoreError (the default), goes on unlimited, or asks another limiter. */
    fallback?: 'fail' | 'allow' | RateLimiter;
  },
): RateLimiter;

/**
 * Remembers over all processes what was handled, for `createNotificationHandler` and `createReconciler`. Rejects with
 * StoreError when Redis does not answer: the platform is then asked to come again.
 * @throws ConfigError
 */
export function redisNotificationStore(
  client: RedisConnection,
  options?: {
    /** Default `aigobo:notification:`. */
    prefix?: string;
    /** How long what was handled is remembered, in milliseconds. Default 30 days. */
    ttlMs?: number;
    /** How long Redis may take to answer, in milliseconds. Default 1,000. */
    timeoutMs?: number;
  },
): NotificationStore;
