// @ts-check
// Keeps one listener for each signal, however many calls it may end: at the eleventh, Node would warn of a leak.

/** The functions to call when a signal aborts, and the one that removes the listener. @type {WeakMap<AbortSignal, [all: Set<() => void>, leave: () => void]>} */
const ears = new WeakMap();

/**
 * Calls `heard` when the signal aborts, unless the returned function was called before.
 * @this {AbortSignal}
 * @param {() => void} heard
 */
export function listen(heard) {
  const [all, leave] = ears.get(this) ?? begin(this);
  all.add(heard);
  return () => {
    all.delete(heard);
    if (all.size === 0) leave();
  };
}

/**
 * @param {AbortSignal} signal
 * @returns {[Set<() => void>, () => void]}
 */
function begin(signal) {
  /** @type {Set<() => void>} */
  const all = new Set();
  const tell = () => all.forEach((heard) => heard());
  signal.addEventListener('abort', tell);
  const leave = () => {
    ears.delete(signal);
    signal.removeEventListener('abort', tell);
  };
  ears.set(signal, [all, leave]);
  return [all, leave];
}
