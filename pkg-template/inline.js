// @ts-check
// The wasm as text in the code: for Deno and Bun, which then need neither files nor permissions, and for bundlers
// that emit no assets.

import { compilesAny, forbidden, load, wrongSource } from './loading.js';
import { compileOnFirstUse } from './runtime.js';
import base64 from './wasm/inline.js';

export * from './api.js';

compileOnFirstUse(() => {
  try {
    return new WebAssembly.Module(bytes());
  } catch (cause) {
    throw compilesAny() ? wrongSource('the WebAssembly did not compile here, for want of memory it seems: see the cause, and try again', cause) : forbidden(cause);
  }
});

/** @type {Promise<void> | undefined} */
let loading;

/** Optional here; in a page it keeps the compiling off the main thread. */
export function init() {
  return (loading ??= load(bytes()).catch((error) => {
    // A failed load may be tried again.
    loading = undefined;
    throw error;
  }));
}

function bytes() {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
