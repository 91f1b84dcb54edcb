/**
 * State that processes share, through your own connection to Redis. It runs wherever that connection does.
 * @module aigobo/redis
 */

import type { RateLimiter } from './index.js';
import type { NotificationStore } from './notifications.js';

/** Your own connection: ioredis (also its Cluster), or redis (node-redis, connected: createClient, createClientPool, createCluster). */
export type RedisConnection =
  | { call(command: string, ...args: (string | number)[]): Promise<unknown> }
  | { sendCommand(command: string[]): Promise<unknown> }
  | { sendCommand(firstKey: string, isReadonly: boolean, command: string[]): Promise<unknown>; getSlotRandomNode(slot: number): unknown };

/**
 * One quota for all processes that share `key`, in order of arrival, by Redis' own clock. Give it to each Client as
 * `rateLimit`. A process that dies while it waits loses its place 5 s after its turn.
 * @throws ConfigError; its `acquire` rejects with RateLimitError, StoreError (`retryable` unless Redis refused) or the signal's own reason
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { redisRateLimiter } from 'aigobo/redis';
 * import { createSandbox } from 'aigobo/sandbox';
 * import { Redis } from 'ioredis';
 *
 * const redis = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
 * const options = createSandbox().clientOptions;
 * const client = new Client({ ...options, rateLimit: redisRateLimiter(redis, { key: options.distrCode, calls: 400, periodMs: 60_000 }) });
 * const { memberId } = await client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * console.log(memberId); // → 100001
 * await redis.quit();
 * ```
 */
export function redisRateLimiter(
  client: RedisConnection,
  options: {
    /** Names the account, since the platform counts by account. */
    key: string;
    /** Precedes the key in Redis. Default `aigobo:quota:`. */
    prefix?: string;
    /** How many calls in a period. Default 400. */
    calls?: number;
    /** The period in milliseconds. Default 60,000. */
    periodMs?: number;
    /**
     * How long a call may run, in milliseconds, before it is taken for the call of a dead process and no longer counts. Default
     * 60,000; set it longer than the client's timeoutMs.
     */
    leaseMs?: number;
    /** How long Redis may take to answer, in milliseconds: at most an hour, and at most half of the call's own time. Default 1,000. */
    timeoutMs?: number;
    /** What a call does if Redis does not or cannot answer (not if it refuses): it fails with a StoreError (the default), goes on unlimited, or asks another limiter. */
    fallback?: 'fail' | 'allow' | RateLimiter;
  },
): RateLimiter;

/**
 * Remembers for all processes what was handled, for `createNotificationHandler` and `createReconciler`. Rejects with
 * StoreError if Redis does not answer, or refuses: the handler then asks the platform to come again.
 * @throws ConfigError
 * @example
 * ```ts
 * import { redisNotificationStore } from 'aigobo/redis';
 * import { createClient } from 'redis';
 *
 * const redis = createClient({ url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' });
 * await redis.connect();
 * const store = redisNotificationStore(redis, { prefix: 'shop:notification:' });
 * console.log(await store.claim('deliver:GP18', 60_000)); // → new
 * await store.commit('deliver:GP18');
 * console.log(await store.claim('deliver:GP18', 60_000)); // → done
 * await redis.close();
 * ```
 */
export function redisNotificationStore(
  client: RedisConnection,
  options?: {
    /** Precedes each key in Redis. Default `aigobo:notification:`. */
    prefix?: string;
    /** How long it remembers what was handled, in milliseconds. Default 30 days. */
    ttlMs?: number;
    /** How long Redis may take to answer, in milliseconds, at most an hour. Default 1,000. */
    timeoutMs?: number;
  },
): NotificationStore;
