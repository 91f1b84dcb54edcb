// @ts-check
// Asks questions of the person at the terminal. They go to stderr, so that stdout holds only the result.

import { createInterface } from 'node:readline/promises';

/** Ctrl-C, input that ends in the middle of a question, or the answer no. */
export class Cancelled extends Error {
  /** @param {string} [message] what happened, unless nothing was sent @param {number} [exit] the shells' code for Ctrl-C, or 1 for the answer no */
  constructor(message = '', exit = 130) {
    super(message);
    this.exit = exit;
  }
}

/** Whether there is anybody to ask. */
export function isInteractive() {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/**
 * Lets `use` ask as often as it likes.
 * @template T
 * @param {(ask: (question: string) => Promise<string>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function asking(use) {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  lines.on('SIGINT', () => ended.abort());
  lines.on('close', () => ended.abort());
  // Text that is pasted, or typed ahead, arrives before its question.
  /** @type {string[]} */
  const ahead = [];
  lines.on('line', (line) => ahead.push(line));
  /** @param {string} question */
  const ask = async (question) => {
    const answer = ahead.shift();
    if (answer === undefined) return lines.question(question, { signal: ended.signal });
    process.stderr.write(`${question}${answer}\n`);
    return answer;
  };
  try {
    return await use(ask);
  } catch (error) {
    if (!ended.signal.aborted) throw error;
    process.stderr.write('\n');
    throw new Cancelled();
  } finally {
    lines.close();
  }
}

/** Anything but a clear yes counts as a no. @param {(question: string) => Promise<string>} ask @param {string} question */
export async function agrees(ask, question) {
  return ['y', 'yes', '是', '好'].includes((await ask(`${question} [y/N] `)).trim().toLowerCase());
}

/** @param {string} question */
export function confirm(question) {
  return asking((ask) => agrees(ask, question));
}
