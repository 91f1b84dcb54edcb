// One of several processes that share a quota, or a claim. Told what to do by its arguments; tells what came of it by IPC.

import { once } from 'node:events';
import { Client } from 'aigobo';
import { redisNotificationStore, redisRateLimiter } from 'aigobo/redis';
import { MEMBER } from '../shop.js';
import { CLIENTS } from './server.js';

const { task, library, port, clientOptions, practiceUrl, start, began, speed, quota, calls, key } = JSON.parse(String(process.argv[2]));
const { client: redis, close } = await CLIENTS[/** @type {keyof typeof CLIENTS} */ (library)](port);

if (task === 'claim') {
  const claimed = await redisNotificationStore(redis).claim(key, 1_000);
  process.send?.(claimed);
} else {
  /** @type {Record<string, number>} */
  const outcomes = {};
  const clock = () => start + (Date.now() - began) * speed;
  // What is measured is the quota, not a runtime that compiles: everything has run before.
  const practice = new Client({ ...clientOptions, baseUrl: practiceUrl, clock, rateLimit: redisRateLimiter(redis, { key: 'practice' }) });
  for (let practised = 0; practised < 20; practised += 1) await practice.registerMember(MEMBER);
  const client = new Client({
    ...clientOptions,
    clock,
    rateLimit: redisRateLimiter(redis, { key: 'account', timeoutMs: 10_000, ...quota }),
    observe: ({ outcome }) => void (outcomes[outcome] = (outcomes[outcome] ?? 0) + 1),
  });
  process.send?.('ready');
  await once(process, 'message');
  const { memberId } = await client.registerMember(MEMBER);
  // So many buyers at a time: those of all processes are more than the quota.
  let left = calls - 1;
  const buyer = async () => {
    while (left-- > 0) await client.getProductDetail({ productCode: '200437', memberId });
  };
  await Promise.all(Array.from({ length: 60 }, buyer));
  process.send?.(outcomes);
  close();
  process.disconnect();
}
