// @ts-check
// Node: reads a file by open, read and close. Node's own readFileSync does more, which is all compiled before its first call: that takes twice as long.

import { fileSystem } from './node-beside.js';

/**
 * Returns how many bytes it could read.
 * @param {string} path
 * @param {Uint8Array} bytes to be filled
 * @param {bigint | null} from where each read begins, in bytes: only a device may be read like that; null for a file
 */
export function readInto(path, bytes, from = null) {
  const { closeSync, openSync, readSync } = fileSystem();
  const file = openSync(path, 'r');
  try {
    let read = 0;
    for (let got = 1; got > 0 && read < bytes.length; read += got) got = readSync(file, bytes, read, bytes.length - read, from);
    return read;
  } finally {
    closeSync(file);
  }
}
