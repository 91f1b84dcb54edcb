// @ts-check
// Browsers: the wasm is fetched once, by `init`.

import { load, wrongSource } from './loading.js';

export * from './api.js';

/** @type {{ from: unknown, done: Promise<void> } | undefined} */
let loading;

/** @type {typeof import('./index.js').init} */
export function init(source) {
  const from = source instanceof URL ? source.href : source;
  // A download that need not be waited for may fail unheard.
  Promise.resolve(source).catch(() => {});
  if (loading) {
    // Another's download says nothing of this source, should it fail.
    return loading.from === from ? loading.done : loading.done.catch(() => init(source));
  }
  const done = start(source).catch((error) => {
    // A download that failed may be tried again.
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

/** Written so that bundlers see it, and emit the file. */
function besideThis() {
  try {
    return new URL('./wasm/aigobo_bg.wasm', import.meta.url);
  } catch (cause) {
    throw wrongSource('this runtime cannot tell where the WebAssembly is; import it from aigobo/aigobo.wasm and hand it to init()', cause);
  }
}
