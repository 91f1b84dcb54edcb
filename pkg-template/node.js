// @ts-check
// Node: compiled at its first use, so nothing need be awaited and nothing is compiled in vain.

import { wrongOption } from './json.js';
import { draw } from './node-random.js';
import { compileOnFirstUse, drawBy } from './runtime.js';

compileOnFirstUse(() => {
  if (typeof WebAssembly === 'undefined') throw wrongOption('init', 'this Node knows no WebAssembly; start it without --jitless');
  return new WebAssembly.Module(bytes());
});

drawBy(draw);

export * from './api.js';

/** Nothing to wait for in Node; here so that the same code runs in a browser. */
export async function init() {}

/** The file, which is read in a third of the time; where a server's bundler left it behind, the text in its bundle. */
function bytes() {
  try {
    // Here, because a bundle of modules may have no `require` at all.
    const { readFileSync } = require('node:fs');
    return readFileSync(`${__dirname}/wasm/aigobo_bg.wasm`);
  } catch {
    return Buffer.from(require('./wasm/inline.cjs'), 'base64');
  }
}
