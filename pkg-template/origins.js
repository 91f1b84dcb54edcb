// @ts-check
// The wasm sees a request as JSON text. What stands in the caller's own object tells more of what was forgotten.

/** What JSON makes nothing of, or something else than was meant. */
const UNMEANT = /(Promise|Date|Map|Set|Function)]$/;

/** @type {Record<string, string | undefined>} */
const REMEDIES = { Promise: ': await it', Date: ': pass text, as yyyy-MM-dd' };

/**
 * Names, of a request that was refused, what its issues stand for in the caller's object: a promise, a date, a function.
 * @template T
 * @param {T} thrown
 * @param {unknown} body
 * @returns {T}
 */
export function withOrigins(thrown, body) {
  const refused = /** @type {{ message: string, aigobo?: true, issues?: import('./index.js').Issue[] }} */ (thrown);
  const told = new Set();
  for (const issue of (refused?.aigobo && refused.issues) || []) {
    const value = issue.path.split(/[.[\]]+/).reduce((/** @type {any} */ inner, name) => (name ? inner?.[name] : inner), body);
    for (const [name, found] of [['the request', body], [issue.path, value]]) {
      const [, kind] = UNMEANT.exec({}.toString.call(found)) ?? [];
      if (!kind) continue;
      const hint = `; ${name} is a ${kind}${REMEDIES[kind] ?? ''}`;
      issue.message += hint;
      told.add(hint);
    }
  }
  if (told.size > 0) refused.message += [...told].join('');
  return thrown;
}
