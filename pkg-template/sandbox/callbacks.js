// @ts-check
// Delivers notifications. Those of one order go one after the other, and none goes before its step is kept.

import { pause } from '../common/pause.js';

/** @typedef {{ id: number, order: string, url: string, body: string, delayMs: number }} Notification */

/** How long the shop may take to answer, in milliseconds. */
const PATIENCE = 10_000;

export class Callbacks {
  #fetch;
  #delivered;
  /** @type {Set<Promise<void>>} */
  #underWay = new Set();
  /** Ends the waiting of late notifications. */
  #late = new AbortController();
  #ending = false;
  /** The last notification of each order. @type {Map<string, Promise<void>>} */
  #lanes = new Map();

  /**
   * @param {(url: string, init: import('../sandbox.js').Delivery) => Promise<Response>} fetch delivers them
   * @param {(id: number, status: number | undefined) => void} delivered receives the status, undefined if nobody answered
   */
  constructor(fetch, delivered) {
    this.#fetch = fetch;
    this.#delivered = delivered;
  }

  /**
   * @param {Notification[]} queued
   * @param {Promise<void>} kept if it rejects, nothing is sent: nobody may hear of a step that will be forgotten
   */
  send(queued, kept) {
    for (const notification of queued) {
      const { order, delayMs } = notification;
      const late = delayMs > 0;
      const way = this.#go(notification, kept, late ? undefined : this.#lanes.get(order)).finally(() => {
        this.#underWay.delete(way);
        if (this.#lanes.get(order) === way) this.#lanes.delete(order);
      });
      this.#underWay.add(way);
      if (!late) this.#lanes.set(order, way);
    }
  }

  /** Drops the notifications that a fault made late and that have not been sent yet. */
  dropLate() {
    this.#late.abort();
    if (!this.#ending) this.#late = new AbortController();
  }

  /** Drops those, and also late notifications still to come. */
  endLate() {
    this.#ending = true;
    this.dropLate();
  }

  /** Resolves when all are delivered, including those that the answers triggered. */
  async settled() {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /**
   * @param {Notification} notification
   * @param {Promise<void>} kept
   * @param {Promise<void> | undefined} before
   */
  async #go({ id, url, body, delayMs }, kept, before) {
    const late = this.#late.signal;
    try {
      await kept;
      await before;
      if (delayMs > 0) await pause(delayMs, late);
    } catch {
      return;
    }
    this.#delivered(id, await this.#post(url, body));
  }

  /**
   * The status; undefined if the shop cannot be reached or does not answer.
   * @param {string} url
   * @param {string} body
   */
  async #post(url, body) {
    // Not AbortSignal.timeout, which would be kept until its time, long after the answer.
    const patience = new AbortController();
    const over = pause(PATIENCE, patience.signal).catch(() => {});
    const answer = async () => {
      const answer = await this.#fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: patience.signal });
      await answer.arrayBuffer();
      return answer.status;
    };
    try {
      // A race, because the user's own fetch may ignore the signal.
      return await Promise.race([answer(), over.then(() => undefined)]);
    } catch {
      return undefined;
    } finally {
      patience.abort();
    }
  }
}
