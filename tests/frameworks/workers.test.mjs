// @ts-check
// Nitro and Hono, on Node and on workerd.

import { AS_FILE, TRACED, check } from './check.js';

const wrangler = '--ip 127.0.0.1 --port PORT --inspector-port 0';

check(
  { app: 'nitro', suites: [['/suite', 'routes/suite.js']] },
  {
    'node-server': { build: 'nitropack build', output: '.output', copies: TRACED, serve: 'node .output/server/index.mjs' },
    'cloudflare-module': {
      build: 'nitropack build --preset cloudflare-module',
      output: '.output',
      copies: AS_FILE,
      serve: `wrangler dev .output/server/index.mjs --assets .output/public --compatibility-date 2026-11-01 ${wrangler}`,
    },
    development: { serve: 'nitropack dev --host 127.0.0.1 --port PORT' },
  },
);

check(
  { app: 'hono', suites: [['/suite', 'src/index.js']] },
  {
    wrangler: { build: 'wrangler deploy --dry-run --outdir dist', output: 'dist', copies: AS_FILE, serve: `wrangler dev dist/index.js --no-bundle ${wrangler}` },
    development: { serve: `wrangler dev ${wrangler}` },
  },
);
