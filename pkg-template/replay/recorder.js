// @ts-check
// A fetch that records what goes through it. The wasm decides what the file contains; this file handles the file and
// the fetch.

import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AigoboError } from 'aigobo';
import { KEYS, variableOf } from '../common/account.js';
import { onlyKnown, wrong } from '../common/options.js';
import { failureOf, systemCodeOf } from '../common/system-failure.js';
import { guard, ready } from '../sandbox/wasm.js';
import { incoming, pathOf } from './core.js';

/** @type {typeof import('../replay.js').recorder} */
export function recorder(fetch, file, options) {
  if (typeof fetch !== 'function') throw wrong('fetch', 'must be a function like the global fetch, which carries the calls');
  const { credentials = fromEnvironment(), dialect, append = false } = onlyKnown(options, ['credentials', 'dialect', 'append']);
  const { accessToken, desKey, md5SecretKey } = credentials;
  const recording = new Recording(file, { accessToken, desKey, md5SecretKey, dialect }, append);
  return async (/** @type {any} */ input, init) => {
    const request = new Request(input, init);
    // Anything but a Request is passed on as it came, because the caller's value may hold more than a Request does; except
    // for a body that can be read only once, and that `request` reads.
    const send = () => {
      if (typeof input === 'object' && 'arrayBuffer' in input) return /** @type {any} */ (fetch)(request);
      return fetch(input, /** @type {any} */ (isStream(/** @type {any} */ (init)?.body) ? { ...init, body: request.body } : init));
    };
    if (request.method !== 'POST') return send();
    const place = recording.sent(await incoming(request.clone()));
    if (place === undefined) return send();
    await recording.catchUp();
    try {
      const response = await send();
      await recording.answered(place, response, request.signal);
      return response;
    } catch (error) {
      if (!(error instanceof AigoboError)) await recording.failed(place, error, request.signal);
      throw error;
    }
  };
}

/** A body of which nothing is left once it was read. @param {any} body */
const isStream = (body) => typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** The keys from the environment, as `Client.fromEnv` finds them. Missing ones are named. */
function fromEnvironment() {
  const missing = KEYS.map(variableOf).filter((variable) => !process.env[variable]);
  if (missing.length > 0) throw wrong('credentials', `set ${missing.join(', ')} in the environment, or hand in { accessToken, desKey, md5SecretKey }: without them nothing can be decrypted`);
  return /** @type {any} */ (Object.fromEntries(KEYS.map((key) => [key, process.env[variableOf(key)]])));
}

/** Numbers the files that this process is writing, so that two recorders of one file do not take each other's. */
let written = 0;

class Recording {
  /** @type {string} */
  #file;
  /** @type {import('../wasm/sandbox.js').RecorderCore} */
  #core;
  /** The write in progress, and the one after it. @type {Promise<void>} */
  #writing = Promise.resolve();
  /** @type {Promise<void> | undefined} */
  #next;
  /** Whether calls are only in memory, because the last write failed. */
  #behind = false;

  /**
   * @param {string | URL} file
   * @param {object} options
   * @param {boolean} append
   */
  constructor(file, options, append) {
    this.#file = resolve(pathOf(file));
    try {
      // Done before anything is sent: an answer that cannot be written down is lost.
      mkdirSync(dirname(this.#file), { recursive: true });
      accessSync(dirname(this.#file), constants.W_OK);
    } catch (error) {
      throw cannot(error);
    }
    this.#core = guard(() => new (ready().RecorderCore)(JSON.stringify(options), append ? read(this.#file) : ''));
  }

  /** @param {Awaited<ReturnType<typeof incoming>>} request */
  sent([path, query, type, body]) {
    try {
      return this.#core.sent(path, query, type, body);
    } catch (thrown) {
      // This tells a Client that nothing was sent, and the Client passes the error on unchanged.
      throw Object.assign(/** @type {AigoboError} */ (AigoboError.from(thrown)), { attempts: 0 });
    }
  }

  /** Writes what could not be written before. If it still cannot, nothing more is sent. */
  async catchUp() {
    if (!this.#behind) return;
    try {
      await this.#save();
    } catch (error) {
      throw Object.assign(/** @type {AigoboError} */ (error), { attempts: 0 });
    }
  }

  /**
   * Resolves once it is in the file, or cannot be.
   * @param {number} place
   * @param {Response} response
   * @param {AbortSignal} signal
   */
  async answered(place, response, signal) {
    let bytes;
    try {
      bytes = new Uint8Array(await response.clone().arrayBuffer());
    } catch (error) {
      // The caller meets the same error when reading the answer.
      return this.failed(place, error, signal);
    }
    const header = (/** @type {string} */ name) => response.headers.get(name) ?? undefined;
    this.#core.answered(place, response.status, header('content-type') ?? '', header('retry-after'), bytes);
    await this.#keep();
  }

  /**
   * @param {number} place
   * @param {unknown} error
   * @param {AbortSignal} signal
   */
  async failed(place, error, signal) {
    const [code, unsent] = failureOf(error);
    this.#core.failed(place, signal.aborted ? 'aborted' : unsent ? 'unsent' : 'connection', code);
    await this.#keep();
  }

  /** Writes if it can. What came is the caller's in any case: taken for a failure, it would be asked for again. */
  async #keep() {
    await this.#save().catch(() => {});
  }

  /** Writes one version at a time; what arrives in the meantime goes together into the next write. */
  #save() {
    this.#next ??= this.#writing.catch(() => {}).then(() => {
      this.#next = undefined;
      return (this.#writing = this.#write(this.#core.text()));
    });
    return this.#next;
  }

  /** Writes the whole file or nothing: to a file beside it, to the disk, then into its place. @param {string} text */
  async #write(text) {
    const beside = `${this.#file}.${process.pid}-${++written}.new`;
    try {
      const handle = await open(beside, 'w');
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, this.#file);
      this.#behind = false;
    } catch (error) {
      await rm(beside, { force: true }).catch(() => {});
      const failure = cannot(error);
      if (!this.#behind) process.emitWarning(`${failure.message}. What came is kept in memory; the next call writes it first, or is refused`, 'AigoboWarning');
      this.#behind = true;
      throw failure;
    }
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return '';
    throw cannot(error);
  }
}

/** @param {unknown} error */
function cannot(error) {
  return wrong('file', `cannot be written (${systemCodeOf(error) ?? error}): make room or mend the permissions, then record again`);
}
