// @ts-check
// What the help and the flags of several commands share.

import { InvalidArgumentError } from 'commander';

const EXAMPLES = { en: 'Examples:', zh: '示例：' };

/**
 * The examples at the end of a command's help. The tests run each of them.
 * @param {import('commander').Command} command
 * @param {import('./terminal.js').Terminal} terminal
 * @param {readonly string[]} lines
 */
export function examples(command, terminal, lines) {
  return command.addHelpText('after', `\n${terminal.paint('bold', terminal.t(EXAMPLES))}\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}

/** A flag's value as a whole number, 0 or more. @param {string} text */
export function wholeNumber(text) {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(text);
}
