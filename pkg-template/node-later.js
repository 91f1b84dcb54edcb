// @ts-check
// Node: shells of everything that needs the whole wasm. `node-client.js` has the rest, and is read only at first use.

import { endpointNames } from './generated/names.js';
import { client } from './node-beside.js';
import { withErrors } from './node-part.js';

/** @typedef {typeof import('./node-client.js')} Whole */

/** @type {Whole | undefined} */
let loaded;

/** @returns {Whole} */
const whole = () => (loaded ??= withErrors(client()));

/** Older runtimes have no Symbol.dispose; there esbuild's and Babel's helpers look for this name. */
const dispose = /** @type {typeof Symbol.dispose} */ (Symbol.dispose ?? Symbol.for('Symbol.dispose'));

export class Client {
  #client;

  /** @param {import('./index.js').ClientOptions | InstanceType<Whole['Client']>} options or, from `fromEnv`, the client made of them */
  constructor(options) {
    const { Client } = whole();
    this.#client = options instanceof Client ? options : new Client(options);
  }

  /** @param {Record<string, string | undefined>} [env] @param {Partial<import('./index.js').ClientOptions>} [options] */
  static fromEnv(env, options) {
    return around(whole().Client.fromEnv(env, options));
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {import('./index.js').CallOptions} [options]
   */
  call(path, body, options) {
    return this.#client.call(path, body, options);
  }

  [dispose]() {
    this.#client[dispose]();
  }

  static {
    for (const name of endpointNames) {
      /** @type {(this: Client, request: object, options?: import('./index.js').CallOptions) => import('./index.js').Sent<any>} */
      const method = function (request, options) {
        return /** @type {any} */ (this.#client)[name](request, options);
      };
      Object.defineProperty(method, 'name', { value: name });
      Object.defineProperty(this.prototype, name, { value: method, configurable: true, writable: true });
    }
  }
}

/** Outside the class, because esbuild would otherwise rename the class. @param {InstanceType<Whole['Client']>} client */
function around(client) {
  return new Client(client);
}

/** @type {Whole['explain']} */
export const explain = (body, credentials, dialect) => whole().explain(body, credentials, dialect);

/** @type {Whole['validate']} */
export const validate = (endpoint, request, options) => whole().validate(endpoint, request, options);

/** @type {Whole['parseResidentId']} */
export const parseResidentId = (number) => whole().parseResidentId(number);

/** @type {Whole['parseNotification']} */
export const parseNotification = (body) => whole().parseNotification(body);

/** @type {Whole['notificationKey']} */
export const notificationKey = (kind, notification) => whole().notificationKey(kind, notification);

/** @type {Whole['confirmNotification']} */
export const confirmNotification = (kind, notification, detail) => whole().confirmNotification(kind, notification, detail);

/** @type {Whole['orderNews']} */
export const orderNews = (ids, detail) => whole().orderNews(ids, detail);
