// @ts-check
// Node: what nonces are drawn from. Its crypto takes 2 to 4 ms to load, half of the way to the first envelope; so what
// a process draws first comes from the system's own generator, and only who draws again loads it.

import { fileSystem } from './node-beside.js';

const SYSTEM = '/dev/urandom';

let drawn = false;

/** @param {Uint8Array} bytes to be filled */
export function draw(bytes) {
  if (!drawn) {
    drawn = true;
    if (drawFromSystem(bytes)) return;
  }
  globalThis.crypto.getRandomValues(bytes);
}

/** Whether it could: not every system has that file, nor every process the right to it. @param {Uint8Array} bytes @returns {boolean} */
function drawFromSystem(bytes) {
  try {
    const { closeSync, fstatSync, openSync, readSync } = fileSystem();
    const file = openSync(SYSTEM, 'r');
    try {
      // Anything else of that name would be no chance.
      return fstatSync(file).isCharacterDevice() && readSync(file, bytes) === bytes.length;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
