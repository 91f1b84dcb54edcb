// @ts-check
// `npm run demo`: builds the package if needed, then starts the shop and the sandbox.

import { build } from './build.mjs';

await build();
const { runDemo } = await import('../../www-demo/main.mjs');
await runDemo();
