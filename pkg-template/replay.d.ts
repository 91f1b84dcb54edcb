/**
 * Calls to the real gateway, recorded once and served to your tests from then on: decrypted, without keys and without
 * people. Node, Deno and Bun. The guide is docs/REPLAY.md.
 * @module aigobo/replay
 */

import type { AigoboError, ClientOptions, Credentials, Dialect } from './index.js';
import type { Fetch } from './sandbox.js';

/** How to record. */
export interface RecorderOptions {
  /** The client's own, to decrypt with. Default: AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY and AIGOBO_MD5_SECRET_KEY of the environment. */
  credentials?: Credentials | undefined;
  /** The client's own. */
  dialect?: Partial<Dialect> | undefined;
  /** Whether calls are added to what the file holds. Default false: the first call replaces it. */
  append?: boolean | undefined;
}

/**
 * A fetch for a Client that passes every call on, and keeps it in `file` with what came back: replies, refusals, proxies'
 * pages, broken connections, calls given up. An answer is handed on once it is in the file, which is replaced whole. What is no
 * call of the gateway's is passed on and not recorded.
 *
 * Names, documents, phones, addresses, and the numbers of members, orders and policies are replaced by others of the same
 * form, the same by the same, in each of the account's recordings.
 * @throws ConfigError where a key is missing, or the file cannot be written; when called, before anything is sent, where the keys are not the client's
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

/** How to serve. */
export interface ReplayerOptions {
  /**
   * Fields that may differ from what was recorded, such as a day that a test counts from today: `safeguardStartTime`, or
   * with its path and without places `insuredInfoList.insuredGender`. Default: none.
   */
  ignore?: readonly string[] | undefined;
}

/** Where a request is not the recorded one. */
export interface RecordedDifference {
  /** `insuredInfoList[1].insuredGender` */
  path: string;
  /** As JSON, cut; null: it is not there. What was recorded names nobody. */
  recorded: string | null;
  /** As JSON, cut; null: it is not there; `"***"` where it says who somebody is. */
  asked: string | null;
}

/**
 * A fetch that serves a recording. The examples of its methods go on from here.
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
   * The recorded calls that nobody asked for, in order.
   * @example
   * ```ts
   * console.log(replay.unused().map(({ endpoint }) => endpoint)); // → []
   * ```
   */
  unused(): { endpoint: string; request: Record<string, unknown> }[];
  /**
   * What was asked and not found, each once: for a test whose code swallows errors.
   * @example
   * ```ts
   * console.log(replay.mismatches()); // → []
   * ```
   */
  mismatches(): RecordingError[];
}

/**
 * Serves a recording to the same code again. A request fits a recorded one where everything but people and numbers of contracts
 * is the same; of those each of the test's stands for one of the recording's throughout, and replies come back in the
 * test's own. The same request once more gets the next recorded answer; otherwise the order is free.
 *
 * What does not fit rejects with a RecordingError, which a Client hands on as it is, and does not send again.
 * @throws ConfigError where the file is no recording
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
 * `recording.`: `mismatch` (other parameters than recorded; `differences` from the nearest), `used-up` (asked for more often than it was
 * recorded), `unrecorded` (nothing of this endpoint), `foreign` (no call of the gateway's), `keys` (not those of `clientOptions`).
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
