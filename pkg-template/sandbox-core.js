// @ts-check
// The sandbox as one function of Request. The platform itself is the state machine in the wasm; here are the
// clock, the notifications it sends, who watches it, and the file that keeps it.

import { AigoboError, ConfigError } from 'aigobo';
import { pause } from './common/pause.js';
import * as glue from './wasm/sandbox.js';

/** @typedef {{ id: number, order: string, url: string, body: string, delayMs: number }} Notification */

/** In-process there is no port: the address only has to be one that nobody has. */
const NOWHERE = 'https://sandbox.aigobo.invalid';

/** `{"code":"9999","message":"系统异常","data":null}` in GBK, which a UTF-8 reader cannot read. */
const GBK = Uint8Array.of(...[...'{"code":"9999","message":"'].map((c) => c.charCodeAt(0)), 0xcf, 0xb5, 0xcd, 0xb3, 0xd2, 0xec, 0xb3, 0xa3, ...[...'","data":null}'].map((c) => c.charCodeAt(0)));

/** Milliseconds: who watches is told of many changes at once. */
const NEWS_EVERY = 100;

/** Milliseconds for the shop to answer a callback. */
const PATIENCE = 10_000;

/** So much journal, in characters, is kept at least before the memory is written anew, and so many times the memory's size. */
const JOURNAL = { least: 1 << 20, times: 2 };

/**
 * What keeps a sandbox's lines. `append` and `replace` resolve when they are safe.
 * @typedef {{ text: string, append(lines: string): Promise<void>, replace(text: string): Promise<void>, close(): Promise<void> }} Keeper
 */

const NEWS = new TextEncoder().encode('data:\n\n');

/** @type {(() => WebAssembly.Module) | undefined} */
let load;
/** @type {((path: string) => Keeper) | undefined} */
let openState;

/**
 * What the runtime gives: the wasm, and files where it has them.
 * @param {() => WebAssembly.Module} loader
 * @param {(path: string) => Keeper} [opener]
 */
