// @ts-check
// Tracing follows a request through its asynchronous steps (AsyncLocalStorage in Node, Deno, Bun and workerd). The
// wasm's tasks share one queue, so any of them may run in the context of another request.

/**
 * Runs functions in the asynchronous context in which it was made: an `await` returns to its context, in every runtime and
 * without an import.
 */
export function callersContext() {
  /** @type {(() => void)[]} */
  const jobs = [];
  let ended = false;
  /** @type {() => void} */
  let wake = () => {};

  async function work() {
    while (!ended || jobs.length > 0) {
      if (jobs.length === 0) await new Promise((resolve) => (wake = () => resolve(undefined)));
      for (const job of jobs.splice(0)) job();
    }
  }
  const working = work();

  return {
    /**
     * @template {unknown[]} A
     * @template T
     * @param {(...args: A) => T} use
     * @param {A} args
     * @returns {Promise<Awaited<T>>}
     */
    run: (use, ...args) =>
      new Promise((resolve, reject) => {
        jobs.push(() => {
          try {
            resolve(/** @type {Awaited<T>} */ (use(...args)));
          } catch (thrown) {
            reject(thrown);
          }
        });
        wake();
      }),
    /** Call it when everything that was to run has been called. */
    end() {
      ended = true;
      wake();
      return working;
    },
  };
}
