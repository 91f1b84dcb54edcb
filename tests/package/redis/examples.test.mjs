// The redis entry's examples, each with the library that it names.

import { test } from 'node:test';
import { examples, run } from '../examples.js';
import { redisServer } from './server.js';

for (const example of examples('aigobo/redis')) {
  test(`aigobo/redis: ${example.of}`, async (t) => {
    const { port } = await redisServer(t);
    await run(example, { REDIS_URL: `redis://127.0.0.1:${port}` });
  });
}
