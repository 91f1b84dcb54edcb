// @ts-check
// Node: what the envelope's functions run in. That is the envelope's own wasm; where a server's bundler left its file behind,
// the whole one, which has all of it.

import * as small from './envelope-instance.js';
import { wrongOption } from './json.js';

/** @type {{ createInstance: Function }} */
let from = small;

export function compile() {
  if (typeof WebAssembly === 'undefined') throw wrongOption('init', 'this Node knows no WebAssembly; start it without --jitless');
  const bytes = file();
  if (bytes) return new WebAssembly.Module(bytes);
  // @ts-expect-error a bundle that the build makes
  const whole = require('./node-whole.cjs');
  from = whole;
  return whole.compile();
}

/** @param {unknown[]} surroundings */
export function createInstance(...surroundings) {
  return from.createInstance(...surroundings);
}

function file() {
  try {
    // Here, because a bundle of modules may have no `require` at all.
    const { readFileSync } = require('node:fs');
    return readFileSync(`${__dirname}/wasm/envelope_bg.wasm`);
  } catch {
    return undefined;
  }
}
