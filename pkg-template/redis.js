// @ts-check
// State shared by many processes over Redis. Shapes, units and errors: redis.d.ts.

export { redisRateLimiter } from './redis/limiter.js';
export { redisNotificationStore } from './redis/store.js';
