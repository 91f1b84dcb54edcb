// @ts-check
// Orders a wasm's functions. Engines do not care, but a compressor encodes repetitions more cheaply if they are close
// together.

/** How many lines are compared at a time. */
const RUN = 3;

/** The value of equal parameters and results, as a share of common lines. */
const SAME_SIGNATURE = 0.2;

/**
 * Text forms of a module in which each function is followed by the most similar one of those left, each beginning with another function:
 * which one is best, only a compressor can tell.
 * @param {string} wat
 * @param {number} count
 */
export function* likeAfterLike(wat, count) {
  const functions = (wat.match(/^ \(func [^]*?^ \)\n/gm) ?? []).map(described);
  if (functions.length < 100) throw new Error('wasm-opt writes functions otherwise by now: mend likeAfterLike');
  // By their code, since the compiler's order and names depend on the folder.
  functions.sort((one, other) => one.text.length - other.text.length || (one.code < other.code ? -1 : 1));
  const likeness = functions.map((one) => functions.map((other) => alike(one, other)));
  const [before = ''] = wat.split(/^ \(func /m, 1);
  const after = wat.slice(before.length).split(/^ \(func [^]*?^ \)\n/m).join('');
  for (let start = 0; start < count; start++) {
    const order = chain(likeness, Math.floor((start * functions.length) / count));
    yield before + order.map((place) => functions[place]?.text).join('') + after;
  }
}

/** @typedef {{ text: string, code: string, signature: string, runs: Set<string> }} Described its code and its runs of lines are without names */

/** @param {string} text @returns {Described} */
function described(text) {
  const lines = text.split('\n').map((line) => line.trim().replace(/\$\w+/g, '$'));
  return { text, code: lines.join('\n'), signature: String(lines[0]), runs: new Set(lines.slice(RUN - 1).map((_, at) => lines.slice(at, at + RUN).join('\n'))) };
}

/** How much of `other` is in `one`. @param {Described} one @param {Described} other */
function alike(one, other) {
  let common = 0;
  for (const run of other.runs) if (one.runs.has(run)) common++;
  return common / (other.runs.size + 1) + (one.signature === other.signature ? SAME_SIGNATURE : 0);
}

/** The places in an order in which each is followed by the one most like it. @param {number[][]} likeness @param {number} start */
function chain(likeness, start) {
  const left = new Set(likeness.keys());
  const order = [];
  for (let at = start; left.delete(at); ) {
    order.push(at);
    let most = -1;
    for (const other of left) {
      const value = likeness[order[order.length - 1] ?? 0]?.[other] ?? 0;
      if (value > most) [at, most] = [other, value];
    }
  }
  return order;
}
