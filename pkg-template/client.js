// @ts-check
// The client's JavaScript side: it hands JSON text to the wasm, and returns errors as classes.

import { KEYS, variableOf } from './common/account.js';
import { callersContext } from './context.js';
import { AigoboError } from './errors.js';
import { post } from './exchange.js';
import { clean } from './foreign.js';
import { callOptions, clientOptions, endpointNames } from './generated/names.js';
import { bodyToJson, optionToJson, requirePlain, requireText, wrongOption } from './json.js';
import { withOrigins } from './origins.js';
import { isSound, withWasm, withWasmAsync } from './runtime.js';
import { listen } from './signal.js';

/** @typedef {import('./index.js').CallOptions} CallOptions */

/** Older runtimes have no Symbol.dispose; there we use the name that esbuild's and Babel's helpers look for. */
const dispose = /** @type {typeof Symbol.dispose} */ (Symbol.dispose ?? Symbol.for('Symbol.dispose'));

/** What `fromEnv` reads; without the first four there is no client. */
const FROM_ENV = [...KEYS, 'distrCode', 'employeeCode', 'invitateCode', 'environment', 'baseUrl'];

/** The fields of a `ClientEvent`, in the order of `src/wasm/observe.rs`. */
const EVENT = ['endpoint', 'nonce', 'attempt', 'maxAttempts', 'waitedMs', 'sentAt', 'tookMs', 'status', 'gatewayCode', 'outcome', 'next', 'retryInMs'];

/** What the clients of one instance share: the account's queue. @type {WeakMap<Wasm, InstanceType<Wasm['Common']>>} */
const common = new WeakMap();

/** @typedef {import('./runtime.js').Wasm} Wasm */
/** @typedef {{ json: string, fetch?: Function, clock?: Function, acquire?: Function, observe?: Function }} Setup */

export class Client {
  /** What a core is made from, kept for the next instance in case one traps; cleared on disposal. @type {Setup | undefined} */
  #setup;
  /** @type {Wasm | undefined} */
  #wasm;
  /** @type {InstanceType<Wasm['Core']> | undefined} */
  #core;

  /** @param {import('./index.js').ClientOptions} options */
  constructor(options) {
    const { fetch, clock, observe, rateLimit, ...rest } = requirePlain('options', options ?? {});
    const timer = typeof clock === 'function' ? clock : undefined;
    const acquire = acquireOf(rateLimit);
    if (timer === undefined && clock !== undefined) Object.assign(rest, { clock });
    if (acquire === undefined && rateLimit !== undefined) Object.assign(rest, { rateLimit });
    this.#setup = {
      json: optionToJson('options', rest, clientOptions) ?? '{}',
      fetch: optionalFunction('fetch', fetch, 'a function like the global fetch'),
      clock: timer,
      acquire,
      observe: quiet(optionalFunction('observe', observe, 'a function that takes an event')),
    };
    withWasm((wasm) => this.#coreIn(wasm));
  }

  /**
   * @param {Record<string, string | undefined> | null} [env]
   * @param {Record<string, any> | null} [options]
   */
  static fromEnv(env, options) {
    env ??= globalThis.process?.env ?? {};
    const own = requirePlain('options', options ?? {});
    const isOwn = (/** @type {string} */ option) => own[option] !== undefined && own[option] !== null;
    // Two options name the gateway: the address from the environment must not override the choice made here.
    const read = FROM_ENV.filter((option) => env[variableOf(option)] && !isOwn(option) && !(option === 'baseUrl' && isOwn('environment')));
    const missing = FROM_ENV.slice(0, 4).filter((option) => !read.includes(option) && !isOwn(option));
    // In the system's own environment a name such as `ip` may belong to anybody.
    const misplaced = env !== globalThis.process?.env && clientOptions.find((option) => env[option] !== undefined);
    if (missing.length > 0 && misplaced) throw wrongOption(misplaced, 'options are the second argument');
    if (missing.length > 0) throw wrongOption(String(missing[0]), `set ${missing.map(variableOf).join(', ')} in the environment, to what the platform issued to you`);
    try {
      return new Client(/** @type {any} */ ({ ...own, ...Object.fromEntries(read.map((option) => [option, env[variableOf(option)]])) }));
    } catch (thrown) {
      // Whoever set the environment knows the variable, not the option.
      const { option } = /** @type {{ option?: any }} */ (thrown);
      if (thrown instanceof Error && read.includes(option)) thrown.message = `${variableOf(option)} (${thrown.message})`;
      throw thrown;
    }
  }

