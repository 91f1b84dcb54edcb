// @ts-check
// SvelteKit, Astro and Nuxt, on Node.

import { IN_CODE, TRACED, check } from './check.js';

check(
  { app: 'sveltekit', suites: [['/suite', 'src/routes/suite/+server.js']], joins: true },
  {
    // It takes itself for https unless told otherwise, and then refuses a form of an http page.
    'adapter-node': { build: 'vite build', output: 'build', copies: IN_CODE, serve: 'node build', more: { PROTOCOL_HEADER: 'x-forwarded-proto' } },
    development: { serve: 'vite dev --host 127.0.0.1 --port PORT' },
  },
);

check(
  { app: 'astro', suites: [['/suite', 'src/pages/suite.js']] },
  {
    // Its server finds packages in node_modules.
    '@astrojs/node': { build: 'astro build', output: 'dist', copies: { inCode: 0, files: 0 }, serve: 'node dist/server/entry.mjs' },
    development: { serve: 'astro dev --host 127.0.0.1 --port PORT' },
  },
);

check(
  { app: 'nuxt', suites: [['/api/suite', 'server/api/suite.js']], lib: 'server/lib' },
  {
    'node-server': { build: 'nuxt build', output: '.output', copies: TRACED, serve: 'node .output/server/index.mjs' },
    development: { serve: 'nuxt dev --host 127.0.0.1 --port PORT' },
  },
);
