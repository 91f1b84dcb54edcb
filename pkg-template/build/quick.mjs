// @ts-check
// Makes code of which V8 is soon done: every kB of it, and every function, is between a program and its first envelope (`docs/SIZE.md`).

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROBE = fileURLToPath(new URL('./called.mjs', import.meta.url));

/** A function of the file's own, as esbuild prints it. */
const FUNCTION = /^function (\w+)\([^]*?^\}\n/gm;

/** What makes a file a module, as esbuild prints it. */
const [IMPORTS, EXPORTS] = [/^import .*\n/gm, /^export \{[^]*?\};\n/gm];

/**
 * The names of the functions that are called from the loading of an entry to its first envelope.
 * @param {string} file where Node can run it
 * @returns {Set<string>}
 */
export function calledFirst(file) {
  return new Set(execFileSync(process.execPath, [PROBE, file], { encoding: 'utf8' }).trim().split(' '));
}

/**
 * The code with the functions first that are called at once, and with local names of a letter or two, which are read in less time. (A stack
 * trace shows only the other names.)
 * @param {string} code
 * @param {Set<string>} called
 * @param {number} least how many of those functions are at least in it
 */
export async function quick(code, called, least) {
  // Imported only here, because the build may just have installed it.
  const esbuild = await import('esbuild');
  const [imports, exports] = [IMPORTS, EXPORTS].map((form) => (code.match(form) ?? []).join(''));
  // Only of a script esbuild leaves the names alone that are not local.
  const script = eager(code.replace(IMPORTS, '').replace(EXPORTS, ''), called).replaceAll('import.meta', 'IMPORT_META');
  const short = await esbuild.transform(script, { target: 'node20', minifyIdentifiers: true, minifySyntax: true });
  const kept = (short.code.match(/ = \(function\(/g) ?? []).length;
  if (kept < least) throw new Error(`${kept} functions are in parentheses, of ${least}: mend quick.mjs`);
  return imports + withoutIndentation(short.code).replaceAll('IMPORT_META', 'import.meta') + exports;
}

/**
 * V8 skips a function that it comes across, which takes half as long as compiling it, and goes through it again when it is first called. A
 * function in parentheses it compiles at once. So those that will be called are put in parentheses.
 * @param {string} code
 * @param {Set<string>} called
 */
function eager(code, called) {
  /** @type {string[]} */
  const moved = [];
  const rest = code.replace(FUNCTION, (text, name) => {
    if (!called.has(name)) return text;
    if (/^(?:function|var|const|let|class) .*\n[^]*^(?:function|var|const|let|class) /m.test(text)) throw new Error(`the end of ${name} is not found: mend quick.mjs`);
    // Without its name inside: that name is local, and a stack trace would show it shortened.
    moved.push(`var ${name} = (${text.trimEnd().replace(/^function \w+/, 'function')});\n`);
    return '';
  });
  // First, because their declarations could be used before their place.
  return moved.join('') + rest;
}

/**
 * Without indentation, and without comments that have lines of their own. The other lines stay as they are, for people who see them in a
 * stack trace.
 * @param {string} code
 */
export function withoutIndentation(code) {
  // In a template of several lines the indentation is part of the text.
  const text = code.split('`').filter((_, index) => index % 2 === 1);
  if (text.some((part) => /\n /.test(part))) throw new Error('a template would lose its indentation: mend withoutIndentation');
  return code.replace(/^ *\/\*\*(?:(?!\*\/)[^])*\*\/\n/gm, '').replace(/^ +/gm, '');
}
