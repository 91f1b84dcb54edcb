// @ts-check
// A fetch that serves what was recorded.

import { readFileSync } from 'node:fs';
import { AigoboError } from 'aigobo';
import { onlyKnown, wrong } from '../common/options.js';
import { pause } from '../common/pause.js';
import { guard, ready } from '../sandbox/wasm.js';
import { codeOf, incoming, pathOf } from './core.js';

/** A call that is not as it was recorded. See the types. */
export class RecordingError extends AigoboError {}
Object.defineProperty(RecordingError.prototype, 'name', { value: 'RecordingError', configurable: true, writable: true });

/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304];

/** @type {typeof import('../replay.js').replayer} */
export function replayer(file, options = {}) {
  onlyKnown(options, ['ignore']);
  const { ignore = [] } = options;
  if (!Array.isArray(ignore) || ignore.some((name) => typeof name !== 'string')) throw wrong('ignore', "must be a list of fields' names");
  const text = read(file);
  const core = guard(() => new (ready().ReplayCore)(text, ignore));
  /** @type {Map<string, RecordingError>} */
  const refused = new Map();

  /** @param {import('../sandbox.js').FetchInput} input @param {RequestInit} [init] */
  async function fetch(input, init) {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const answer = core.serve(...(await incoming(request)));
    if (answer.reason) {
      const { reason, endpoint, message, differences } = answer;
      const error = new RecordingError({ code: `recording.${reason}`, message: `${endpoint} ${message}`, endpoint, differences });
      refused.set(error.message, error);
      throw error;
    }
    if (answer.failure) {
      // As it was: until the caller gives it up, if it has a way to.
      if (answer.failure === 'aborted' && init?.signal) await pause(Infinity, request.signal);
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('as it was recorded'), { code: answer.code ?? 'ECONNRESET' }) });
    }
    const headers = { 'content-type': answer.contentType, ...(answer.retryAfter && { 'retry-after': answer.retryAfter }) };
    return new Response(BODILESS.includes(answer.status) ? null : answer.body, { status: answer.status, headers });
  }

  // Recorded calls went through a quota before; these reach nobody.
  const clientOptions = { ...JSON.parse(ready().ReplayCore.clientOptions()), rateLimit: false, fetch };
  return /** @type {any} */ (Object.assign(fetch, { clientOptions, unused: () => JSON.parse(core.unused()), mismatches: () => [...refused.values()] }));
}

/** @param {string | URL} file */
function read(file) {
  const path = pathOf(file);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong('file', `${path} cannot be read (${codeOf(error) ?? error}); record it first with recorder(fetch, file)`);
  }
}
