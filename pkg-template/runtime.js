// @ts-check
// The one place that knows whether the wasm is loaded. A runtime's entry says how to load it.

import * as glue from './wasm/aigobo.js';
import { AigoboError, ConfigError } from './errors.js';

let ready = false;

/** @type {(() => WebAssembly.Module) | undefined} */
let loadSync;

/**
 * Loads on first use, for runtimes that can do it at once.
 * @param {() => WebAssembly.Module} load
 */
export function loadOnFirstUse(load) {
  loadSync = load;
}

/**
 * Loads now, for runtimes that must wait for it.
 * @param {Parameters<typeof glue.default>[0]} source
 */
export async function loadFrom(source) {
  await glue.default(source);
  ready = true;
}

/**
 * Runs `use` with the loaded wasm; what it throws becomes an error of this package.
 * @template T
 * @param {(wasm: typeof glue) => T} use
 * @returns {T}
 */
export function withWasm(use) {
  if (!ready) {
    if (!loadSync) {
      const message = 'init: the WebAssembly is not loaded yet; call `await init()` once before anything else';
      throw new ConfigError({ code: 'config', option: 'init', message });
    }
    glue.initSync({ module: loadSync() });
    ready = true;
  }
  try {
    return use(glue);
  } catch (thrown) {
    throw AigoboError.from(thrown);
  }
}
