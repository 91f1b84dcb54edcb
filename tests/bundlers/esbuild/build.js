// node build.js client|client-file|server|server-cjs

import { build } from 'esbuild';

const mode = process.env.NODE_ENV;
const side = process.argv[2];

/** @type {Record<string, import('esbuild').BuildOptions>} */
const SIDES = {
  client: { entryPoints: { page: '../app/page-inline.js' }, format: 'esm' },
  'client-file': { entryPoints: { page: '../app/page-file.js' }, format: 'esm', loader: { '.wasm': 'file' } },
  server: { entryPoints: ['../app/server.js'], format: 'esm', platform: 'node', target: 'node20' },
  'server-cjs': { entryPoints: ['../app/server.js'], format: 'cjs', platform: 'node', target: 'node20', outExtension: { '.js': '.cjs' } },
};

await build({ ...SIDES[side], bundle: true, outdir: `dist/${mode}/${side}`, minify: mode === 'production', sourcemap: true });