export function loadOnFirstUse(loader, opener) {
  load = loader;
  openState = opener;
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
  /** The last delivery of each order. @type {Map<string, Promise<void>>} */
  #lanes = new Map();
  /** @type {Set<ReadableStreamDefaultController<Uint8Array>>} */
  #watchers = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #news;
  /** @type {Keeper | undefined} */
  #keeper;
  /** Lengths of the memory as it was last written, and of the journal since. */
  #written = { memory: 0, journal: 0 };
  /** @type {Promise<void>} The last of what is being written. */
  #kept = Promise.resolve();

  /** @param {import('./sandbox.js').SandboxOptions} options */
  constructor({ baseUrl = NOWHERE, credentials, clock = () => Date.now(), seed = 1, creditBalance, deliver, state, ...rest }) {
    const [unknown] = Object.keys(rest);
    demand(unknown === undefined, unknown ?? '', 'is not an option of a sandbox');
    demand(typeof clock === 'function', 'clock', 'must be a function that returns milliseconds');
    demand(deliver === undefined || typeof deliver === 'function', 'deliver', 'must be a function like the global fetch');
    this.#clock = clock;
    this.#deliverBy = deliver ?? ((input, init) => globalThis.fetch(input, init));
    demand(creditBalance === undefined || typeof creditBalance === 'string', 'creditBalance', 'must be text such as "1000.00", in yuan');
    demand(state === undefined || (typeof state === 'string' && state !== ''), 'state', "must be a file's path");
    const options = { ...credentials, baseUrl, ...(creditBalance !== undefined && { creditBalance }) };
    this.#core = guard(() => new glue.SandboxCore(JSON.stringify(options), requireWhole('seed', seed)));
    if (state !== undefined) this.#takeUp(state);
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
    if (pathname === '/_sandbox/events' && request.method === 'GET') return this.#watch();
    const answer = guard(() => this.#core.handle(request.method, pathname, search.slice(1), type, body, this.#clock()));
    await this.#stepTaken();
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
    await this.#stepTaken();
    return { orderCode };
  }

  /** @param {number} ms */
  advance(ms) {
    guard(() => this.#core.advance(requireWhole('ms', ms)));
    this.#stepTaken();
  }

  reset() {
    guard(() => this.#core.reset());
    this.#stepTaken();
  }

  /** @param {string} balance */
  credit(balance) {
    demand(typeof balance === 'string', 'balance', 'must be text such as "1000.00", in yuan');
    guard(() => this.#core.credit(balance));
    this.#stepTaken();
  }

  /** @param {import('./sandbox.js').Fault[]} list */
  faults(list) {
    demand(Array.isArray(list), 'faults', 'must be a list');
    guard(() => this.#core.faults(JSON.stringify(list)));
    this.#stepTaken();
  }

  snapshot() {
    return JSON.parse(guard(() => this.#core.snapshot(this.#clock())));
  }

  async settled() {
    // An answered notification may have made the shop act, and so the sandbox notify again.
    while (this.#deliveries.size > 0) await Promise.all(this.#deliveries);
    await this.#kept;
  }

  async close() {
    await this.settled();
    clearTimeout(this.#news);
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers.clear();
    const keeper = this.#keeper;
    if (!keeper) return;
    this.#keeper = undefined;
    // Whole: another version need not take this one's steps again.
    await keeper.replace(this.#core.save());
    await keeper.close();
  }

  /** @param {string} path */
  #takeUp(path) {
    demand(openState !== undefined, 'state', 'needs files: run the sandbox in Node, Deno or Bun');
    const keeper = /** @type {NonNullable<typeof openState>} */ (openState)(path);
    try {
      if (keeper.text !== '') guard(() => this.#core.restore(keeper.text));
      this.#keeper = keeper;
      this.#writeAnew();
    } catch (error) {
      void keeper.close();
      throw error;
    }
    this.#deliver();
  }

  /** Sends the callbacks, tells who watches; resolves when the step is kept: before that it must not be acknowledged. */
  #stepTaken() {
    this.#deliver();
    this.#tellNews();
    const lines = this.#keeper ? this.#core.takeJournal() : '';
    if (lines !== '') {
      this.#written.journal += lines.length;
      if (this.#written.journal > Math.max(JOURNAL.least, JOURNAL.times * this.#written.memory)) this.#writeAnew();
      else this.#keep(/** @type {Keeper} */ (this.#keeper).append(lines));
    }
    return this.#kept;
  }

  #writeAnew() {
    const memory = guard(() => this.#core.save());
    this.#written = { memory: memory.length, journal: 0 };
    this.#keep(/** @type {Keeper} */ (this.#keeper).replace(memory));
  }

  /** @param {Promise<void>} kept */
  #keep(kept) {
    // Who waits for it hears of a failure; where nobody does, the next step will.
    kept.catch(() => {});
    this.#kept = kept;
  }

  /** Server-sent events: that something changed, and no more. */
  #watch() {
    /** @type {ReadableStreamDefaultController<Uint8Array>} */
    let watcher;
    const body = new ReadableStream({
      start: (controller) => {
        watcher = controller;
        this.#watchers.add(watcher);
        watcher.enqueue(NEWS);
      },
      cancel: () => void this.#watchers.delete(watcher),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
  }

  #tellNews() {
    if (this.#watchers.size === 0) return;
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      for (const watcher of this.#watchers) watcher.enqueue(NEWS);
    }, NEWS_EVERY);
  }

  #deliver() {
    /** @type {Notification[]} */
    const queued = this.#core.takeNotifications();
    for (const notification of queued) {
      const { order, delayMs } = notification;
      // Those of one order come one after the other, unless one is late.
      const before = delayMs > 0 ? undefined : this.#lanes.get(order);
      const delivery = Promise.resolve(before).then(() => this.#post(notification)).finally(() => {
        this.#deliveries.delete(delivery);
        if (this.#lanes.get(order) === delivery) this.#lanes.delete(order);
      });
      this.#deliveries.add(delivery);
      if (delayMs === 0) this.#lanes.set(order, delivery);
    }
  }

  /** @param {Notification} notification */
  async #post({ id, url, body, delayMs }) {
    let status;
    if (delayMs > 0) await pause(delayMs);
    // Not AbortSignal.timeout: that would be kept until its time, long after the answer.
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const headers = { 'content-type': 'application/json' };
      const answer = await this.#deliverBy(url, { method: 'POST', headers, body, signal: patience.signal });
      await answer.arrayBuffer();
      status = answer.status;
    } catch {
      // Nobody there, or no answer: the sandbox records a notification without a status.
    }
    clearTimeout(timer);
    this.#core.delivered(id, status);
    this.#stepTaken();
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
