// @ts-check
// The client as JavaScript sees it: it hands JSON text to the wasm and errors back as classes.

import { AigoboError } from './errors.js';
import { endpointNames } from './generated/names.js';
import { bodyToJson, optionToJson, wrongOption } from './json.js';
import { withWasm } from './runtime.js';

/** @typedef {import('./index.js').CallOptions} CallOptions */

/** What `fromEnv` reads, and the option each fills. */
const ENVIRONMENT = {
  AIGOBO_ACCESS_TOKEN: 'accessToken',
  AIGOBO_DES_KEY: 'desKey',
  AIGOBO_MD5_SECRET_KEY: 'md5SecretKey',
  AIGOBO_DISTR_CODE: 'distrCode',
  AIGOBO_EMPLOYEE_CODE: 'employeeCode',
  AIGOBO_INVITATE_CODE: 'invitateCode',
  AIGOBO_ENVIRONMENT: 'environment',
  AIGOBO_BASE_URL: 'baseUrl',
};

export class Client {
  /** @type {import('./wasm/aigobo.js').Core} */
  #core;

  /** @param {import('./index.js').ClientOptions} options */
  constructor(options) {
    const { fetch, clock, ...rest } = options ?? {};
    if (fetch !== undefined && typeof fetch !== 'function') throw wrongOption('fetch', 'must be a function like the global fetch');
    if (clock !== undefined && clock !== 'system' && typeof clock !== 'function') {
      throw wrongOption('clock', "must be 'system' or a function that returns milliseconds since 1970");
    }
    // JSON would drop a function without a word, and an option never does nothing.
    for (const [name, value] of Object.entries(rest)) {
      if (typeof value === 'function') throw wrongOption(name, 'is not an option of this version; remove it');
    }
    const json = optionToJson('options', rest) ?? '{}';
    this.#core = withWasm((wasm) => new wasm.Core(json, fetch, typeof clock === 'function' ? clock : undefined));
  }

  /** @param {Record<string, string | undefined>} [env] */
  static fromEnv(env = globalThis.process?.env ?? {}) {
    const options = {};
    for (const [variable, option] of Object.entries(ENVIRONMENT)) {
      const value = env[variable];
      if (value !== undefined && value !== '') Object.assign(options, { [option]: value });
    }
    try {
      return new Client(/** @type {import('./index.js').ClientOptions} */ (options));
    } catch (thrown) {
      throw nameVariable(thrown);
    }
  }

  /**
   * Any path, untyped, in the same envelope; the body is sent as it is.
   * @param {string} path
   * @param {object} body
   * @param {CallOptions} [options]
   * @returns {Promise<unknown>}
   */
  async call(path, body, options) {
    const text = bodyToJson(body);
    const signal = signalOf(options);
    return settle(withWasm(() => this.#core.callPath(path, text, signal)));
  }

  /**
   * @param {string} name
   * @param {object} request
   * @param {CallOptions | undefined} options
   */
  async #invoke(name, request, options) {
    const text = bodyToJson(request);
    const signal = signalOf(options);
    const data = await settle(withWasm(() => this.#core.call(name, text, signal)));
    return data === null ? undefined : data;
  }

  static {
    for (const name of endpointNames) {
      /** @type {(this: Client, request: object, options?: CallOptions) => Promise<unknown>} */
      const method = function (request, options) {
        return this.#invoke(name, request, options);
      };
      Object.defineProperty(method, 'name', { value: name });
      Object.defineProperty(this.prototype, name, { value: method, configurable: true, writable: true });
    }
  }
}

/**
 * @param {CallOptions | undefined} options
 * @returns {AbortSignal | undefined}
 */
function signalOf(options) {
  const { signal, ...rest } = options ?? {};
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw wrongOption(unknown, 'is not an option of a call in this version; there is only signal');
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') throw wrongOption('signal', 'must be an AbortSignal');
  return signal;
}

/** @param {Promise<string>} answer */
async function settle(answer) {
  let text;
  try {
    text = await answer;
  } catch (thrown) {
    throw AigoboError.from(thrown);
  }
  return JSON.parse(text);
}

/**
 * Whoever set the environment knows the variable, not the option.
 * @param {unknown} thrown
 */
function nameVariable(thrown) {
  const option = /** @type {{ option?: string }} */ (thrown)?.option;
  const variable = Object.entries(ENVIRONMENT).find(([, name]) => name === option)?.[0];
  if (variable && thrown instanceof Error) thrown.message = `${variable} (${thrown.message})`;
  return thrown;
}
