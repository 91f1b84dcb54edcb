// @ts-check
// Node: compiled at its first use, so nothing need be awaited and nothing is compiled in vain. The bytes are in the code:
// a server's bundler, which moves files or leaves them behind, needs no line of configuration.

import { compileOnFirstUse } from './runtime.js';
import base64 from './wasm/inline.js';

compileOnFirstUse(() => new WebAssembly.Module(Buffer.from(base64, 'base64')));

export * from './api.js';

/** Nothing to wait for in Node; here so that the same code runs in a browser. */
export async function init() {}