  /**
   * Calls any path, untyped, in the same envelope; sends the body as it is.
   * @param {string} path
   * @param {object} body
   * @param {CallOptions} [options]
   */
  call(path, body, options) {
    return sent(this.#send('callPath', path, body, options));
  }

  /** Forgets the keys. Calls in progress still finish; new ones are refused. */
  [dispose]() {
    this.#core?.free();
    this.#setup = this.#wasm = this.#core = undefined;
  }

  /**
   * @param {'call' | 'callPath'} how
   * @param {string} what the endpoint's name, or a path
   * @param {object} body
   * @param {CallOptions | undefined} options
   * @returns {Promise<import('./index.js').Reply<any>>}
   */
  async #send(how, what, body, options) {
    // Only this list holds the request's text: the wasm empties it once it has read it.
    const call = crossing(what, body, options);
    /** @type {(...args: string[]) => string} */
    let mask = String;
    const context = callersContext();
    try {
      const [data, code, message, status, headers, nonce, attempts] = await withWasmAsync((wasm) => {
        const core = this.#coreIn(wasm);
        // If the client was disposed or trapped meanwhile, the keys to look for are gone: then show nothing foreign.
        mask = (...args) => (core === this.#core && isSound(wasm) ? core.mask(args) : '***');
        return core[how](call, context.run);
      });
      return { data: JSON.parse(data) ?? undefined, code, message, status, headers, nonce, attempts };
    } catch (thrown) {
      // With what others threw come the path and the request, whose people are hidden in it.
      throw AigoboError.from(withOrigins(thrown, body), ([cause, ...call] = []) => clean(cause, (text) => mask(text, ...call)));
    } finally {
      await context.end();
    }
  }

  /**
   * Returns this client's core in the current instance, and makes a new one if the last one trapped.
   * @param {Wasm} wasm
   */
  #coreIn(wasm) {
    if (this.#core === undefined || this.#wasm !== wasm) {
      if (this.#setup === undefined) throw wrongOption('client', 'was disposed; make a new one');
      const { json, fetch, clock, acquire, observe } = this.#setup;
      this.#core = new wasm.Core(json, [fetch, clock, acquire, observe, giveBack], post, listen, commonOf(wasm));
      this.#wasm = wasm;
    }
    return this.#core;
  }

  static {
    for (const name of endpointNames) {
      /** @type {(this: Client, request: object, options?: CallOptions) => import('./index.js').Sent<any>} */
      const method = function (request, options) {
        return sent(this.#send('call', name, request, options));
      };
      Object.defineProperty(method, 'name', { value: name });
      Object.defineProperty(this.prototype, name, { value: method, configurable: true, writable: true });
    }
  }
}

/**
 * Makes an object from values that the wasm passes by position, without those that are undefined.
 * @param {string[]} names
 * @param {unknown[]} values
 */
function named(names, values) {
  return Object.fromEntries(names.map((name, place) => [name, values[place]]).filter(([, value]) => value !== undefined));
}

/** @param {Wasm} wasm */
function commonOf(wasm) {
  const known = common.get(wasm) ?? new wasm.Common();
  common.set(wasm, known);
  return known;
}

/**
 * Returns what crosses into the wasm; throws an error that names the call if something cannot.
 * @param {string} what
 * @param {object} body
 * @param {CallOptions | undefined} options
 */
function crossing(what, body, options) {
  try {
    const json = bodyToJson(body);
    const { signal, ...own } = requirePlain('options', options ?? {});
    return [requireText('path', what), json, Object.keys(own).length > 0 ? optionToJson('options', own, callOptions) : undefined, optionalSignal(signal)];
  } catch (thrown) {
    throw thrown instanceof AigoboError ? thrown.during(typeof what === 'string' ? what : 'call') : thrown;
  }
}

/**
 * Returns the promise of the data, with the method that gives the whole reply.
 * @param {Promise<import('./index.js').Reply<any>>} reply
 * @returns {import('./index.js').Sent<any>}
 */
function sent(reply) {
  const data = reply.then(({ data }) => data);
  const withReply = () => {
    // A caller that takes the whole reply learns of a failure there.
    data.catch(() => {});
    return reply;
  };
  return Object.assign(data, { withReply });
}

/**
 * Returns the limiter's `acquire`, bound to the limiter; undefined if `rateLimit` is plain numbers, or none.
 * @param {any} rateLimit
 * @returns {Function | undefined}
 */
function acquireOf(rateLimit) {
  if (typeof rateLimit !== 'object' || rateLimit === null || typeof rateLimit.acquire !== 'function') return undefined;
  if (rateLimit.calls !== undefined || rateLimit.periodMs !== undefined) {
    throw wrongOption('rateLimit', 'must be { calls, periodMs } or an object with acquire, not both');
  }
  const acquire = rateLimit.acquire.bind(rateLimit);
  return (/** @type {unknown[]} */ ...values) => acquire(named(['signal', 'deadlineMs', 'priority'], values));
}

/**
 * Gives back a place that the caller's own limiter granted after its call had given up. We ignore what goes wrong: that is the limiter's affair.
 * @param {Promise<unknown>} place
 */
function giveBack(place) {
  place.then((/** @type {any} */ over) => over?.()).catch(() => {});
}

/**
 * @template T
 * @param {string} option
 * @param {T} value
 * @param {string} what
 * @returns {T | undefined}
 */
function optionalFunction(option, value, what) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'function') throw wrongOption(option, `must be ${what}`);
  return value;
}

/**
 * @param {any} signal
 * @returns {AbortSignal | undefined}
 */
function optionalSignal(signal) {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal.addEventListener === 'function' && 'aborted' in signal) return signal;
  const controller = typeof signal === 'object' && 'signal' in signal;
  throw wrongOption('signal', `must be an AbortSignal${controller ? '; pass the signal of this AbortController' : ''}`);
}

/**
 * Ignores what an observer throws, or rejects with: it must not undo a call that succeeded.
 * @param {Function | undefined} observe
 */
function quiet(observe) {
  if (observe === undefined) return undefined;
  return (/** @type {unknown[]} */ ...values) => {
    try {
      Promise.resolve(observe(named(EVENT, values))).catch(() => {});
    } catch {
      // That is the observer's own affair.
    }
  };
}
