// @ts-check
// V8 skips a function that it comes across, which takes a fifth as long as compiling it, and goes through it once more when it is first called. A
// function in parentheses it compiles at once. So those that the first envelope calls are put in parentheses.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROBE = fileURLToPath(new URL('./called.mjs', import.meta.url));

/** A function of the module's own, as esbuild prints it. */
const FUNCTION = /^function (\w+)\([^]*?^\}\n/gm;

/**
 * Returns the code with the functions first, in parentheses, that are called from its loading to its first envelope.
 * @param {string} code indented, so that the end of a function is known
 * @param {string} file where Node can run it
 */
export function eager(code, file) {
  const called = new Set(execFileSync(process.execPath, [PROBE, file], { encoding: 'utf8' }).trim().split(' '));
  /** @type {string[]} */
  const moved = [];
  const rest = code.replace(FUNCTION, (text, name) => {
    if (!called.has(name)) return text;
    // Without its name inside: that name is local, and a stack trace would show it shortened.
    moved.push(`var ${name} = (${text.trimEnd().replace(/^function \w+/, 'function')});\n`);
    return '';
  });
  if (moved.length < 30) throw new Error(`only ${moved.length} functions of ${file} are found: mend eager.mjs`);
  return moved.join('') + rest;
}
