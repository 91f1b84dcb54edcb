/**
 * The main entry ({@link aigobo! | aigobo}) with the wasm inside the code: the same names, for bundlers that emit no assets. Deno and Bun choose
 * it by themselves. It is only a module: you cannot `require` it.
 * @example
 * ```ts
 * import { sign } from 'aigobo/inline';
 *
 * console.log(sign({ productCode: '200437', memberId: '106225' }, 'secret')); // → 70c4593deea606395eba6d81a5bace84
 * ```
 * @module aigobo/inline
 */

export * from './index.js';
