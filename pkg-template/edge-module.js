// @ts-check
// Checks what an edge bundler made of `?module`.

import { wrongOption } from './json.js';

/**
 * @param {unknown} wasm
 * @param {string} file
 * @returns {WebAssembly.Module}
 */
export function moduleOf(wasm, file) {
  // By name, because Next.js hands over a module of another realm.
  if (Object.prototype.toString.call(wasm) === '[object WebAssembly.Module]') return /** @type {WebAssembly.Module} */ (wasm);
  throw wrongOption('init', `the bundler made a ${typeof wasm} of aigobo/wasm/${file}?module, not a WebAssembly.Module: have it treat .wasm as wrangler, Next.js and Nitro do, or import aigobo/inline`);
}
