// @ts-check
// workerd and Vercel's edge compile nothing from bytes, and are handed the module by whatever bundles for them. `?module`
// is the one spelling that wrangler, Next.js and Nitro all know.

// @ts-expect-error no file of that name, so TypeScript finds no types
import wasm from './wasm/aigobo_bg.wasm?module';
import { compileOnFirstUse } from './runtime.js';

compileOnFirstUse(() => wasm);

export * from './api.js';

/** Nothing to wait for here; what it is given is the module that is here already. */
export async function init() {}
