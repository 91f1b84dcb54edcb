// @ts-check
// The wasm of the sandbox and the doctor, compiled when one of an entry's functions first needs it.

import { AigoboError } from 'aigobo';
import * as glue from '../wasm/sandbox.js';

/** @type {(() => WebAssembly.Module) | undefined} */
let load;

/**
 * Registers the runtime's loader.
 * @param {() => WebAssembly.Module} loader
 */
export function loadOnFirstUse(loader) {
  load = loader;
}

/** The wasm's exports, ready to be called. */
export function ready() {
  if (load) {
    glue.initSync({ module: load() });
    load = undefined;
  }
  return glue;
}

/**
 * Converts what the wasm throws into this package's errors.
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
