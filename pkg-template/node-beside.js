// @ts-check
// Node: the files beside the main entry where that is CommonJS. Each is spelled out, because bundlers and file tracers recognise it by
// its form, which an arrow function would hide. In the module that Node imports, `node-beside-module.js` replaces this file.

/**
 * Node's file system, without `require` if possible: that takes Node 20 a hundredth of the time to the first envelope.
 * @returns {typeof import('node:fs')}
 */
export function fileSystem() {
  // Called only here, because a bundle of modules may have no `require` at all.
  return globalThis.process?.getBuiltinModule?.('node:fs') ?? require('node:fs');
}

/** The envelope's own wasm. */
export function envelopeWasm() {
  return `${__dirname}/wasm/envelope_bg.wasm`;
}

/** @returns {typeof import('./node-client.js')} */
// @ts-expect-error a bundle that the build makes
export const client = () => require('./node-client.cjs');

/** @returns {typeof import('./node-whole.js')} */
// @ts-expect-error a bundle that the build makes
export const whole = () => require('./node-whole.cjs');

/** @returns {typeof import('./generated/endpoints.js')} */
// @ts-expect-error a file that the build makes
export const register = () => require('./node-register.cjs');
