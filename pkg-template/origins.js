// @ts-check
// The wasm sees a request as JSON text, in which a promise is an empty object. The caller's own object shows that an `await` was forgotten.

const AWAIT = ' (a Promise: await it)';

/**
 * For a refused request, marks the issues whose place in the body holds a promise.
 * @template T
 * @param {T} thrown
 * @param {unknown} body
 * @returns {T}
 */
export function withOrigins(thrown, body) {
  const refused = /** @type {{ message: string, aigobo?: true, issues?: import('./index.js').Issue[] }} */ (thrown);
  for (const issue of (refused?.aigobo && refused.issues) || []) {
    const value = issue.path.split(/[.[\]]+/).reduce((/** @type {any} */ inner, name) => (name ? inner?.[name] : inner), body);
    if (isPromise(value) || isPromise(body)) {
      issue.message += AWAIT;
      if (!refused.message.endsWith(AWAIT)) refused.message += AWAIT;
    }
  }
  return thrown;
}

/** @param {any} value */
function isPromise(value) {
  return typeof value?.then === 'function';
}
