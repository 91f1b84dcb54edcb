/** A WebAssembly.Module where the project's types know WebAssembly: a server's need not (`lib` without `dom`). */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: new (...args: any) => infer Module } } ? Module & object : never;

/** What `init` takes: where `aigobo/aigobo.wasm` is, what fetched it, or what is in it. */
export type InitSource = URL | string | Response | ArrayBuffer | ArrayBufferView | WasmModule;

/**
 * Loads the WebAssembly. Only a browser needs it, once, before anything else; on a server it resolves at once. Safe to call
 * again, and at once from several places: the first that succeeds counts. It rejects with a ConnectionError or HttpError
 * where the download failed, and a ConfigError where it was handed something else; then it may be called again.
 * @param source Where the wasm is, what fetched it, or what it holds. Default: the file beside the code.
 * @example
 * ```ts
 * import { init, validate } from 'aigobo';
 *
 * await init();
 * console.log(validate('getOrderDetail', { memberId: '106225' }).map(({ label }) => label)); // → [ '预订单号', '分销商编号' ]
 * ```
 */
export function init(source?: InitSource | Promise<InitSource>): Promise<void>;
