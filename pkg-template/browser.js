// @ts-check
// Browsers: the wasm is fetched once, by `init`.

import { loadFrom } from './runtime.js';

export * from './api.js';

/** @type {Promise<void> | undefined} */
let loading;

/** @type {typeof import('./index.js').init} */
export function init(source = new URL('./wasm/aigobo_bg.wasm', import.meta.url)) {
  loading ??= loadFrom({ module_or_path: source }).catch((error) => {
    // A download that failed may be tried again.
    loading = undefined;
    throw error;
  });
  return loading;
}
