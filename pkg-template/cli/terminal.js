// @ts-check
// Decides where output goes: results to stdout, everything else to stderr, and colour only for a terminal.

import { WriteStream } from 'node:tty';
import * as util from 'node:util';
import { languageOf, widthOf, wrap } from './language.js';

/** @typedef {import('./language.js').Text} Text */
/** @typedef {Parameters<typeof import('node:util').styleText>[0]} Style */

/** The least width of a last cell, in columns, and its indentation when it goes below the others. */
const LEAST = 28;
const BELOW = 6;

export class Terminal {
  /** @param {readonly string[]} args @param {Record<string, string | undefined>} env */
  constructor(args, env) {
    this.lang = languageOf(args, env);
    /** The command that was asked for, once it is known. */
    this.command = 'aigobo';
    /** Read before commander runs, because commander's own errors must be JSON as well. */
    this.json = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined).includes('--json');
    this.colours = { out: hasColours(process.stdout, env), err: hasColours(process.stderr, env) };
  }

  /** The text in the current language. @param {Text | string} text */
  t = (text) => (typeof text === 'string' ? text : text[this.lang]);

  /** The available columns. A file or a pipe has room for one record per line, however long. @param {'out' | 'err'} [where] */
  widthOf(where = 'out') {
    return process[where === 'out' ? 'stdout' : 'stderr'].columns || Infinity;
  }

  /** @param {Style} style @param {string} text @param {'out' | 'err'} [where] */
  paint(style, text, where = 'out') {
    // Node before 20.12 does not have it.
    return this.colours[where] && util.styleText ? util.styleText(style, text, { validateStream: false }) : text;
  }

  /** Prints a document for programs, or its text for people. @param {unknown} document @param {() => string} human */
  result(document, human) {
    process.stdout.write(`${this.json ? JSON.stringify(document, null, 2) : harmless(human(), process.stdout)}\n`);
  }

  /** Prints a note next to the result. @param {Text | string} text @param {Style} [style] */
  note(text, style) {
    const said = harmless(this.t(text), process.stderr);
    process.stderr.write(`${style ? this.paint(style, said, 'err') : said}\n`);
  }

  /**
   * Columns side by side. If the terminal is too narrow, the last one is wrapped or goes below the others.
   * @param {readonly (readonly string[])[]} rows
   * @param {(cell: string, column: number, row: number) => string} [style] of a cell, or of a line of the last one
   * @param {number} [room] in columns
   */
  table(rows, style = (cell) => cell, room = this.widthOf()) {
    const last = Math.max(...rows.map((row) => row.length)) - 1;
    const widths = Array.from({ length: last }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
    const before = widths.reduce((sum, width) => sum + width + 2, 0);
    const word = Math.max(...rows.flatMap((row) => (row[last] ?? '').split(' ')).map(widthOf));
    const whole = Math.max(...rows.map((row) => widthOf(row[last] ?? '')));
    if (before > room) return this.#records(rows, style, room);
    const below = before + whole > room && room - before < Math.max(word, LEAST);
    const indent = below ? BELOW : before;
    return rows
      .map((row, index) => {
        const cells = row.slice(0, last).map((cell, column) => style(cell, column, index) + ' '.repeat((widths[column] ?? 0) - widthOf(cell)));
        const lines = row[last] ? wrap(row[last], room - indent).map((line) => style(line, last, index)) : [];
        const head = [...cells, ...(below ? [] : lines.splice(0, 1))].join('  ').trimEnd();
        return [head, ...lines.map((line) => ' '.repeat(indent) + line)].join('\n');
      })
      .join('\n');
  }

  /**
   * Prints a row as its first cell with the others below it, for when not even the columns before the last fit.
   * @param {readonly (readonly string[])[]} rows
   * @param {(cell: string, column: number, row: number) => string} style
   * @param {number} room
   */
  #records(rows, style, room) {
    return rows
      .map(([first = '', ...others], row) => {
        const lines = wrap(others.filter(Boolean).join(' · '), Math.max(room - BELOW, LEAST)).filter(Boolean);
        return [style(first, 0, row), ...lines.map((line) => ' '.repeat(BELOW) + style(line, others.length, row))].join('\n');
      })
      .join('\n');
  }

  /** The lines of a text after a label; further lines are aligned below the first. @param {string} label @param {string} text */
  hanging(label, text) {
    const indent = widthOf(label);
    const lines = wrap(text, Math.max(this.widthOf() - indent, LEAST));
    return lines.map((line, index) => (index === 0 ? label : ' '.repeat(indent)) + line);
  }

  /** JSON for people: indented, with names in colour. @param {unknown} value */
  pretty(value) {
    const text = JSON.stringify(value, null, 2);
    return this.colours.out ? text.replace(/^( *)("(?:[^"\\]|\\.)*")(?=: )/gm, (_, indent, name) => indent + this.paint('cyan', name)) : text;
  }
}

/**
 * Text from a log, a gateway or a shop must not control the terminal: of all control sequences only colours are kept.
 * @param {string} text
 * @param {NodeJS.WriteStream} stream
 */
function harmless(text, stream) {
  return stream.isTTY ? text.replace(/\r\n/g, '\n').replace(/(\x1b\[[\d;]*m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (_, colour) => colour ?? '\ufffd') : text;
}

/**
 * Reads FORCE_COLOR, NO_COLOR and TERM as Node itself does.
 * @param {NodeJS.WriteStream} stream
 * @param {Record<string, string | undefined>} env
 */
function hasColours(stream, env) {
  return (stream.isTTY || env.FORCE_COLOR !== undefined) && WriteStream.prototype.getColorDepth(env) > 1;
}

/** A reader that stops early, such as `head`, is not an error. */
export function endQuietlyWhenNobodyReads() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      const { code } = /** @type {{ code?: string }} */ (error);
      if (code === 'EPIPE') process.exit();
      // The other stream may still work; this one accepts nothing more.
      if (stream === process.stdout) process.stderr.write(`aigobo: the result could not be written (${code})\n`);
      process.exit(1);
    });
  }
}
