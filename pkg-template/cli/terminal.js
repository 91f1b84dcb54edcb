// @ts-check
// What is said, and where: results on stdout, everything else on stderr; colour only where somebody looks.

import { WriteStream } from 'node:tty';
import * as util from 'node:util';
import { languageOf, widthOf } from './language.js';

/** @typedef {import('./language.js').Text} Text */
/** @typedef {Parameters<typeof import('node:util').styleText>[0]} Style */

export class Terminal {
  /** @param {readonly string[]} args @param {Record<string, string | undefined>} env */
  constructor(args, env) {
    this.lang = languageOf(args, env);
    /** The command that was asked for, once it is known. */
    this.command = 'aigobo';
    /** Read ahead of commander, since its own errors must be JSON, too. */
    this.json = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined).includes('--json');
    this.colours = { out: hasColours(process.stdout, env), err: hasColours(process.stderr, env) };
  }

  /** In the language at hand. @param {Text | string} text */
  t = (text) => (typeof text === 'string' ? text : text[this.lang]);

  /** Columns there are; a file or a pipe has room for a record a line, however long. */
  get width() {
    return process.stdout.columns || Infinity;
  }

  /** @param {Style} style @param {string} text on stdout */
  paint(style, text) {
    return paint(style, text, this.colours.out);
  }

  /** What a program reads, or what people read of the same. @param {unknown} document @param {() => string} human */
  result(document, human) {
    process.stdout.write(`${this.json ? JSON.stringify(document, null, 2) : human()}\n`);
  }

  /** Beside the result. @param {Text | string} text @param {Style} [style] */
  note(text, style) {
    const said = this.t(text);
    process.stderr.write(`${style ? paint(style, said, this.colours.err) : said}\n`);
  }

  /**
   * Columns side by side; where the terminal is too narrow the last one stands below the others.
   * @param {readonly (readonly string[])[]} rows
   * @param {(cell: string, column: number, row: number) => string} [style]
   * @param {number} [room]
   */
  table(rows, style = (cell) => cell, room = this.width) {
    const last = Math.max(...rows.map((row) => row.length)) - 1;
    const widths = Array.from({ length: last + 1 }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
    const narrow = widths.reduce((sum, width) => sum + width + 2, -2) > room;
    return rows
      .map((row, index) => {
        const cells = row.map((cell, column) => {
          const filled = column === row.length - 1 || (narrow && column === last - 1) ? '' : ' '.repeat((widths[column] ?? 0) - widthOf(cell));
          return style(cell, column, index) + filled;
        });
        const line = narrow ? `${cells.slice(0, last).join('  ')}${row[last] ? `\n      ${cells[last]}` : ''}` : cells.join('  ');
        return line.trimEnd();
      })
      .join('\n');
  }

  /** JSON for people: indented, names in colour. @param {unknown} value */
  pretty(value) {
    const text = JSON.stringify(value, null, 2);
    return this.colours.out ? text.replace(/^( *)("(?:[^"\\]|\\.)*")(?=: )/gm, (_, indent, name) => indent + this.paint('cyan', name)) : text;
  }
}

/** @param {Style} style @param {string} text @param {boolean} colours */
function paint(style, text, colours) {
  // Node before 20.12 has none.
  return colours && util.styleText ? util.styleText(style, text, { validateStream: false }) : text;
}

/**
 * FORCE_COLOR, NO_COLOR and TERM as Node itself reads them.
 * @param {NodeJS.WriteStream} stream
 * @param {Record<string, string | undefined>} env
 */
function hasColours(stream, env) {
  return (stream.isTTY || env.FORCE_COLOR !== undefined) && WriteStream.prototype.getColorDepth(env) > 1;
}

/** A reader that has seen enough, such as `head`, is no failure. */
export function endQuietlyWhenNobodyReads() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (/** @type {{ code?: string }} */ (error).code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
