// @ts-check
// A fetch that serves what was recorded.

import { readFileSync } from 'node:fs';
import { AigoboError } from 'aigobo';
import { answer, noAnswer } from '../common/answer.js';
import { onlyKnown, wrong } from '../common/options.js';
import { pause } from '../common/pause.js';
import { systemCodeOf } from '../common/system-failure.js';
import { guard, ready } from '../sandbox/wasm.js';
import { incoming, pathOf } from './core.js';

/** A call that differs from the recording. See the types. */
export class RecordingError extends AigoboError {}
Object.defineProperty(RecordingError.prototype, 'name', { value: 'RecordingError', configurable: true, writable: true });

/** @type {typeof import('../replay.js').replayer} */
export function replayer(file, options) {
  const { ignore = [] } = onlyKnown(options, ['ignore']);
  if (!Array.isArray(ignore) || ignore.some((name) => typeof name !== 'string')) throw wrong('ignore', "must be a list of fields' names");
  const text = read(file);
  const core = guard(() => new (ready().ReplayCore)(text, ignore));
  /** @type {Map<string, RecordingError>} */
  const refused = new Map();

  /** @param {import('../sandbox.js').FetchInput} input @param {RequestInit} [init] */
  async function fetch(input, init) {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const served = core.serve(...(await incoming(request)));
    if (served.reason) {
      const { reason, endpoint, message, differences } = served;
      const error = new RecordingError({ code: `recording.${reason}`, message: `${endpoint} ${message}`, endpoint, attempts: 0, differences });
      refused.set(error.message, error);
      throw error;
    }
    if (served.failure) {
      // As recorded: it waits until the caller aborts it, if the caller can.
      if (served.failure === 'aborted' && init?.signal) await pause(Infinity, request.signal);
      throw noAnswer('as it was recorded', served.code ?? 'ECONNRESET', served.failure === 'unsent' ? 'connect' : 'read');
    }
    return answer(served.status, served.body, { 'content-type': served.contentType, ...(served.retryAfter && { 'retry-after': served.retryAfter }) });
  }

  // The recorded calls have already been through a quota, and these reach nobody.
  const clientOptions = { ...JSON.parse(ready().ReplayCore.clientOptions()), rateLimit: false, fetch };
  return /** @type {any} */ (Object.assign(fetch, { clientOptions, unused: () => JSON.parse(core.unused()), mismatches: () => [...refused.values()] }));
}

/** @param {string | URL} file */
function read(file) {
  const path = pathOf(file);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong('file', `${path} cannot be read (${systemCodeOf(error) ?? error}); record it first with recorder(fetch, file)`);
  }
}
