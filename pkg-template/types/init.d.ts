/** A WebAssembly.Module, if the project's types know WebAssembly; a server's need not (`lib` without `dom`). */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: new (...args: any) => infer Module } } ? Module & object : never;

/** What `init` takes: the location of `aigobo/aigobo.wasm`, the response that holds it, or its content. */
export type InitSource = URL | string | Response | ArrayBuffer | ArrayBufferView | WasmModule;

/**
 * Loads the WebAssembly. Only a browser needs it, once, before anything else; on a server it resolves at once. You may call it
 * again, and concurrently from several places: the first call that succeeds counts. It rejects with a ConnectionError or HttpError
 * if the download failed, and with a ConfigError if it got something else; you may then call it again.
 * @param source The location of the wasm, the response that holds it, or its content. Default: the file beside the code.
 * @example
 * ```ts
 * import { init, validate } from 'aigobo';
 *
 * await init();
 * console.log(validate('getOrderDetail', { memberId: '106225' }).map(({ label }) => label)); // → [ '预订单号', '分销商编号' ]
 * ```
 */
export function init(source?: InitSource | Promise<InitSource>): Promise<void>;
