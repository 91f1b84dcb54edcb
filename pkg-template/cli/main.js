#!/usr/bin/env node
// @ts-check
// The command line. Exit codes: 0 done, 1 the platform or the check refused, 2 used wrongly, 130 cancelled.

import { fail } from './failure.js';
import { createProgram, separateUrl } from './program.js';
import { Terminal, endQuietlyWhenNobodyReads } from './terminal.js';

const args = process.argv.slice(2);
const terminal = new Terminal(args, process.env);
endQuietlyWhenNobodyReads();
try {
  await createProgram(terminal).parseAsync(separateUrl(args), { from: 'user' });
} catch (error) {
  process.exitCode = fail(error, terminal);
}
