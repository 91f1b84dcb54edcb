// @ts-check
// Node: what lies beside the main entry where that is a module. Its parts are CommonJS all the same, since they are wanted at once.
// Whoever is led here by the condition `module-sync` has `getBuiltinModule`, too: an import of Node's own modules would take a tenth of
// the way to the first envelope.

import { wrongOption } from './json.js';
// @ts-expect-error a file that the build makes: here the register is in the entry, where its names are wanted at once
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

/** @type {Record<'client' | 'whole', () => any> | undefined} */
let made;

/** At their first use, and in such words that who traces files finds them. */
function parts() {
  if (made === undefined) {
    const module = process.getBuiltinModule('node:module');
    const require = module.createRequire(import.meta.url);
    made = { client: () => require('./node-client.cjs'), whole: () => require('./node-whole.cjs') };
  }
  return made;
}

/** @param {'client' | 'whole'} name */
function part(name) {
  try {
    return parts()[name]();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'MODULE_NOT_FOUND')) throw thrown;
    throw wrongOption('init', 'a part of aigobo was left out of this bundle; give the bundler the condition "module" beside "node", or leave aigobo outside of the bundle');
  }
}
