// @ts-check
// Node: the runtime of the whole wasm, for what is in `node-client.js`. Its glue is loaded with the first instance.

import { withErrors } from './node-part.js';

/** @type {typeof import('./node-whole.js') | undefined} */
let loaded;

/** @returns {typeof import('./node-whole.js')} */
// @ts-expect-error a bundle that the build makes
const whole = () => (loaded ??= withErrors(require('./node-whole.cjs')));

/** @type {typeof import('./runtime.js').withWasm} */
export const withWasm = (use) => whole().withWasm(use);

/** @type {typeof import('./runtime.js').withWasmAsync} */
export const withWasmAsync = (use) => whole().withWasmAsync(use);

/** @type {typeof import('./runtime.js').isSound} */
export const isSound = (wasm) => whole().isSound(wasm);
