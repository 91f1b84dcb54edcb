// @ts-check
// The wasm of the sandbox and the doctor, compiled when the first of an entry's functions needs it.

import { AigoboError } from 'aigobo';
import * as glue from '../wasm/sandbox.js';

/** @type {(() => WebAssembly.Module) | undefined} */
let load;

/**
 * What the runtime gives.
 * @param {() => WebAssembly.Module} loader
 */
export function loadOnFirstUse(loader) {
  load = loader;
}

/** Its exports, ready to be called. */
export function ready() {
  if (load) {
    glue.initSync({ module: load() });
    load = undefined;
  }
  return glue;
}

/**
 * Throws what the wasm throws as this package's errors.
 * @template T
 * @param {() => T} use
 * @returns {T}
 */
export function guard(use) {
  try {
    return use();
  } catch (thrown) {
    throw AigoboError.from(thrown);
  }
}
