// @ts-check
// Orders a wasm's functions. Engines do not care, but a compressor encodes repetitions more cheaply if they are close
// together.

/** How many lines are compared at a time. */
const RUN = 3;

/** The value of equal parameters and results, as a share of common lines. */
const SAME_SIGNATURE = 0.2;

/**
 * The text form of a module in which each function is followed by the most similar one of those left.
 * @param {string} wat
 */
export function likeAfterLike(wat) {
  const functions = wat.match(/^ \(func [^]*?^ \)\n/gm) ?? [];
  if (functions.length < 100) throw new Error('wasm-opt writes functions otherwise by now: mend likeAfterLike');
  const left = new Set(functions.map(described).sort((one, other) => one.text.length - other.text.length));
  let [at] = left;
  let ordered = '';
  while (at) {
    left.delete(at);
    ordered += at.text;
    at = nearest(at, left);
  }
  const [before = ''] = wat.split(/^ \(func /m, 1);
  const after = wat.slice(before.length).split(/^ \(func [^]*?^ \)\n/m).join('');
  return before + ordered + after;
}

/** @typedef {{ text: string, signature: string, runs: Set<string> }} Described its runs of lines are without names */

/** @param {string} text @returns {Described} */
function described(text) {
  const lines = text.split('\n').map((line) => line.trim().replace(/\$\w+/g, '$'));
  return { text, signature: String(lines[0]), runs: new Set(lines.slice(RUN - 1).map((_, at) => lines.slice(at, at + RUN).join('\n'))) };
}

/** The one of `others` that contains most of `one`. @param {Described} one @param {Set<Described>} others @returns {Described | undefined} */
function nearest(one, others) {
  /** @type {Described | undefined} */
  let best;
  let most = -1;
  for (const other of others) {
    let common = 0;
    for (const run of other.runs) if (one.runs.has(run)) common++;
    const alike = common / (other.runs.size + 1) + (one.signature === other.signature ? SAME_SIGNATURE : 0);
    if (alike > most) [best, most] = [other, alike];
  }
  return best;
}
