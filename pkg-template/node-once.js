// @ts-check
// Node: one implementation per process and version, with the same classes and the same instance, whether the package came by import,
// by require or in a bundle.

/** The build inserts the version. */
const HERE = Symbol.for(`aigobo@${process.env.AIGOBO_VERSION}`);

/**
 * Returns the implementation that came first.
 * @template {object} Api
 * @param {Api} api
 * @returns {Api}
 */
export function once(api) {
  const known = Reflect.get(globalThis, HERE);
  // If the global object takes nothing, each has its own.
  if (known === undefined) Reflect.set(globalThis, HERE, api);
  return known ?? api;
}
