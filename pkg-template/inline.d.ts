// The main entry, with the wasm inside.
export * from './index.js';
