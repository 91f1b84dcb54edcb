// @ts-check
// Node: the wasm is read from disk at its first use, so nothing need be awaited and nothing is loaded in vain.

import { readFileSync } from 'node:fs';
import { compileOnFirstUse } from './runtime.js';

compileOnFirstUse(() => new WebAssembly.Module(readFileSync(new URL('./wasm/aigobo_bg.wasm', import.meta.url))));

export * from './api.js';

/** Nothing to wait for in Node; here so that the same code runs in a browser. */
export async function init() {}
