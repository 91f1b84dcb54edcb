// @ts-check
// workerd: the envelope's functions, which the build bundles with a runtime of their own and the glue of their own wasm.

// @ts-expect-error no file of that name, so TypeScript finds no types
import wasm from './wasm/envelope_bg.wasm?module';
import { moduleOf } from './edge-module.js';
import { compileOnFirstUse } from './runtime.js';

compileOnFirstUse(() => moduleOf(wasm, 'envelope_bg.wasm'));

export { decrypt, encrypt, open, seal, sealText, sign, signingString } from './envelope.js';
