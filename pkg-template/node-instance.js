// @ts-check
// Node: what the envelope's functions run in. That is the envelope's own wasm; where a server's bundler left its file behind,
// the whole one, which has all of it.

import { createInstance as small } from './envelope-instance.js';
import { wrongOption } from './json.js';
import { withErrors } from './node-part.js';
import { fileSystem } from './node-random.js';

/** @type {(...surroundings: any) => unknown} */
let make = small;

export function compile() {
  if (typeof WebAssembly === 'undefined') throw wrongOption('init', 'this Node knows no WebAssembly; start it without --jitless');
  const bytes = file();
  if (bytes) return new WebAssembly.Module(bytes);
  // @ts-expect-error a bundle that the build makes
  const whole = withErrors(require('./node-whole.cjs'));
  make = whole.createInstance;
  return whole.compile();
}

/** @param {unknown[]} surroundings */
export function createInstance(...surroundings) {
  return make(...surroundings);
}

function file() {
  try {
    return fileSystem().readFileSync(`${__dirname}/wasm/envelope_bg.wasm`);
  } catch {
    return undefined;
  }
}
