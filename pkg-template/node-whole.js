// @ts-check
// Node: the whole wasm, compiled at its first use.

import { wrongOption } from './json.js';
import { draw } from './node-random.js';
import { compileOnFirstUse, drawBy } from './runtime.js';

export { takeErrors } from './node-errors.js';
export { isSound, withWasm, withWasmAsync } from './runtime.js';
export { createInstance } from './wasm/instance.js';

/** @type {WebAssembly.Module | undefined} */
let compiled;

compileOnFirstUse(compile);
drawBy(draw);

/** Also for the envelope's functions, if their own wasm is not found. */
export function compile() {
  if (typeof WebAssembly === 'undefined') throw wrongOption('init', 'this Node knows no WebAssembly; start it without --jitless');
  return (compiled ??= new WebAssembly.Module(bytes()));
}

/** The file, which reads in a third of the time, or the text in the bundle if a server's bundler left the file behind. */
function bytes() {
  try {
    // Called only here, because a bundle of modules may have no `require` at all.
    const { readFileSync } = require('node:fs');
    return readFileSync(`${__dirname}/wasm/aigobo_bg.wasm`);
  } catch {
    return Buffer.from(require('./wasm/inline.cjs'), 'base64');
  }
}
