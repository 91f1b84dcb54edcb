// @ts-check
// Node: the wasm of the sandbox, the doctor and the recordings, on disk.

import { readFileSync } from 'node:fs';

/** Read and compiled: for whoever needs it first. */
export function sandboxWasm() {
  return new WebAssembly.Module(readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url)));
}
