// @ts-check
// English or Chinese, with each text in both, side by side.

/** @typedef {'en' | 'zh'} Language */
/** @typedef {{ readonly en: string, readonly zh: string }} Text */

export const LANGUAGES = /** @type {const} */ (['en', 'zh']);

/**
 * The language that `--lang` asks for, or else the locale's. It is read first, because help and usage errors use it
 * too.
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Language}
 */
export function languageOf(args, env) {
  const place = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = place < 0 ? undefined : args[place] === '--lang' ? args[place + 1] : args[place]?.slice('--lang='.length);
  // POSIX: the first variable that is set counts. Windows sets none.
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value) ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return LANGUAGES.find((language) => language === asked) ?? (/^zh\b|^zh_/i.test(locale) ? 'zh' : 'en');
}

const WIDE = '\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}';
const WIDE_CHARACTER = new RegExp(`[${WIDE}]`, 'u');
/**
 * Text that stays on one line: blanks, or a Chinese character or word with the punctuation that must not begin or end a
 * line.
 */
const PIECE = new RegExp(`\\s+|[（【“]*(?:(?![（【“])[${WIDE}]|[^\\s${WIDE}]+)[，。、；：？！）】”]*|[（【“]+`, 'gu');

/** The width in columns of a terminal: a Chinese character takes two. @param {string} text without colours */
export function widthOf(text) {
  let width = 0;
  for (const character of text) width += WIDE_CHARACTER.test(character) ? 2 : 1;
  return width;
}

/** Splits a text into lines of at most `columns` columns. Chinese may be broken between any two characters. @param {string} text @param {number} columns */
export function wrap(text, columns) {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const [piece] of paragraph.matchAll(PIECE)) {
      const line = `${lines.at(-1)}${piece}`;
      if (widthOf(line.trimEnd()) <= columns) lines[lines.length - 1] = line;
      else lines.push(piece.trimStart());
    }
    return lines.map((line) => line.trimEnd());
  });
}
