// @ts-check
// Node: the runtime of the whole wasm, for `node-client.js`. Its glue loads with the first instance.

import { whole as part } from './node-beside.js';
import { withErrors } from './node-part.js';

/** @type {typeof import('./node-whole.js') | undefined} */
let loaded;

/** @returns {typeof import('./node-whole.js')} */
const whole = () => (loaded ??= withErrors(part()));

/** @type {typeof import('./runtime.js').withWasm} */
export const withWasm = (use) => whole().withWasm(use);

/** @type {typeof import('./runtime.js').withWasmAsync} */
export const withWasmAsync = (use) => whole().withWasmAsync(use);

/** @type {typeof import('./runtime.js').isSound} */
export const isSound = (wasm) => whole().isSound(wasm);
