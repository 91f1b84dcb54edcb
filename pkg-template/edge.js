// @ts-check
// workerd and Vercel's edge compile nothing from bytes, and are handed the module by whatever bundles for them. `?module`
// is the one spelling that wrangler, Next.js and Nitro all know.

// @ts-expect-error no file of that name, so TypeScript finds no types
import wasm from './wasm/aigobo_bg.wasm?module';
// Nothing of loading.js: Next.js' development server cannot wrap what it compiles.
import { wrongOption } from './json.js';
import { compileOnFirstUse } from './runtime.js';

compileOnFirstUse(() => {
  // By name: Next.js hands over a module of another realm.
  if (Object.prototype.toString.call(wasm) === '[object WebAssembly.Module]') return wasm;
  throw wrongOption('init', `the bundler made a ${typeof wasm} of aigobo/wasm/aigobo_bg.wasm?module, not a WebAssembly.Module: have it treat .wasm as wrangler, Next.js and Nitro do, or import aigobo/inline`);
});

export * from './api.js';

/** Nothing to wait for here; what it is given is the module that is here already. */
export async function init() {}
