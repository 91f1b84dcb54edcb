// @ts-check
// What counts as options, for the main entry and the others alike: each of them has its own way to the error class.

/** @param {unknown} value */
export function kindOf(value) {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
}

/**
 * Says what is wrong with options, if anything. Only an object literal will do, from any realm: in a list, a Map, a signal or an instance of
 * the caller's own class nobody would read them.
 * @param {unknown} value
 * @returns {string} empty if nothing is
 */
export function whyNotPlain(value) {
  const wrong = (/** @type {string} */ hint) => `must be an object${hint}`;
  if (typeof value !== 'object' || value === null) return wrong(`, not ${kindOf(value)}`);
  if ('aborted' in value) return wrong('; pass a signal as { signal }');
  const above = Object.getPrototypeOf(value);
  return Array.isArray(value) || (above !== null && Object.getPrototypeOf(above) !== null) ? wrong(' of plain properties') : '';
}
