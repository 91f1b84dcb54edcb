// @ts-check
// Node: the wasm in which the envelope's functions run. It is the envelope's own, or the whole one, which contains it, if a server's
// bundler left the small file behind.

import { createInstance as small } from './envelope-instance.js';
import { wrongOption } from './json.js';
import { envelopeWasm, whole } from './node-beside.js';
import { readInto } from './node-file.js';
import { withErrors } from './node-part.js';

/** More than that file has, in bytes, which a test checks; below what an allocator asks of the system each time. */
const ROOM = 96 << 10;

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
  const bytes = new Uint8Array(ROOM);
  try {
    const size = readInto(envelopeWasm(), bytes);
    return size < ROOM ? bytes.subarray(0, size) : undefined;
  } catch {
    return undefined;
  }
}
