// @ts-check
// Node: the wasm in which the envelope's functions run. It is the envelope's own, or the whole one, which contains it, if a server's
// bundler left the small file behind.

import { createInstance as small } from './envelope-instance.js';
import { wrongOption } from './json.js';
import { envelopeWasm, fileSystem, whole } from './node-beside.js';
import { withErrors } from './node-part.js';

/** @type {(...surroundings: any) => unknown} */
let make = small;

export function compile() {
  if (typeof WebAssembly === 'undefined') throw wrongOption('init', 'this Node knows no WebAssembly; start it without --jitless');
  const bytes = file();
  if (bytes) return new WebAssembly.Module(bytes);
  const all = withErrors(whole());
  make = all.createInstance;
  return all.compile();
}

/** @param {unknown[]} surroundings */
export function createInstance(...surroundings) {
  return make(...surroundings);
}

function file() {
  try {
    return fileSystem().readFileSync(envelopeWasm());
  } catch {
    return undefined;
  }
}
