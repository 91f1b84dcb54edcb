// @ts-check

/**
 * Waits, or rejects with the signal's own reason; leaves neither timer nor listener.
 * @param {number} ms Infinity: until the signal
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => end(() => reject(signal?.reason));
    const timer = ms === Infinity ? undefined : setTimeout(() => end(resolve), ms);
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
