// @ts-check
// Finds the envelopes in the lines of a log. The wasm decides what an envelope is; this file decides which lines belong
// together.

import { envelopesInText } from './tools.js';

/** The most lines of one document that spans several lines; anything longer is plain text. */
const LONGEST_DOCUMENT = 200;

/**
 * @param {AsyncIterable<string> | Iterable<string>} lines
 * @returns {AsyncGenerator<{ line: number, envelope: Record<string, unknown> }>} `line` is the line on which it begins, counted from 1
 */
export async function* envelopesIn(lines) {
  let number = 0;
  /** A document that has begun and is not closed yet. @type {string[]} */
  let begun = [];
  for await (const line of lines) {
    number++;
    let found = envelopesInText(line);
    let at = number;
    if (found.length === 0 && (begun.length > 0 || /[[{]\s*$/.test(line))) {
      begun.push(line);
      found = envelopesInText(begun.join('\n'));
      at = number - begun.length + 1;
    }
    if (found.length > 0 || begun.length > LONGEST_DOCUMENT) begun = [];
    for (const envelope of found) yield { line: at, envelope };
  }
}
