// @ts-check
// Remembers in this process what was handled.

import { onlyKnown, requireWhole } from '../common/options.js';

/** @type {typeof import('../notifications.js').memoryNotificationStore} */
export function memoryNotificationStore(options) {
  const { ttlMs = 30 * 24 * 3_600_000, most = 100_000, clock = Date.now } = onlyKnown(options, ['ttlMs', 'most', 'clock']);
  requireWhole('ttlMs', ttlMs);
  requireWhole('most', most);
  /** The oldest entry comes first. @type {Map<string, { done: boolean, until: number }>} */
  const entries = new Map();

  /** @param {string} key @param {{ done: boolean, until: number }} entry */
  const set = (key, entry) => {
    entries.delete(key);
    entries.set(key, entry);
    // The store is bounded. At worst a forgotten entry is handled again, and `confirm` then asks the platform again
    // too.
    for (const [oldest] of entries) {
      if (entries.size <= most) break;
      entries.delete(oldest);
    }
  };

  return {
    async claim(key, claimMs) {
      const now = clock();
      const entry = entries.get(key);
      if (entry && entry.until > now) return entry.done ? 'done' : 'busy';
      set(key, { done: false, until: now + claimMs });
      return 'new';
    },
    async commit(key) {
      set(key, { done: true, until: clock() + ttlMs });
    },
    async release(key) {
      if (entries.get(key)?.done === false) entries.delete(key);
    },
  };
}
