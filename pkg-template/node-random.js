// @ts-check
// Node: the source of nonces. Node's crypto takes 2 to 4 ms to load, half of the time to the first envelope. So a process's
// first draw comes from the system's own generator, and only the second loads crypto.

import { readInto } from './node-file.js';

const SYSTEM = '/dev/urandom';

/** Where to read, in bytes: beyond the end of any real file. A device ignores it; a mere file of that name, which would not be random, has nothing there. */
const BEYOND = 2n ** 62n;

let drawn = false;

/** @param {Uint8Array} bytes to be filled */
export function draw(bytes) {
  if (!drawn) {
    drawn = true;
    if (drawFromSystem(bytes)) return;
  }
  globalThis.crypto.getRandomValues(bytes);
}

/** Returns whether it could: not every system has that file, and not every process may read it. @param {Uint8Array} bytes @returns {boolean} */
function drawFromSystem(bytes) {
  try {
    return readInto(SYSTEM, bytes, BEYOND) === bytes.length;
  } catch {
    return false;
  }
}
