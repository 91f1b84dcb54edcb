/**
 * Says why a signature is wrong: from the keys and whatever you have at hand it finds the difference and its cure. Its findings contain
 * no key and nobody's data. docs/DOCTOR.md lists the causes it knows. The live doctor finds why a gateway refuses: docs/GATEWAY.md.
 * Node, Deno and Bun.
 * @module aigobo/doctor
 */

import type { Credentials, Dialect, Explanation, GatewayError } from './index.js';

export * from './types/doctor-live.js';

/** What you have at hand, by name; all optional. A text by itself can be anything: the doctor finds out what it is. */
export interface Evidence {
  /** Any pasted text: an envelope, also in a log line, a form or a query; a requestBody; a sign; a signing string; an answer. */
  text?: string;
  /** The message that was sent, as an object or its text. */
  envelope?: object | string;
  /** The parameters before they were encrypted, as an object or its JSON. */
  body?: object | string;
  /** An envelope's `sign`. */
  sign?: string;
  /** An envelope's `requestBody`. */
  requestBody?: string;
  /** What another program hashed, with or without the secret. */
  signingString?: string;
  /** What the gateway answered: the whole answer, its code alone, or the client's GatewayError. */
  refusal?: object | string;
}

/** One difference. */
export interface Finding {
  /** A stable name, such as `keys.swapped` or `digest.once`; docs/DOCTOR.md lists all. */
  cause: string;
  /** One sentence that names the difference. */
  message: string;
  /** What to do. */
  cure: string;
  /** Where the two signing strings first differ: the offset in UTF-8 bytes, and a few characters of each with values masked. */
  at?: { byte: number; ours: string; theirs: string };
}

/** What `diagnose` found. */
export interface Diagnosis {
  /** `sound`: nothing is wrong with the evidence; `found`: there are findings; `unknown`: see `cannotTell`. */
  verdict: 'sound' | 'found' | 'unknown';
  /** What the doctor took the evidence for. */
  seen: string[];
  /** The whole result in one sentence. */
  summary: string;
  /** The differences; empty unless `found`. */
  findings: Finding[];
  /** What was checked. */
  checked: string[];
  /** What the doctor could not tell, and what evidence to add. */
  cannotTell: string[];
}

/**
 * Finds what is wrong with a signature, an encryption or an envelope, even if two things are wrong at once.
 * @param evidence any pasted text, or parts by name; a caught GatewayError tells what was refused, and `cannotTell` says what to add to it
 * @param credentials exactly as you hold them, blanks included; without a key its part stays unchecked
 * @param options `now`: when it was sent, in milliseconds since 1970, default the time now; `lang`: the language of the sentences, default
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
 * Finds where two texts first differ: the offset in UTF-8 bytes, line and column from 1, and a few characters of each around it, unmasked.
 * @returns null if they are the same
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
 * Prints every step of an explanation as text, with the secret masked, and lists the letters other than a to z that upper-casing changed.
 * It shows the body's data, so it is for a developer's screen.
 * @param options `color`: whether to use terminal escapes, default false; `lang`: default `'en'`
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
