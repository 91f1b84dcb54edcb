// @ts-check
// Node: the files beside the main entry where that is a module. Its parts are still CommonJS, since they must load synchronously.
// Every Node that knows the condition `module-sync` has `getBuiltinModule`, too: importing Node's own modules would take a tenth of the
// time to the first envelope.

import { wrongOption } from './json.js';
// @ts-expect-error a file that the build makes: here the register is in the entry, which needs its names at once
import { read } from './node-register.js';

export const fileSystem = () => process.getBuiltinModule('node:fs');

/** The envelope's own wasm. */
export function envelopeWasm() {
  return `${import.meta.dirname}/wasm/envelope_bg.wasm`;
}

/** @returns {typeof import('./node-client.js')} */
export const client = () => part('client');

/** @returns {typeof import('./node-whole.js')} */
export const whole = () => part('whole');

/** @type {typeof import('./generated/endpoints.js') | undefined} */
let known;

/** @returns {typeof import('./generated/endpoints.js')} */
export const register = () => (known ??= read());

/** Made at first use. Spelled so, and with a name that the build keeps, for tools that trace files. @type {NodeJS.Require | undefined} */
let require;

const parts = { client: () => require?.('./node-client.cjs'), whole: () => require?.('./node-whole.cjs') };

/** @param {'client' | 'whole'} name */
function part(name) {
  try {
    require ??= process.getBuiltinModule('node:module').createRequire(import.meta.url);
    return parts[name]();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'MODULE_NOT_FOUND')) throw thrown;
    throw wrongOption('init', 'a part of aigobo was left out of this bundle; give the bundler the condition "module" beside "node", or leave aigobo outside of the bundle');
  }
}
