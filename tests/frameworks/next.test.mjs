// @ts-check
// Next.js: route handlers on both of its runtimes, a page, and a server action.

import { check } from './check.js';

const app = { app: 'next', suites: /** @type {[string, string][]} */ ([['/suite', 'app/suite/route.js'], ['/edge', 'app/edge/route.js']]), pages: ['/', '/edge/member'], joins: true };
const start = 'next start --hostname 127.0.0.1 --port PORT';

// The file is the edge runtime's. Turbopack bundles pages apart from route handlers.
check(app, {
  Turbopack: { build: 'next build', output: '.next', copies: { inCode: 2, files: 1 }, serve: start },
  webpack: { build: 'next build --webpack', output: '.next', copies: { inCode: 1, files: 1 }, serve: start },
  development: { serve: 'next dev --hostname 127.0.0.1 --port PORT' },
});
