// @ts-check
// The sandbox as one function of Request. The platform itself is the state machine in the wasm; here are the
// clock, and the notifications it sends.

import { AigoboError, ConfigError } from 'aigobo';
import { pause } from './common/pause.js';
import * as glue from './wasm/sandbox.js';

/** @typedef {{ id: number, kind: string, url: string, body: string, delayMs: number }} Notification */

/** In-process there is no port: the address only has to be one that nobody has. */
const NOWHERE = 'https://sandbox.aigobo.invalid';

/** `{"code":"9999","message":"系统异常","data":null}` in GBK, which a UTF-8 reader cannot read. */
const GBK = Uint8Array.of(...[...'{"code":"9999","message":"'].map((c) => c.charCodeAt(0)), 0xcf, 0xb5, 0xcd, 0xb3, 0xd2, 0xec, 0xb3, 0xa3, ...[...'","data":null}'].map((c) => c.charCodeAt(0)));

/** @type {(() => WebAssembly.Module) | undefined} */
let load;

/** @param {() => WebAssembly.Module} loader */
export function loadOnFirstUse(loader) {
  load = loader;
}

/** @type {typeof import('./sandbox.js').createSandbox} */
export function createSandbox(options = {}) {
  demand(typeof options === 'object' && options !== null, 'options', 'must be an object');
  if (load) {
    glue.initSync({ module: load() });
    load = undefined;
  }
  return new Sandbox(options);
}

class Sandbox {
  /** @type {glue.SandboxCore} */
  #core;
  /** @type {() => number} */
  #clock;
  /** @type {typeof fetch} */
  #deliverBy;
  /** @type {Set<Promise<void>>} */
  #deliveries = new Set();

  /** @param {import('./sandbox.js').SandboxOptions} options */
  constructor({ baseUrl = NOWHERE, credentials, clock = Date.now, seed = 1, deliver, ...rest }) {
    const [unknown] = Object.keys(rest);
    demand(unknown === undefined, unknown ?? '', 'is not an option of a sandbox');
    demand(typeof clock === 'function', 'clock', 'must be a function that returns milliseconds');
    demand(deliver === undefined || typeof deliver === 'function', 'deliver', 'must be a function like the global fetch');
    this.#clock = clock;
    this.#deliverBy = deliver ?? ((input, init) => globalThis.fetch(input, init));
    this.#core = guard(() => new glue.SandboxCore(JSON.stringify({ ...credentials, baseUrl }), requireWhole('seed', seed)));
    this.clientOptions = {
      ...JSON.parse(this.#core.clientOptions()),
      fetch: this.fetch,
      clock: () => this.#core.now(this.#clock()),
    };
  }

  // A property, so that it can be handed on without its object.
  /** @type {(input: Request | string | URL, init?: RequestInit) => Promise<Response>} */
  fetch = async (input, init) => {
    // As it came where it is one: a server's own Request class need not be one that the global class can copy.
    const request = init === undefined && typeof input === 'object' && 'arrayBuffer' in input ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const body = new Uint8Array(await request.arrayBuffer());
    const { pathname, search } = new URL(request.url);
    const type = request.headers.get('content-type') ?? '';
    const answer = guard(() => this.#core.handle(request.method, pathname, search.slice(1), type, body, this.#clock()));
    this.#deliver();
    if (answer.delayMs > 0) await pause(answer.delayMs, request.signal);
    if (answer.fate === 'hangs') await pause(Infinity, request.signal);
    request.signal.throwIfAborted();
    if (answer.fate === 'resets') throw resets();
    const headers = new Headers({ 'content-type': answer.contentType, date: new Date(this.#core.gatewayNow(this.#clock())).toUTCString() });
    if (answer.location) headers.set('location', answer.location);
    return new Response(answer.fate === 'gbk' ? GBK : answer.body, { status: answer.status, headers });
  };

  /** @param {string} tempOrderCode */
  async pay(tempOrderCode) {
    demand(typeof tempOrderCode === 'string', 'tempOrderCode', `must be text, not ${typeof tempOrderCode}; createPreOrder returns it`);
    const orderCode = guard(() => this.#core.pay(tempOrderCode, this.#clock()));
    this.#deliver();
    return { orderCode };
  }

  /** @param {number} ms */
  advance(ms) {
    guard(() => this.#core.advance(requireWhole('ms', ms)));
  }

  reset() {
    guard(() => this.#core.reset());
  }

  /** @param {import('./sandbox.js').Fault[]} list */
  faults(list) {
    demand(Array.isArray(list), 'faults', 'must be a list');
    guard(() => this.#core.faults(JSON.stringify(list)));
  }

  snapshot() {
    return JSON.parse(guard(() => this.#core.snapshot(this.#clock())));
  }

  async settled() {
    // An answered notification may have made the shop act, and so the sandbox notify again.
    while (this.#deliveries.size > 0) await Promise.all(this.#deliveries);
  }

  #deliver() {
    /** @type {Notification[]} */
    const queued = this.#core.takeNotifications();
    for (const notification of queued) {
      const delivery = this.#post(notification).finally(() => this.#deliveries.delete(delivery));
      this.#deliveries.add(delivery);
    }
  }

  /** @param {Notification} notification */
  async #post({ id, url, body, delayMs }) {
    let status;
    if (delayMs > 0) await pause(delayMs);
    try {
      const headers = { 'content-type': 'application/json' };
      const answer = await this.#deliverBy(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
      await answer.arrayBuffer();
      status = answer.status;
    } catch {
      // Nobody there, or no answer: the sandbox records a notification without a status.
    }
    this.#core.delivered(id, status);
  }
}

/** What a runtime's own fetch throws when the connection is reset. */
function resets() {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
}

/**
 * @param {string} option
 * @param {number} value
 */
function requireWhole(option, value) {
  demand(Number.isSafeInteger(value) && value >= 0, option, 'must be a whole number, 0 or more');
  return value;
}

/**
 * @param {boolean} right
 * @param {string} option
 * @param {string} message
 */
function demand(right, option, message) {
  if (!right) throw new ConfigError({ code: 'config', option, message: `${option}: ${message}` });
}

/**
 * @template T
 * @param {() => T} use
 * @returns {T}
 */
function guard(use) {
  try {
    return use();
  } catch (thrown) {
    throw AigoboError.from(thrown);
  }
}
