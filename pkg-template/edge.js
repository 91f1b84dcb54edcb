// @ts-check
// Vercel's edge compiles nothing from bytes, and is handed the module by whatever bundles for it, as workerd is
// (`workerd.js`). `?module` is the one spelling that wrangler, Next.js and Nitro all know.

// @ts-expect-error no file of that name, so TypeScript finds no types
import wasm from './wasm/aigobo_bg.wasm?module';
// Nothing of loading.js: Next.js' development server cannot wrap what it compiles.
import { moduleOf } from './edge-module.js';
import { compileOnFirstUse } from './runtime.js';

compileOnFirstUse(() => moduleOf(wasm, 'aigobo_bg.wasm'));

export * from './api.js';

/** Nothing to wait for here; what it is given is the module that is here already. */
export async function init() {}
