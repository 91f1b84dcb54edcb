// Options that nobody would read are refused, by every entry in the same words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConfigError, seal, validate } from 'aigobo';
import { diagnose, explainText } from 'aigobo/doctor';
import { createNotificationHandler, createReconciler, memoryNotificationStore, notifyUrls } from 'aigobo/notifications';
import { redisNotificationStore, redisRateLimiter } from 'aigobo/redis';
import { recorder, replayer } from 'aigobo/replay';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';
import { KEYS } from './lab.js';

/** What takes options, with the options alone left to give. @type {Record<string, (options: any) => unknown>} */
const TAKERS = {
  Client: (options) => new Client(options),
  seal: (options) => seal({}, KEYS, options),
  validate: (options) => validate('getOrderDetail', {}, options),
  diagnose: (options) => diagnose('', KEYS, options),
  explainText: (options) => explainText(/** @type {any} */ ({}), options),
  createNotificationHandler,
  createReconciler,
  notifyUrls,
  memoryNotificationStore,
  redisNotificationStore: (options) => redisNotificationStore({ call: async () => 1 }, options),
  redisRateLimiter: (options) => redisRateLimiter({ call: async () => 1 }, options),
  recorder: (options) => recorder(fetch, 'options.jsonl', options),
  replayer: (options) => replayer('options.jsonl', options),
  createSandbox,
  serveSandbox,
};

for (const [name, take] of Object.entries(TAKERS)) {
  test(`${name}: options are an object literal`, async () => {
    for (const [options, says] of /** @type {[unknown, string][]} */ ([
      ['text', ', not string'],
      [5, ', not number'],
      [[], ' of plain properties'],
      [new Map(), ' of plain properties'],
      [new (class Options {})(), ' of plain properties'],
      [new AbortController().signal, '; pass a signal as { signal }'],
    ])) {
      const error = await (async () => take(options))().then(() => undefined, (thrown) => thrown);
      assert.ok(error instanceof ConfigError, `${says}: ${error}`);
      assert.equal(error.message, `options: must be an object${says}`);
    }
  });
}
