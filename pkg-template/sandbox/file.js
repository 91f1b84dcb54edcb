// @ts-check
// The file that stores a sandbox. It is rewritten by means of a second file and a rename, and appended to in between.
// Every write reaches the disk before it counts.

import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { wrong } from '../common/options.js';

/** The file contains people's data and the access token. */
const OURS_ALONE = 0o600;

/** The process number and the time at which the process began, in seconds, because numbers are reused. */
const SELF = { pid: process.pid, began: Math.round(Date.now() / 1_000 - process.uptime()) };

/**
 * @param {string} path
 * @returns {import('./core.js').Keeper}
 */
export function openState(path) {
  /** @type {string} */
  let file;
  /** @type {string} */
  let locked;
  try {
    file = real(resolve(path));
    mkdirSync(dirname(file), { recursive: true });
    locked = lock(file);
  } catch (error) {
    throw cannot('written', error);
  }
  try {
    return new StateFile(file, read(file), locked);
  } catch (error) {
    unlock(file, locked);
    throw cannot('read', error);
  }
}

class StateFile {
  #file;
  #locked;
  /** @type {import('node:fs/promises').FileHandle | undefined} */
  #handle;
  /** Collects lines until it is their turn to be written, so that one write covers many steps. @type {{ memory: string | undefined, lines: string, done: Promise<void> } | undefined} */
  #batch;
  #tail = Promise.resolve();
  /** A failed write would leave a gap, so no write follows it. */
  #failed = false;

  /**
   * @param {string} file
   * @param {string} text
   * @param {string} locked
   */
  constructor(file, text, locked) {
    this.#file = file;
    this.#locked = locked;
    this.text = text;
  }

  /** @param {string} lines */
  append(lines) {
    if (this.#failed) return this.#tail;
    const batch = this.#open();
    batch.lines += lines;
    return batch.done;
  }

  /** @param {string} memory includes everything appended so far */
  replace(memory) {
    if (this.#failed) return this.#tail;
    const batch = this.#open();
    batch.memory = memory;
    batch.lines = '';
    return batch.done;
  }

  async close() {
    // If nothing has been written yet, the file is free at once.
    if (this.#handle || this.#batch) {
      await this.#tail.catch(() => {});
      await this.#handle?.close().catch(() => {});
    }
    unlock(this.#file, this.#locked);
  }

  #open() {
    if (this.#batch) return this.#batch;
    const batch = { memory: /** @type {string | undefined} */ (undefined), lines: '', done: this.#tail };
    this.#batch = batch;
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
        this.#handle = await open(`${this.#file}.new`, 'w', OURS_ALONE);
        await this.#handle.writeFile(memory);
        await this.#handle.sync();
        await rename(`${this.#file}.new`, this.#file);
        await syncFolder(dirname(this.#file));
      }
      if (lines !== '') {
        await this.#handle?.appendFile(lines);
        await this.#handle?.datasync();
      }
    } catch (error) {
      this.#failed = true;
      throw cannot('written', error);
    }
  }
}

/** The new name must reach the disk too; Windows has no call for this. @param {string} folder */
async function syncFolder(folder) {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The target of a link, so that each file has only one lock. @param {string} path */
function real(path) {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return path;
    throw error;
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

/** Locks the file and returns the text in its lock. @param {string} file */
function lock(file) {
  const text = `${SELF.pid} ${SELF.began} ${randomUUID()}`;
  take(`${file}.lock`, text);
  return text;
}

/**
 * Creates a lock, or takes over the lock of a dead process. If several processes find it, only one may take it over,
 * and only that very lock. So each takes a second lock named after the first one's text, which no other lock has.
 * @param {string} path
 * @param {string} text
 */
function take(path, text) {
  const mine = `${path}.${randomUUID()}`;
  try {
    // Complete before it gets its name.
    writeFileSync(mine, text);
    for (;;) {
      try {
        return linkSync(mine, path);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const left = read(path);
      const [pid = 0, began = 0] = left.split(' ').map(Number);
      if (left === '') {
        // It is gone by now; or nobody of ours made it.
        if (statSync(path, { throwIfNoEntry: false })?.size === 0) throw wrong('state', `has a lock without a process in it: if no sandbox runs on it, remove ${path}`);
        continue;
      }
      if (pid === SELF.pid ? Math.abs(began - SELF.began) < 3 : runs(pid)) {
        throw wrong('state', `is in use by process ${pid}: end that one or take another file; if it is no sandbox, remove ${path}`);
      }
      const right = `${path}.${left.replace(/\W+/g, '-')}`;
      take(right, text);
      try {
        if (read(path) === left) return renameSync(mine, path);
      } finally {
        rmSync(right, { force: true });
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** @param {string} file @param {string} text of its lock; another process's lock is left alone */
function unlock(file, text) {
  if (read(`${file}.lock`) === text) rmSync(`${file}.lock`, { force: true });
}

/** @param {number} pid */
function runs(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // The process is running and belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

/** @param {string} what @param {unknown} error */
function cannot(what, error) {
  if (/** @type {{ option?: string }} */ (error).option === 'state') return error;
  return wrong('state', `cannot be ${what} (${codeOf(error) ?? error}): make room or mend the permissions, then start the sandbox again`);
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {{ code?: string }} */ (error).code;
}
