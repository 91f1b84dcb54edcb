// @ts-check
// The sandbox as one function of a Request. The wasm's state machine is the platform itself; this file adds the clock,
// the watchers and the storage.

import { isAigoboError } from 'aigobo';
import { answer, noAnswer } from '../common/answer.js';
import { readBody } from '../common/body.js';
import { withoutNull, wrong } from '../common/options.js';
import { pause } from '../common/pause.js';
import { Callbacks } from './callbacks.js';
import { guard, ready } from './wasm.js';

/** There is no port in-process, so the address only has to be one that does not exist. */
const NOWHERE = 'https://sandbox.aigobo.invalid';

/** In milliseconds: watchers are told about many changes at once. */
const NEWS_EVERY = 100;
const NEWS = new TextEncoder().encode('data:\n\n');

/** A larger request, in bytes, is refused unread. An order with ten thousand insured is a tenth of it. */
const MOST = 32 << 20;

/**
 * The memory is rewritten when the journal is longer than both of these: a number of characters, and a multiple of the
 * memory.
 */
const JOURNAL = { least: 1 << 20, times: 2 };

/**
 * Stores a sandbox's lines. `append` and `replace` resolve when the lines are safe.
 * @typedef {{ text: string, append(lines: string): Promise<void>, replace(text: string): Promise<void>, close(): Promise<void> }} Keeper
 */

/** @type {((path: string) => Keeper) | undefined} */
let openState;

/**
 * Registers what stores a state on runtimes that have files.
 * @param {(path: string) => Keeper} opener
 */
export function keepIn(opener) {
  openState = opener;
}

/** @type {typeof import('../sandbox.js').createSandbox} */
export function createSandbox(options) {
  return new Sandbox(withoutNull(options));
}

class Sandbox {
  /** @type {import('../wasm/sandbox.js').SandboxCore} */
  #core;
  /** @type {() => number} */
  #clock;
  /** @type {Callbacks} */
  #callbacks;
  /** @type {Set<ReadableStreamDefaultController<Uint8Array>>} */
  #watchers = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #news;
  /** @type {Keeper | undefined} */
  #keeper;
  /** The lengths of the memory when it was last written, and of the journal since then. */
  #written = { memory: 0, journal: 0 };
  /** The last write in progress. @type {Promise<void>} */
  #kept = Promise.resolve();
  #closed = false;
  /** @type {Promise<void> | undefined} */
  #closing;

