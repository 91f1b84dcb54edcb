/**
 * Records calls to the real gateway once and serves them to your tests from then on: decrypted, without keys and without
 * people. Node, Deno and Bun. docs/REPLAY.md is the guide.
 * @module aigobo/replay
 */

import type { AigoboError, ClientOptions, Credentials, Dialect } from './index.js';
import type { Fetch } from './sandbox.js';

/** Options of `recorder`. */
export interface RecorderOptions {
  /** The client's own, to decrypt with. Default: AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY and AIGOBO_MD5_SECRET_KEY from the environment. */
  credentials?: Credentials | undefined;
  /** The client's own. */
  dialect?: Partial<Dialect> | undefined;
  /** Whether to add calls to what the file holds. Default false: the first call replaces it. */
  append?: boolean | undefined;
}

/**
 * Makes a fetch for a Client that passes every call on, and keeps it in `file` with what came back: replies, refusals, proxies'
 * pages, broken connections, abandoned calls. It returns an answer once it is in the file, which it replaces as a whole. It passes on
 * what is not a call to the gateway, but does not record it. If the file cannot be written any more, the answer is still returned and
 * a process warning says so; the next call writes the file first, or is refused before anything is sent.
 *
 * It replaces names, documents, phones, addresses, and the numbers of members, orders and policies by others of the same
 * form, and the same value always by the same one, in all recordings of the account. Look through the file before you commit it: of a
 * person who is an object's key it recognises no name that could be a field's (`ZhangSan`).
 * @throws ConfigError if a key is missing, or the file cannot be written; when called, before anything is sent, if the keys are not the client's, or
 * the file could not be written and still cannot
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { recorder } from 'aigobo/replay';
 * import { createSandbox } from 'aigobo/sandbox';
 * import { readFileSync } from 'node:fs';
 *
 * const { clientOptions } = createSandbox();
 * const client = new Client({ ...clientOptions, fetch: recorder(clientOptions.fetch, 'recordings/member.json', { credentials: clientOptions }) });
 * const { memberId } = await client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * const text = readFileSync('recordings/member.json', 'utf8');
 * console.log(text.includes('registerMember'), text.includes('王小明'), text.includes(memberId)); // → true false false
 * ```
 */
export function recorder(fetch: NonNullable<ClientOptions['fetch']>, file: string | URL, options?: RecorderOptions): Fetch;

/** Options of `replayer`. */
export interface ReplayerOptions {
  /**
   * Fields that may differ from the recording, such as a day that a test counts from today: `safeguardStartTime`, or
   * as a path without indices `insuredInfoList.insuredGender`. Default: none.
   */
  ignore?: readonly string[] | undefined;
}

/** Where a request differs from the recorded one. */
export interface RecordedDifference {
  /** `insuredInfoList[1].insuredGender` */
  path: string;
  /** The recorded value as JSON, cut; null: it is absent. The recording names nobody. */
  recorded: string | null;
  /** The requested value as JSON, cut; null: it is absent; `"***"` if it identifies somebody. */
  asked: string | null;
}

/**
 * A fetch that serves a recording. The examples of its methods continue this one.
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { recorder, replayer } from 'aigobo/replay';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const question = { productCode: '200437', memberId: '106225' };
 * const { clientOptions } = createSandbox();
 * await new Client({ ...clientOptions, fetch: recorder(clientOptions.fetch, 'recordings/product.json', { credentials: clientOptions }) }).getProductDetail(question).catch(() => {});
 *
 * const replay = replayer('recordings/product.json');
 * await new Client(replay.clientOptions).getProductDetail(question).catch(({ code }) => console.log(code)); // → gateway.9999
 * ```
 */
export interface ReplayFetch extends Fetch {
  /** What a Client needs: `new Client(replay.clientOptions)`. The keys are the sandbox's, and there is no quota. */
  readonly clientOptions: ClientOptions & { baseUrl: string; fetch: NonNullable<ClientOptions['fetch']> };
  /**
   * Returns the recorded calls that nobody asked for, in order.
   * @example
   * ```ts
   * console.log(replay.unused().map(({ endpoint }) => endpoint)); // → []
   * ```
   */
  unused(): { endpoint: string; request: Record<string, unknown> }[];
  /**
   * Returns each request that was not found, once: for a test whose code swallows errors.
   * @example
   * ```ts
   * console.log(replay.mismatches()); // → []
   * ```
   */
  mismatches(): RecordingError[];
}

/**
 * Serves a recording to the same code again. A request matches a recorded one if everything but people and contract numbers
 * is the same. Each person or number of the test stands for one of the recording throughout, and replies contain the
 * test's own. Repeating a request gets the next recorded answer; otherwise the order is free.
 *
 * A request that does not match rejects with a RecordingError, which a Client passes on as it is, without sending again.
 * @throws ConfigError if the file is not a recording
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { recorder, replayer } from 'aigobo/replay';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const member = { mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' };
 * const { clientOptions } = createSandbox();
 * await new Client({ ...clientOptions, fetch: recorder(clientOptions.fetch, 'recordings/replayed.json', { credentials: clientOptions }) }).registerMember(member);
 *
 * const replay = replayer('recordings/replayed.json');
 * const { memberId } = await new Client(replay.clientOptions).registerMember(member);
 * console.log(/^\d{6}$/.test(memberId)); // → true
 * ```
 */
export function replayer(file: string | URL, options?: ReplayerOptions): ReplayFetch;

/**
 * `recording.`: `mismatch` (other parameters than recorded; `differences` from the nearest), `used-up` (requested more often than it was
 * recorded), `unrecorded` (nothing recorded for this endpoint), `foreign` (not a call to the gateway), `keys` (not those of `clientOptions`).
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { RecordingError, recorder, replayer } from 'aigobo/replay';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const { clientOptions } = createSandbox();
 * const recorded = new Client({ ...clientOptions, fetch: recorder(clientOptions.fetch, 'recordings/refused.json', { credentials: clientOptions }) });
 * await recorded.getProductDetail({ productCode: '200437', memberId: '106225' }).catch(() => {});
 *
 * const client = new Client(replayer('recordings/refused.json').clientOptions);
 * await client.getProductDetail({ productCode: '100371', memberId: '106225' }).catch((error) => {
 *   if (error instanceof RecordingError) console.log(error.code, error.differences); // → recording.mismatch [ { path: 'productCode', recorded: '"200437"', asked: '"100371"' } ]
 * });
 * ```
 */
export class RecordingError extends AigoboError {
  /** From the nearest recorded call; empty unless `recording.mismatch`. */
  readonly differences: readonly RecordedDifference[];
}
