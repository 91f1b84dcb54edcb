// @ts-check
// Compiles what `init` is handed, or throws an error that says what to do instead.

import { ConfigError, ConnectionError, HttpError } from './errors.js';
import { loadFrom } from './runtime.js';

/** @typedef {import('./index.js').InitSource} InitSource */

const SOURCES = "aigobo/aigobo.wasm's URL, Response, bytes or WebAssembly.Module";

/** What to do if the file beside the code is not found. */
const NOT_THERE = `Vite before 8 needs \`optimizeDeps: { exclude: ['aigobo'] }\`; elsewhere serve it there, or hand init() ${SOURCES}`;

/** How many characters of an error page are kept. */
const BODY = 500;

/** How many characters of an address are shown: a data: URL is the whole file. */
const SHOWN = 200;

/** The smallest possible module. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** @param {InitSource | Promise<InitSource>} source */
export async function load(source) {
  // Checked first, so that nothing is downloaded in vain.
  if (typeof WebAssembly === 'undefined') throw forbidden();
  const module = await moduleFrom(source);
  try {
    await loadFrom(module);
  } catch (cause) {
    // It has other imports or exports.
    if (!(cause instanceof WebAssembly.LinkError || cause instanceof TypeError)) throw cause;
    throw wrongSource("is the WebAssembly of something else; hand init() this version's aigobo/aigobo.wasm", cause);
  }
}

/**
 * @param {any} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function moduleFrom(source) {
  // By name, because a frame's Response is not an instance of this realm's class.
  switch (ArrayBuffer.isView(source) ? 'view' : Object.prototype.toString.call(source)) {
    case '[object WebAssembly.Module]':
      return source;
    case '[object String]':
    case '[object URL]':
      return fromResponse(await download(source));
    case '[object Response]':
      return fromResponse(source);
    case '[object Promise]':
      return moduleFrom(await source.catch(broken));
    case '[object ArrayBuffer]':
      return fromBytes(source);
    case 'view':
      // Chromium does not compile a DataView.
      return fromBytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    default:
      throw wrongSource(`must be ${SOURCES}, not ${source === null ? 'null' : typeof source}`);
  }
}

/** @param {BufferSource} bytes */
function fromBytes(bytes) {
  return WebAssembly.compile(bytes).catch((cause) => refused(cause, 'what was handed over'));
}

/** @param {string | URL} address */
async function download(address) {
  let request;
  try {
    request = new Request(address);
  } catch {
    // Without the cause, which repeats the whole address.
    throw wrongSource(`cannot be fetched from ${shown(address)}; hand it ${SOURCES}`);
  }
  return fetch(request).catch(broken);
}

/** @param {Response} response */
async function fromResponse(response) {
  const { ok, status, url, headers } = response;
  const from = `what came${url && ` from ${shown(url)}`}`;
  if (!ok) {
    const body = (await response.text().catch(() => '')).slice(0, BODY);
    const retryable = status >= 500 || status === 408 || status === 429;
    const cure = retryable ? 'call init() again later' : status === 404 || status === 410 ? NOT_THERE : `let the page read it there, or hand init() ${SOURCES}`;
    throw new HttpError({ code: 'http', status, body, retryable, message: `init: ${from} is HTTP ${status} instead of the WebAssembly: ${cure}` });
  }
  if (response.bodyUsed) throw wrongSource('is a Response that was read already; hand over a fresh one');
  const type = headers.get('content-type') ?? 'no type';
  try {
    // A server that does not know the type still serves the bytes.
    return type === 'application/wasm' && 'compileStreaming' in WebAssembly ? await WebAssembly.compileStreaming(response) : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    // Given half a module, Firefox says as often that it is out of memory as that the module does not compile.
    const cut = cause instanceof TypeError || /** @type {any} */ (cause)?.name === 'AbortError';
    return cut ? broken(cause) : refused(cause, `${from} (${type})`);
  }
}

/** An address as an error may show it, since a query or a user's name and password may be secret. @param {string | URL} address */
function shown(address) {
  return String(address).replace(/[?#].*/s, '').replace(/^(\w+:[/\\]*|[/\\]{2,})[^/\\]*@/, '$1').slice(0, SHOWN);
}

/**
 * @param {unknown} cause
 * @param {string} what was not compiled
 * @returns {never}
 */
function refused(cause, what) {
  throw compilesAny() ? wrongSource(`${what} is not the WebAssembly: ${NOT_THERE}`, cause) : forbidden(cause);
}

/** Whether this runtime compiles WebAssembly at all. */
export function compilesAny() {
  try {
    return !!new WebAssembly.Module(EMPTY);
  } catch {
    return false;
  }
}

/** The error of a runtime that compiles no WebAssembly, or does not know it. @param {unknown} [cause] */
export function forbidden(cause) {
  return wrongSource("this runtime forbids to compile WebAssembly: allow 'wasm-unsafe-eval' in the page's Content-Security-Policy; exempt the site from Lockdown Mode; in a worker at the edge, import aigobo/aigobo.wasm and hand that to init() of aigobo", cause);
}

/** @param {unknown} cause @returns {never} */
function broken(cause) {
  const message = `init: the WebAssembly could not be downloaded; call init() again, or hand it ${SOURCES}`;
  throw new ConnectionError({ code: 'connection', retryable: true, message, cause });
}

/** @param {string} message @param {unknown} [cause] */
export function wrongSource(message, cause) {
  return new ConfigError({ code: 'config', option: 'init', message: `init: ${message}`, cause });
}
