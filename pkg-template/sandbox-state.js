// @ts-check
// The file that keeps a sandbox: written anew by way of another file and a rename, appended to in between. Every
// write reaches the disk before it counts.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { wrong } from './common/options.js';

/** Of this process; a lock with our own number that is not here is an earlier process's. */
const opened = new Set();

/**
 * @param {string} path
 * @returns {import('./sandbox-core.js').Keeper}
 */
export function openState(path) {
  const file = resolve(path);
  lock(file);
  try {
    return new StateFile(file, read(file));
  } catch (error) {
    unlock(file);
    throw cannot('read', error);
  }
}

class StateFile {
  #file;
  /** @type {import('node:fs/promises').FileHandle | undefined} */
  #handle;
  /** Collects until its turn to be written: many steps, one write. @type {{ memory: string | undefined, lines: string, done: Promise<void> } | undefined} */
  #batch;
  #tail = Promise.resolve();

  /**
   * @param {string} file
   * @param {string} text
   */
  constructor(file, text) {
    this.#file = file;
    this.text = text;
  }

  /** @param {string} lines */
  append(lines) {
    const batch = this.#open();
    batch.lines += lines;
    return batch.done;
  }

  /** @param {string} memory all that was appended is in it */
  replace(memory) {
    const batch = this.#open();
    batch.memory = memory;
    batch.lines = '';
    return batch.done;
  }

  async close() {
    // Where nothing was written yet, it is free at once.
    if (this.#handle || this.#batch) {
      await this.#tail.catch(() => {});
      await this.#handle?.close();
    }
    unlock(this.#file);
  }

  #open() {
    if (this.#batch) return this.#batch;
    const batch = { memory: /** @type {string | undefined} */ (undefined), lines: '', done: this.#tail };
    this.#batch = batch;
    // After a write that failed there would be a gap: none follows it.
    batch.done = this.#tail = this.#tail.then(() => {
      this.#batch = undefined;
      return this.#write(batch.memory, batch.lines);
    });
    return batch;
  }

  /**
   * @param {string | undefined} memory
   * @param {string} lines
   */
  async #write(memory, lines) {
    try {
      if (memory !== undefined) {
        await this.#handle?.close();
        this.#handle = await open(`${this.#file}.new`, 'w');
        await this.#handle.writeFile(memory);
        await this.#handle.sync();
        await rename(`${this.#file}.new`, this.#file);
      }
      if (lines !== '') {
        await this.#handle?.appendFile(lines);
        await this.#handle?.datasync();
      }
    } catch (error) {
      throw cannot('written', error);
    }
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

/** @param {string} file */
function lock(file) {
  const path = `${file}.lock`;
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw cannot('written', error);
  }
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw cannot('written', error);
    const holder = Number(read(path));
    if (holder === process.pid ? opened.has(file) : runs(holder)) {
      throw wrong('state', `is in use by process ${holder}; end that one, or take another file`);
    }
    writeFileSync(path, String(process.pid));
  }
  opened.add(file);
}

/** @param {string} file */
function unlock(file) {
  opened.delete(file);
  rmSync(`${file}.lock`, { force: true });
}

/** @param {number} pid */
function runs(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // It runs, and belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

/** @param {string} what @param {unknown} error */
function cannot(what, error) {
  return wrong('state', `cannot be ${what}: ${codeOf(error) ?? error}`);
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {{ code?: string }} */ (error).code;
}
