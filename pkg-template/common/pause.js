// @ts-check

/** About 25 days, in milliseconds: a longer timer fires at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Waits, or rejects with the signal's own reason. Leaves neither a timer nor a listener behind.
 * @param {number} ms Infinity: until the signal
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => end(() => reject(signal?.reason));
    const timer = ms === Infinity ? undefined : setTimeout(() => end(resolve), Math.min(ms, LONGEST));
    /** @param {() => void} settle */
    function end(settle) {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
    }
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
  });
}
