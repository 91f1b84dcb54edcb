// @ts-check
// Node: the wasm of the sandbox, the doctor and the recordings, on disk.

import { readFileSync } from 'node:fs';
import { ConfigError } from 'aigobo';

/** Reads and compiles it, for the first entry that needs it. */
export function sandboxWasm() {
  return new WebAssembly.Module(bytes());
}

function bytes() {
  try {
    return readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url));
  } catch (cause) {
    const message = 'init: the sandbox, the doctor and the recordings read their WebAssembly from the folder of aigobo, and it is not there; leave aigobo outside of the bundle';
    throw new ConfigError({ code: 'config', option: 'init', message, cause });
  }
}
