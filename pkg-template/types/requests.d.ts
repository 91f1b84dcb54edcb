import type { EndpointInfo, EndpointName } from '../generated/models.js';

/** One thing wrong with a request. */
export interface Issue {
  /** Where: `insuredInfoList[2].insuredBirthday`. */
  path: string;
  /** Which rule it breaks, for programs. */
  rule: 'required' | 'type' | 'length' | 'choice' | 'date' | 'order' | 'url' | 'unknown';
  /** What to do about it, in English. */
  message: string;
  /** The field's Chinese name, from the document. */
  label: string;
}

/**
 * Returns the issues of a request before it is sent, or an empty array. It needs no key, so it also runs in a browser. If a form
 * holds only part of a request, the rest is reported as missing, too: keep the issues of the form's own fields.
 * @param options what a client would fill in, and whether the document's maximum lengths are enforced (default true)
 * @throws ConfigError if there is no such endpoint
 * @example
 * ```ts
 * import { validate } from 'aigobo';
 *
 * const issues = validate('getOrderDetail', { tempOrderCode: '', memberId: '106225' }, { distrCode: 'DL1000100' });
 * for (const { path, rule, label } of issues) console.log(path, rule, label); // → tempOrderCode required 预订单号
 *
 * const form = { safeguardStartTime: '2026-02-28', insuredInfoList: [{ insuredBirthday: 'x' }] };
 * const own = validate('createPreOrder', form).filter(({ path }) => (path.split(/[.[]/)[0] ?? '') in form);
 * console.log(own.map(({ path }) => path)); // → [ 'insuredInfoList[0].insuredBirthday' ]
 * ```
 */
export function validate(
  endpoint: EndpointName,
  request: object,
  options?: { distrCode?: string; employeeCode?: string; invitateCode?: string; enforceLengths?: boolean },
): Issue[];
/**
 * Reads what an 18-character 身份证 number tells (GB 11643-1999); null if it is not one.
 * @returns `birthday` as yyyy-MM-dd
 * @example
 * ```ts
 * import { parseResidentId } from 'aigobo';
 *
 * console.log(parseResidentId('11010519491231002X')); // → { birthday: '1949-12-31', gender: 'F', checksumOk: true }
 * console.log(parseResidentId('E12345678')); // → null
 * ```
 */
export function parseResidentId(number: string): { birthday: string; gender: 'M' | 'F'; checksumOk: boolean } | null;

/**
 * All endpoints, in the document's order (section 7).
 * @example
 * ```ts
 * import { endpoints } from 'aigobo';
 *
 * const order = endpoints.find(({ name }) => name === 'createPreOrder');
 * console.log(order?.section, order?.titleZh, order?.kind); // → 7.4 下预订单 write
 * ```
 */
export const endpoints: readonly EndpointInfo[];
/**
 * The documented response codes (section 8.1.1): the platform's message, what it means, and what to do.
 * @example
 * ```ts
 * import { responseCodes } from 'aigobo';
 *
 * console.log(responseCodes['0002']?.message); // → 接口请求频繁
 * ```
 */
export const responseCodes: Readonly<Record<string, { message: string; meaning: string; remedy: string }>>;
