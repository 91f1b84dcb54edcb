// @ts-check
// The only place that manages the wasm's instances: it makes them, and replaces one that trapped with a fresh one.

import { createInstance } from './wasm/instance.js';
import { AigoboError, ConfigError, InternalError, isAigoboError } from './errors.js';

/** @typedef {ReturnType<typeof createInstance>} Wasm */
/** @typedef {{ wasm: Wasm, running: Set<(error: unknown) => void>, close: () => void }} Instance */

/** The prefix that the build gives to exports through which the event loop enters: tasks, timers, listeners, promises. */
const ENTRY = 'invoke';

/** How much of an instance's memory is wiped, in bytes. */
const WIPED = 64 << 20;

/** What the glue can read as a result of several values, none of them an error. @type {readonly never[]} */
const NOTHING = Object.freeze([]);

/** @type {WebAssembly.Module | undefined} */
let compiled;

/** @type {(() => WebAssembly.Module) | undefined} */
let compile;

/** @type {Instance | undefined} */
let current;

/** Fills the bytes of a nonce. @type {(bytes: Uint8Array) => void} */
let draw = (bytes) => void globalThis.crypto.getRandomValues(bytes);

/**
 * Compiles the wasm at its first use, for runtimes that can do so synchronously.
 * @param {() => WebAssembly.Module} how
 */
export function compileOnFirstUse(how) {
  compile = how;
}

/**
 * Sets the source of nonces, for a runtime that has a better one than WebCrypto.
 * @param {(bytes: Uint8Array) => void} how
 */
export function drawBy(how) {
  draw = how;
}

/**
 * Makes the first instance, for runtimes that must wait for it.
 * @param {WebAssembly.Module} module
 */
export async function loadFrom(module) {
  const instance = newInstance();
  // Not startSync: a page's main thread may refuse to make a large instance synchronously.
  await instance.wasm.start(module);
  compiled = module;
  current ??= instance;
}

/**
 * Runs `use` with the wasm; what it throws becomes an error of this package.
 * @template T
 * @param {(wasm: Wasm) => T} use
 * @returns {T}
 */
export function withWasm(use) {
  const instance = currentInstance();
  try {
    return use(instance.wasm);
  } catch (thrown) {
    throw isTrap(thrown) ? retire(instance, thrown) : AigoboError.from(thrown);
  }
}

/**
 * The same for an asynchronous call: if its instance traps meanwhile, the call rejects instead of hanging.
 * @template T
 * @param {(wasm: Wasm) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withWasmAsync(use) {
  const instance = currentInstance();
  const answer = withWasm(use);
  /** @type {(error: unknown) => void} */
  let reject = () => {};
  /** @type {Promise<never>} */
  const trapped = new Promise((_, fail) => instance.running.add((reject = fail)));
  try {
    return await Promise.race([answer, trapped]);
  } finally {
    instance.running.delete(reject);
  }
}

function currentInstance() {
  if (!current) {
    compiled ??= compile?.();
    if (!compiled) {
      const message = 'init: the WebAssembly is not loaded yet; call `await init()` once before anything else';
      throw new ConfigError({ code: 'config', option: 'init', message });
    }
    const instance = newInstance();
    instance.wasm.startSync(compiled);
    current = instance;
  }
  return current;
}

/** Whether `wasm` has not trapped. @param {Wasm} wasm */
export function isSound(wasm) {
  return current?.wasm === wasm;
}

/** @returns {Instance} */
function newInstance() {
  /** @type {WebAssembly.Exports} */
  const entries = {};
  /** @type {Set<unknown>} */
  const timers = new Set();
  /** @type {Instance} */
  const instance = { running: new Set(), wasm: createInstance(guard, setTimer, clearTimer, soon, (bytes) => draw(bytes)), close };

  /** @param {WebAssembly.Exports} exports */
  function guard(exports) {
    for (const [name, value] of Object.entries(exports)) entries[name] = name.startsWith(ENTRY) ? guarded(/** @type {Function} */ (value)) : value;
    return entries;
  }

  /** @param {Function} entry a step of a running call: without this, a trap in it would reach only the process */
  function guarded(entry) {
    return (/** @type {unknown[]} */ ...args) => {
      try {
        return entry(...args);
      } catch (thrown) {
        retire(instance, thrown);
        return NOTHING;
      }
    };
  }

  /** @param {() => void} callback @param {number} ms */
  function setTimer(callback, ms) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      callback();
    }, ms);
    timers.add(timer);
    return timer;
  }

  /** @param {any} timer */
  function clearTimer(timer) {
    timers.delete(timer);
    clearTimeout(timer);
  }

  /** Stops its timers, which would keep the process alive, and empties its exports, so that late answers, aborts and finalizers do nothing. */
  function close() {
    timers.forEach(clearTimer);
    const { memory } = entries;
    // The keys are at its beginning. Wiping all the memory could take seconds if it grew before the trap.
    if (memory instanceof WebAssembly.Memory) new Uint8Array(memory.buffer).subarray(0, WIPED).fill(0);
    for (const [name, value] of Object.entries(entries)) if (typeof value === 'function') entries[name] = () => NOTHING;
  }

  return instance;
}

/** Not the global queueMicrotask: a test's fake timers may hold it back, and with it every call. @param {() => void} callback */
function soon(callback) {
  void Promise.resolve().then(callback);
}

/**
 * After a trap nothing in an instance is reliable: rejects its calls; the next ones begin on a fresh instance.
 * @param {Instance} instance
 * @param {unknown} cause
 */
function retire(instance, cause) {
  if (current === instance) current = undefined;
  instance.close();
  const message =
    'the library itself failed: please report it with the stack of cause. The next call runs on a fresh instance; if this one was a write, ask what became of it before you send it again';
  const error = new InternalError({ code: 'internal', message, cause: isTrap(cause) ? cause : withoutMessage(cause) });
  for (const reject of instance.running) reject(error);
  return error;
}

/**
 * An error from foreign code may contain anything, so keep only where it came from.
 * @param {unknown} thrown
 */
function withoutMessage(thrown) {
  const error = new Error('foreign code threw where it must not');
  const lines = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack.split('\n') : [];
  error.stack = [String(error), ...lines.filter((line) => /^\s+at /.test(line))].join('\n');
  return error;
}

/** @param {unknown} thrown an exhausted stack is a RangeError, in Firefox an InternalError of its own */
function isTrap(thrown) {
  if (isAigoboError(thrown) || !(thrown instanceof Error)) return false;
  return thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError || thrown.name === 'InternalError';
}
