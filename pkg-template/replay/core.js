// @ts-check
// What recorder and replayer share: the wasm, and a request taken apart.

import * as sandbox from '../wasm/sandbox.js';

/** @type {(() => WebAssembly.Module) | undefined} */
let load;

/** The sandbox's wasm, which knows the endpoints' tables; the main entry's does without. @param {() => WebAssembly.Module} loader */
export function loadOnFirstUse(loader) {
  load = loader;
}

/** Started at its first use. */
export const glue = {
  get RecorderCore() {
    return started().RecorderCore;
  },
  get ReplayCore() {
    return started().ReplayCore;
  },
};

function started() {
  if (load) {
    sandbox.initSync({ module: load() });
    load = undefined;
  }
  return sandbox;
}

/**
 * Path, query, Content-Type and body.
 * @param {Request} request
 * @returns {Promise<[string, string, string, Uint8Array]>}
 */
export async function incoming(request) {
  const { pathname, search } = new URL(request.url);
  return [pathname, search.slice(1), request.headers.get('content-type') ?? '', new Uint8Array(await request.arrayBuffer())];
}

/**
 * What the system calls it, of whichever depth.
 * @param {any} error
 * @returns {string | undefined}
 */
export function codeOf(error, depth = 0) {
  if (typeof error?.code === 'string') return error.code;
  return depth < 5 && error?.cause ? codeOf(error.cause, depth + 1) : undefined;
}
