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

/** @type {Record<'client' | 'whole', () => any> | undefined} */
let made;

/** Resolved at first use. (File tracers find the parts by the CommonJS entry, which the module's last line names: `build/build.mjs`.) */
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
