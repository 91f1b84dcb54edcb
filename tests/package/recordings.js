// What is recorded in the tests: an account's sandbox, and what of its calls no file may hold.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { endpoints, open } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { KEYS } from './lab.js';

export const ACCOUNT = { accessToken: 'account-access-token-of-32-chars', desKey: 'account-des-key', md5SecretKey: 'account-md5-secret', distrCode: 'DL7654321', employeeCode: 'GY12345', invitateCode: '77777777' };
/** Signs the addresses of the shop's hooks. */
export const HOOKS = 'a secret of the shop, for its addresses';

/** A sandbox of an account of its own, and what went over the wire. @param {any} [options] */
export function platform(options = {}) {
  const sandbox = createSandbox({ credentials: ACCOUNT, deliver: async () => Response.json({ code: '0000' }), ...options });
  /** @type {{ body: any, reply: any }[]} */
  const wire = [];
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => {
    const response = await sandbox.fetch(url, init);
    wire.push({ body: open(JSON.parse(init.body), ACCOUNT, { maxAgeMs: 1e15 }), reply: await response.clone().json() });
    return response;
  };
  return { sandbox, wire, fetch, options: sandbox.clientOptions };
}

/** What must not be in a file: by the package's own word personal, and the numbers of members, orders and policies. */
const IDS = ['memberId', 'outSerialNo', 'orderCode', 'tempOrderCode', 'policyCode', 'policyCodes'];
const PERSONAL = new Set(endpoints.flatMap(({ fields }) => fields.flatMap((field) => [field, ...(field.fields ?? [])])).filter(({ personal }) => personal).map(({ name }) => name));
const OF_REPLIES = ['insuredName', 'insuredCardNo', 'insuredBirthday', 'insuredMobile', 'holderName', 'holderCredNo', 'holderBirthday', 'holderPhone', 'holderEmail', 'enterpriseName', 'enterpriseCredNo', 'enterprisePhone', 'enterpriseEmail'];

/** @param {unknown} value @param {string} [name] @returns {string[]} */
function sensitive(value, name = '') {
  if (Array.isArray(value)) return value.flatMap((item) => sensitive(item, name));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([inner, item]) => sensitive(item, inner));
  const text = String(value ?? '');
  if (PERSONAL.has(name) || OF_REPLIES.includes(name) || IDS.includes(name)) return [text];
  if (/^https?:/.test(text)) return [...new URL(text).searchParams.values()].filter((part) => part.length > 8);
  return [];
}

/** The file's text, in which nothing of these calls stands that names anybody. @param {string} file @param {object[]} wire @param {string[]} [more] */
export function demandClean(file, wire, more = [], least = 15) {
  const text = readFileSync(file, 'utf8');
  // A day of a year, and the five digits that stars leave, may be somebody else's own.
  const found = [...new Set([...wire.flatMap((call) => sensitive(call)), ...more])].filter((secret) => secret.length > 1 && !/^\d{4}-\d\d-\d\d$|\*/.test(secret));
  assert.ok(found.length >= least, String(found.length));
  for (const secret of [...found, ...Object.values(ACCOUNT), ...Object.values(KEYS), HOOKS]) assert.ok(!text.includes(secret), `${secret} stands in the file`);
  return { text, count: found.length };
}