  /** @param {import('../sandbox.js').SandboxOptions} options */
  constructor({ baseUrl = NOWHERE, credentials, clock = () => Date.now(), seed = 1, creditBalance, dialect, deliver, state, ...rest }) {
    const [unknown] = Object.keys(rest);
    demand(unknown === undefined, unknown ?? '', 'is not an option of a sandbox');
    demand(typeof clock === 'function', 'clock', 'must be a function that returns milliseconds');
    demand(deliver === undefined || typeof deliver === 'function', 'deliver', 'must be a function like the global fetch');
    demand(creditBalance === undefined || typeof creditBalance === 'string', 'creditBalance', 'must be text such as "1000.00", in yuan');
    demand(dialect === undefined || (typeof dialect === 'object' && dialect !== null), 'dialect', 'must be an object: transport, nested, digest, version');
    demand(state === undefined || (typeof state === 'string' && state !== ''), 'state', "must be a file's path");
    this.#clock = () => {
      const now = read(clock);
      demand(Number.isFinite(now), 'clock', 'must return milliseconds since 1970, a number');
      return now;
    };
    this.#callbacks = new Callbacks(deliver ?? ((input, init) => globalThis.fetch(input, init)), (id, status) => {
      if (this.#closed) return;
      this.#core.delivered(id, status);
      this.#stepTaken();
    });
    const options = { ...credentials, baseUrl, ...(creditBalance !== undefined && { creditBalance }), ...(dialect !== undefined && { dialect }) };
    this.#core = guard(() => new (ready().SandboxCore)(toJson('options', options), requireWhole('seed', seed)));
    if (state !== undefined) this.#takeUp(state);
    this.clientOptions = {
      ...JSON.parse(this.#core.clientOptions()),
      fetch: this.fetch,
      clock: () => this.#core.now(this.#clock()),
    };
  }

  // A property, so that it can be passed on without its object.
  /** @type {(input: Request | string | URL, init?: RequestInit) => Promise<Response>} */
  fetch = async (input, init) => {
    // A Request is used as it came: the global class may be unable to copy a server's own Request class.
    const request = init === undefined && typeof input === 'object' && 'arrayBuffer' in input ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const body = await readBody(request, MOST);
    if (body === undefined) return Response.json({ error: `the body has more than ${MOST} bytes` }, { status: 413 });
    const { pathname, search } = new URL(request.url);
    const type = request.headers.get('content-type') ?? '';
    const now = this.#begin();
    if (pathname === '/_sandbox/events' && request.method === 'GET') return this.#watch();
    if (pathname === '/_sandbox/reset' && request.method === 'POST') this.#callbacks.dropLate();
    const handled = guard(() => this.#core.handle(request.method, pathname, search.slice(1), type, body, now));
    await this.#stepTaken();
    if (handled.delayMs > 0) await pause(handled.delayMs, request.signal);
    if (handled.fate === 'hangs') await pause(Infinity, request.signal);
    request.signal.throwIfAborted();
    if (handled.fate === 'resets') throw noAnswer('read ECONNRESET', 'ECONNRESET', 'read');
    const headers = new Headers({ 'content-type': handled.contentType, date: new Date(this.#core.gatewayNow(this.#clock())).toUTCString() });
    // Headers are ASCII; a shop's address may not be.
    if (handled.location) headers.set('location', handled.location.replace(/[^\0-\x7f]+/g, encodeURIComponent));
    return answer(handled.status, handled.body, headers);
  };

  /** @param {string} tempOrderCode */
  async pay(tempOrderCode) {
    demand(typeof tempOrderCode === 'string', 'tempOrderCode', `must be text, not ${typeof tempOrderCode}; createPreOrder returns it`);
    this.#demandOpen();
    const orderCode = guard(() => this.#core.pay(tempOrderCode, this.#clock()));
    await this.#stepTaken();
    return { orderCode };
  }

  /** @param {number} ms */
  advance(ms) {
    this.#step(() => this.#core.advance(requireWhole('ms', ms)));
  }

  /** @param {string} balance */
  credit(balance) {
    demand(typeof balance === 'string', 'balance', 'must be text such as "1000.00", in yuan');
    this.#step(() => this.#core.credit(balance));
  }

  /** @param {import('../sandbox.js').Fault[]} list */
  faults(list) {
    demand(Array.isArray(list), 'faults', 'must be a list');
    this.#step(() => this.#core.faults(toJson('faults', list)));
  }

  reset() {
    this.#callbacks.dropLate();
    this.#step(() => this.#core.reset());
  }

  snapshot() {
    return JSON.parse(guard(() => this.#core.snapshot(this.#clock())));
  }

  async settled() {
    await this.#callbacks.settled();
    await this.#kept;
  }

  close() {
    return (this.#closing ??= this.#close());
  }

  async #close() {
    // Callbacks that a fault made late are not waited for; if there is a state, they go out after the restart.
    this.#callbacks.endLate();
    try {
      await this.settled();
    } finally {
      this.#closed = true;
      clearTimeout(this.#news);
      for (const watcher of this.#watchers) watcher.close();
      this.#watchers.clear();
      const keeper = this.#keeper;
      this.#keeper = undefined;
      try {
        // Written as a whole, because another version may not be able to repeat this one's steps.
        if (keeper) await keeper.replace(guard(() => this.#core.save()));
      } finally {
        await keeper?.close();
      }
    }
  }

  /**
   * When a request comes. What is wrong by then is told with `attempts: 0`: a Client knows from it that nothing was
   * done, and passes the error on as it is.
   */
  #begin() {
    try {
      this.#demandOpen();
      return this.#clock();
    } catch (error) {
      throw isAigoboError(error) ? Object.assign(error, { attempts: 0 }) : error;
    }
  }

  #demandOpen() {
    demand(!this.#closed, 'sandbox', 'is closed; make a new one');
  }

  /** @param {string} path */
  #takeUp(path) {
    demand(openState !== undefined, 'state', 'needs files: run the sandbox in Node, Deno or Bun');
    const keeper = /** @type {NonNullable<typeof openState>} */ (openState)(path);
    try {
      if (keeper.text !== '') guard(() => this.#core.restore(keeper.text));
      this.#keeper = keeper;
      // Taken before the memory is written, so that the memory includes what faults do to callbacks in transit.
      const queued = this.#core.takeNotifications();
      this.#writeAnew();
      this.#callbacks.send(queued, this.#kept);
    } catch (error) {
      void keeper.close();
      throw error;
    }
  }

  /** @param {() => void} step */
  #step(step) {
    this.#demandOpen();
    guard(step);
    this.#stepTaken();
  }

  /**
   * Keeps the step, then sends its callbacks and tells the watchers. Resolves when the step is kept; it must not be
   * acknowledged before that.
   */
  #stepTaken() {
    const queued = this.#core.takeNotifications();
    const lines = this.#keeper ? this.#core.takeJournal() : '';
    if (lines !== '') {
      this.#written.journal += lines.length;
      if (this.#written.journal > Math.max(JOURNAL.least, JOURNAL.times * this.#written.memory)) this.#writeAnew();
      else this.#keep(/** @type {Keeper} */ (this.#keeper).append(lines));
    }
    this.#callbacks.send(queued, this.#kept);
    this.#tellNews();
    return this.#kept;
  }

  #writeAnew() {
    const memory = guard(() => this.#core.save());
    this.#written = { memory: memory.length, journal: 0 };
    this.#keep(/** @type {Keeper} */ (this.#keeper).replace(memory));
  }

  /** @param {Promise<void>} kept */
  #keep(kept) {
    // Whoever waits for it learns of a failure; if nobody does, the next step will.
    kept.catch(() => {});
    this.#kept = kept;
  }

  /** Server-sent events that only say that something has changed. */
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
}

/**
 * What the clock says. Whatever it throws is the clock's fault, and not an answer of the platform's.
 * @param {() => number} clock
 */
function read(clock) {
  try {
    return clock();
  } catch (cause) {
    throw wrong('clock', 'threw instead of returning milliseconds since 1970; see cause', cause);
  }
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
 * @param {string} option
 * @param {object} value
 */
function toJson(option, value) {
  try {
    return JSON.stringify(value);
  } catch {
    throw wrong(option, 'cannot be written as JSON: it holds a BigInt, or itself, or is nested too deeply');
  }
}

/**
 * @param {boolean} right
 * @param {string} option
 * @param {string} message
 */
function demand(right, option, message) {
  if (!right) throw wrong(option, message);
}
