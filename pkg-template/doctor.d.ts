/**
 * "Signature wrong", and why: from whatever you have at hand and the keys, the difference and its cure. What it says holds
 * no key and nobody's data. The causes it knows: docs/DOCTOR.md. And live, what a gateway refuses: docs/GATEWAY.md.
 * Node, Deno and Bun.
 * @module aigobo/doctor
 */

import type { Credentials, Dialect, Explanation, GatewayError } from './index.js';

export * from './types/doctor-live.js';

/** What you have at hand, by name; all optional. A text alone is taken for anything, and its kind found out. */
export interface Evidence {
  /** Anything pasted: an envelope, also in a log's line, a form or a query; a requestBody; a sign; a signing string; an answer. */
  text?: string;
  /** The message that travelled, as an object or its text. */
  envelope?: object | string;
  /** The parameters before they were encrypted, as an object or its JSON. */
  body?: object | string;
  /** An envelope's `sign`. */
  sign?: string;
  /** An envelope's `requestBody`. */
  requestBody?: string;
  /** What another program hashed, with the secret in it or without. */
  signingString?: string;
  /** What the gateway answered: the answer, its code alone, or the GatewayError that the client made of it. */
  refusal?: object | string;
}

/** One difference. */
export interface Finding {
  /** Stable: `keys.swapped`, `digest.once`; all of them in docs/DOCTOR.md. */
  cause: string;
  /** One sentence that names the difference. */
  message: string;
  /** What to do. */
  cure: string;
  /** Where the two signing strings part: the offset in bytes of UTF-8, and a few characters of each with values masked. */
  at?: { byte: number; ours: string; theirs: string };
}

/** What was found out. */
export interface Diagnosis {
  /** `sound`: nothing is wrong with what was shown; `found`: there are findings; `unknown`: see `cannotTell`. */
  verdict: 'sound' | 'found' | 'unknown';
  /** What the evidence was taken for. */
  seen: string[];
  /** All of it in one sentence. */
  summary: string;
  /** The differences; empty unless `found`. */
  findings: Finding[];
  /** What was looked at. */
  checked: string[];
  /** What could not be told, and what to add. */
  cannotTell: string[];
}

/**
 * Finds what is wrong with a signature, an encryption or an envelope; also where two things are wrong at once.
 * @param evidence anything pasted, or parts by name; a caught GatewayError is what was refused, and `cannotTell` says what to show beside it
 * @param credentials as you hold them, with blanks and all; a key that is missing leaves its part unchecked
 * @param options `now`: when it was sent, in milliseconds since 1970, default the time now; `lang`: of the sentences, default
 * `'en'`; `dialect`: what is right for your gateway
 * @throws ConfigError that names an option or a part of the evidence
 * @example
 * ```ts
 * import { seal } from 'aigobo';
 * import { diagnose } from 'aigobo/doctor';
 *
 * const keys = { accessToken: 'token-1', desKey: 'sandbox8', md5SecretKey: 'secret-1' };
 * const envelope = seal({ memberId: '106225' }, { ...keys, md5SecretKey: 'token-1' });
 * const { verdict, summary } = diagnose(`INFO sent ${JSON.stringify(envelope)}`, keys);
 * console.log(verdict, summary); // → found The sign was made with accessToken in the place of md5SecretKey.
 *
 * const { findings } = diagnose({ body: { memberId: 'm1' }, signingString: 'memberId=m1secret-1' }, keys, { lang: 'zh' });
 * console.log(findings[0]?.cause, findings[0]?.message); // → case.kept S1 没有转成大写。
 * ```
 */
export function diagnose(
  evidence: string | Evidence | GatewayError,
  credentials: Partial<Credentials>,
  options?: { now?: number; lang?: 'en' | 'zh'; dialect?: Partial<Dialect> },
): Diagnosis;

/**
 * Where two texts part: the offset in bytes of UTF-8, line and column from 1, and a few characters of each around it, unmasked.
 * @returns null where they are the same
 * @throws ConfigError
 * @example
 * ```ts
 * import { difference } from 'aigobo/doctor';
 *
 * const found = difference('CITY=杭州&ID=1', 'CITY=杭州&id=1');
 * console.log(found?.byte, found?.column, found?.b); // → 12 9 CITY=杭州&id=1
 * ```
 */
export function difference(a: string, b: string): null | { byte: number; line?: number; column?: number; a: string; b: string };

/**
 * Every step of an explanation as text, the secret masked, with the letters other than a to z that upper-casing changed.
 * Shows the body's data: for a developer's screen.
 * @param options `color`: with a terminal's escapes, default false; `lang`: default `'en'`
 * @throws ConfigError
 * @example
 * ```ts
 * import { explain } from 'aigobo';
 * import { explainText } from 'aigobo/doctor';
 *
 * const keys = { accessToken: 'token', desKey: '12345678', md5SecretKey: 'secret' };
 * const text = explainText(explain({ street: 'Hauptstraße', note: '' }, keys));
 * console.log(text.split('\n').slice(0, 9).join('\n'));
 * // → 1. Left out, being empty
 * // →   note (empty text)
 * // → 2. Sorted by ASCII code
 * // →   street
 * // → 3. Joined: S1
 * // →   street=Hauptstraße
 * // → 4. Upper-cased
 * // →   STREET=HAUPTSTRASSE
 * // →   byte 16: ß → SS
 * ```
 */
export function explainText(explanation: Explanation, options?: { color?: boolean; lang?: 'en' | 'zh' }): string;
