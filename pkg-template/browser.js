// @ts-check
// Browsers: the wasm is fetched once, by `init`.

import { ConfigError } from './errors.js';
import { loadFrom } from './runtime.js';

export * from './api.js';

/** @type {Promise<void> | undefined} */
let loading;

/** @type {typeof import('./index.js').init} */
export function init(source) {
  loading ??= Promise.resolve()
    .then(() => compile(source ?? besideThis()))
    .then(loadFrom)
    .catch((error) => {
      // A download that failed may be tried again.
      loading = undefined;
      throw error;
    });
  return loading;
}

/**
 * @param {NonNullable<Parameters<typeof import('./index.js').init>[0]>} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source !== 'string' && !(source instanceof URL) && !(source instanceof Response)) return WebAssembly.compile(/** @type {BufferSource} */ (source));
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`init: the WebAssembly could not be loaded: HTTP ${response.status} for ${response.url}`);
  // Servers that don't know the type still serve the bytes.
  const streams = response.headers.get('content-type') === 'application/wasm';
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Written so that bundlers see it, and emit the file. */
function besideThis() {
  try {
    return new URL('./wasm/aigobo_bg.wasm', import.meta.url);
  } catch {
    const message = 'init: this runtime cannot tell where the WebAssembly is; import it from aigobo/aigobo.wasm and hand it to init()';
    throw new ConfigError({ code: 'config', option: 'init', message });
  }
}
