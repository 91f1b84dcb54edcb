// @ts-check
// Browsers: `init` fetches the wasm once.

import { load, wrongSource } from './loading.js';

export * from './api.js';

/** @type {{ from: unknown, done: Promise<void> } | undefined} */
let loading;

/** @type {typeof import('./index.js').init} */
export function init(source) {
  const from = source instanceof URL ? source.href : source;
  // A download that nobody waits for may fail unheard.
  Promise.resolve(source).catch(() => {});
  if (loading) {
    // If the download from another source fails, that says nothing about this source.
    return loading.from === from ? loading.done : loading.done.catch(() => init(source));
  }
  const done = start(source).catch((error) => {
    // A failed download may be tried again.
    loading = undefined;
    throw error;
  });
  loading = { from, done };
  return done;
}

/** @param {Parameters<typeof import('./index.js').init>[0]} source */
async function start(source) {
  await load(source ?? besideThis());
}

/** Written so that bundlers recognise it and emit the file. */
function besideThis() {
  try {
    return new URL('./wasm/aigobo_bg.wasm', import.meta.url);
  } catch (cause) {
    throw wrongSource('this runtime cannot tell where the WebAssembly is; import it from aigobo/aigobo.wasm and hand it to init()', cause);
  }
}
