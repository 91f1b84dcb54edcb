// @ts-check
// Vercel's edge compiles nothing from bytes; its bundler hands it the module, as for workerd (`workerd.js`).
// `?module` is the one spelling that wrangler, Next.js and Nitro all know.

// @ts-expect-error no file has that name, so TypeScript finds no types
import wasm from './wasm/aigobo_bg.wasm?module';
// Imports nothing from loading.js: Next.js' development server cannot wrap what that compiles.
import { moduleOf } from './edge-module.js';
import { compileOnFirstUse } from './runtime.js';

compileOnFirstUse(() => moduleOf(wasm, 'aigobo_bg.wasm'));

export * from './api.js';

/** There is nothing to wait for: the module is here already, and the argument is ignored. */
export async function init() {}
