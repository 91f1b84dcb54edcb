// @ts-check
// Node: one implementation in a process, whether the package came by import, by require or in a bundle: the same classes and the
// same instance for all, of one version.

/** The build puts the version in. */
const HERE = Symbol.for(`aigobo@${process.env.AIGOBO_VERSION}`);

/**
 * What came first.
 * @template {object} Api
 * @param {Api} api
 * @returns {Api}
 */
export function once(api) {
  const known = Reflect.get(globalThis, HERE);
  // Where nothing can be left each has its own.
  if (known === undefined) Reflect.set(globalThis, HERE, api);
  return known ?? api;
}
