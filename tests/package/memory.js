// The memories of the package's wasm instances. To be imported before the package: it makes them at its first use.

import assert from 'node:assert/strict';

/** Newest last. @type {WebAssembly.Memory[]} */
export const memories = [];

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, args) {
    const instance = Reflect.construct(Instance, args);
    memories.push(instance.exports.memory);
    return instance;
  },
});

/** @returns {WebAssembly.Memory} */
export const memory = () => memories.at(-1) ?? assert.fail('no instance yet');
