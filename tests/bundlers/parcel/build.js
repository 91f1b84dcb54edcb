// node build.js client|server: the mode is NODE_ENV's, where `parcel build` knows production alone.

import { Parcel } from '@parcel/core';

const mode = process.env.NODE_ENV;
const side = process.argv[2];
const server = { context: 'node', includeNodeModules: true, outputFormat: 'esmodule', engines: { node: '>=20' } };
const client = { context: 'browser', engines: { browsers: '> 1%' } };

await new Parcel({
  entries: side === 'server' ? '../app/server.js' : 'index.html',
  defaultConfig: '@parcel/config-default',
  mode,
  // By default in production alone: without, page and worker would each have a file of their own.
  shouldContentHash: true,
  defaultTargetOptions: { shouldOptimize: mode === 'production', shouldScopeHoist: mode === 'production', sourceMaps: true },
  targets: { [side]: { ...(side === 'server' ? server : client), distDir: `dist/${mode}/${side}` } },
}).run();
