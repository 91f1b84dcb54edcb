// The memories of the package's wasm instances. To be imported before the package: it makes them at its first use.

import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Newest last. @type {WebAssembly.Memory[]} */
export const memories = [];

/** Of them, those of the envelope's own wasm, which no client runs in. */
const envelopes = new Set();

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, args) {
    const instance = Reflect.construct(Instance, args);
    memories.push(instance.exports.memory);
    if (!('core_new' in instance.exports)) envelopes.add(instance.exports.memory);
    return instance;
  },
});

/** The newest of the whole wasm. @returns {WebAssembly.Memory} */
export const memory = () => memories.findLast((each) => !envelopes.has(each)) ?? assert.fail('no instance yet');

/** The newest of the envelope's. @returns {WebAssembly.Memory} */
export const envelopeMemory = () => memories.findLast((each) => envelopes.has(each)) ?? assert.fail('no instance yet');

setFlagsFromString('--expose-gc');
const collect = /** @type {() => void} */ (runInNewContext('gc'));

/** The JS heap when the garbage is gone, in bytes. */
export async function collected() {
  // Only turns of the event loop let go of what the test runner's own hooks keep.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((done) => setImmediate(done));
    collect();
  }
  return process.memoryUsage().heapUsed;
}
