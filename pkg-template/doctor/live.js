// @ts-check
// Checks whether a gateway is reachable, trusted and on time, and whether it accepts these keys, with one harmless read
// and the steps before it.

import { Client, isAigoboError } from 'aigobo';
import { KEYS, LIFE_MS, isSandboxKey } from '../common/account.js';
import { requireText, withoutNull, wrong } from '../common/options.js';
import { dial, placeOf, resolve, shakeHands } from './live-network.js';
import { READ, UNANSWERED, dispose, outcomeOf } from './live-outcome.js';
import { TEXTS, unended } from './live-texts.js';
import { diagnose } from './offline.js';

/** @typedef {import('../types/doctor-live.js').Check} Check */
/** @typedef {import('../types/doctor-live.js').LiveOptions} LiveOptions */
/** @typedef {typeof TEXTS.en} Texts */
/** @typedef {import('./live-outcome.js').Outcome} Outcome */

/** An answer as it came: HTTP status, the Date header and when it was asked, milliseconds by the client's clock. @typedef {{ status: number, date: number | undefined, sentAt: number, tookMs: number }} Seen */

/** Valid values used for the other options while one option is checked. */
const SOUND = { accessToken: 'sound', desKey: 'sound-key', md5SecretKey: 'sound too', distrCode: 'sound' };

/** Section 7.5 of the document uses this product; the answer says whether the account may sell it. */
const PRODUCT = '200437';
/** Nobody's number. */
const MEMBER = '0';

/** In milliseconds; a gateway's date has whole seconds. */
const WORTH_TELLING_MS = 2_000;
/** A certificate that expires sooner than this is reported. */
const SOON_DAYS = 14;
const PATIENCE = 10_000;

/** @type {typeof import('../types/doctor-live.js').checkGateway} */
export async function checkGateway(options) {
  const { client, texts, request, lang } = parts(options);
  const checks = /** @type {Check[]} */ ([configuration(client, texts, lang)]);
  if (checks[0]?.status === 'failed') return report([...checks, ...rest(checks, texts)]);
  const gateway = await gatewayOf(client);
  Object.assign(/** @type {Check} */ (checks[0]), { detail: { ...checks[0]?.detail, gateway } });
  const network = client.fetch ? {} : await networkOf(gateway, client.timeoutMs ?? PATIENCE);
  if (network.unreachable) return report([...checks, network.unreachable(texts), ...rest([...checks, { name: 'reachability' }], texts)]);
  if (network.tls && 'faults' in network.tls ? network.tls.faults.length > 0 : network.tls) {
    const { host, ms } = /** @type {Required<typeof network>} */ (network);
    const connects = ok('reachability', texts.connects(host, ms));
    return report([...checks, connects, certificate(network, texts), ...rest([...checks, connects, { name: 'tls' }], texts)]);
  }
  const { seen, outcome } = await read(client, request);
  const clock = clockOf(client, seen[0], texts);
  checks.push(reachability(network, seen.at(-1), outcome, texts), certificate(network, texts), clock, reading(outcome, clock, texts));
  return report(checks);
}

/**
 * Separates the doctor's own options from the client's.
 * @param {LiveOptions} options
 */
export function parts(options) {
  if (typeof options !== 'object' || options === null) throw wrong('options', "must be an object, a client's options and productCode, memberId, lang");
  const { productCode = PRODUCT, memberId = MEMBER, lang = 'en', ...client } = withoutNull(options);
  if (!Object.hasOwn(TEXTS, lang)) throw wrong('lang', "must be 'en' or 'zh'");
  return { client, lang, texts: TEXTS[lang], request: { productCode: requireText('productCode', productCode), memberId: requireText('memberId', memberId) } };
}

/**
 * Checks every option separately, so that all faults are reported at once, and then looks for options that are valid
 * but doubtful.
 * @param {import('../index.js').ClientOptions} options
 * @param {Texts} texts
 * @param {'en' | 'zh'} lang
 * @returns {Check}
 */
function configuration(options, texts, lang) {
  const faults = new Map();
  const trials = [...new Set([...Object.keys(SOUND), ...Object.keys(options)])].map((name) => ({ ...SOUND, [name]: /** @type {any} */ (options)[name] }));
  for (const trial of [...trials, options]) {
    try {
      dispose(new Client(trial));
    } catch (error) {
      if (!isAigoboError(error) || error.code !== 'config') throw error;
      const { option, message } = /** @type {any} */ (error);
      // The options together are blamed only if no single option is at fault.
      if (trial !== options || faults.size === 0) faults.set(option, message);
    }
  }
  if (faults.size > 0) {
    return { name: 'configuration', status: 'failed', message: texts.misconfigured([...faults.values()].join('; ')), cure: texts.configure(), detail: { options: [...faults.keys()] } };
  }
  // What the offline doctor sees in the keys alone, such as quotes that an environment file left around them.
  const { findings } = diagnose({}, { accessToken: options.accessToken, desKey: options.desKey, md5SecretKey: options.md5SecretKey }, { lang });
  const doubts = [...findings.map(({ message }) => unended(message)), ...doubtsOf(options, texts)];
  if (doubts.length === 0) return ok('configuration', texts.configured(String(options.baseUrl ?? options.environment ?? 'test')));
  return { name: 'configuration', status: 'warning', message: texts.doubtful(doubts.join('; ')), cure: findings[0]?.cure ?? texts.lookAgain() };
}

/**
 * @param {import('../index.js').ClientOptions} options
 * @param {Texts} texts
 */
function doubtsOf(options, texts) {
  const doubts = [];
  if ([...options.accessToken].length > 32) doubts.push(texts.longToken([...options.accessToken].length));
  KEYS.forEach((one, place) => {
    for (const other of KEYS.slice(place + 1)) if (options[one] === options[other]) doubts.push(texts.sameKeys(one, other));
  });
  const local = options.fetch !== undefined || /^http:/i.test(options.baseUrl ?? '');
  if (KEYS.some((name) => isSandboxKey(options[name])) && !local) doubts.push(texts.sandboxKeys());
  if (options.rateLimit === false) doubts.push(texts.unlimited());
  return doubts;
}

/** The address to which the client would send, as the client itself reports it. @param {import('../index.js').ClientOptions} options */
async function gatewayOf(options) {
  let address = '';
  const stop = new Error('nothing is sent');
  const fetch = async (/** @type {string} */ url) => {
    address = url;
    throw stop;
  };
  // Nothing that the caller supplied is used for a call that goes nowhere.
  const client = new Client({ ...options, fetch, maxRetries: 0, deadlineMs: undefined, rateLimit: false, clock: 'system', observe: undefined });
  await client.call('/', {}).catch(() => {});
  dispose(client);
  return new URL(address).origin;
}

/**
 * @param {string} gateway
 * @param {number} patience
 * @returns {Promise<{ host?: string, ms?: number, secure?: boolean, unreachable?: (texts: Texts) => Check, tls?: Awaited<ReturnType<typeof shakeHands>> }>}
 */
async function networkOf(gateway, patience) {
  const { host, port, secure } = placeOf(gateway);
  const unknown = await resolve(host);
  if (unknown !== undefined) return { unreachable: (texts) => failed('reachability', texts.noName(host, unknown), texts.findName(), { stage: 'dns', code: unknown }) };
  const { ms, code } = await dial(host, port, patience);
  if (code !== undefined) return { unreachable: (texts) => failed('reachability', texts.noConnection(host, port, code), texts.connect(code), { stage: 'connect', code }) };
  return { host, ms, secure, ...(secure && { tls: await shakeHands(host, port, patience) }) };
}

/**
 * The read, with the outcome of each try.
 * @param {import('../index.js').ClientOptions} options
 * @param {{ productCode: string, memberId: string }} request
 */
async function read(options, request) {
  const { fetch = globalThis.fetch, clock } = options;
  const now = typeof clock === 'function' ? clock : Date.now;
  /** @type {Seen[]} */
  const seen = [];
  const client = new Client({
    ...options,
    // One more try is needed if the clock is corrected.
    maxRetries: Math.min(options.maxRetries ?? 1, 1),
    fetch: async (url, init) => {
      const [sentAt, began] = [now(), performance.now()];
      const response = await fetch(url, init);
      const date = Date.parse(response.headers.get('date') ?? '');
      seen.push({ status: response.status, date: Number.isNaN(date) ? undefined : date, sentAt, tookMs: performance.now() - began });
      return response;
    },
  });
  try {
    return { seen, outcome: await outcomeOf(/** @type {any} */ (client)[READ](request)) };
  } finally {
    dispose(client);
  }
}

/**
 * @param {Awaited<ReturnType<typeof networkOf>>} network
 * @param {Seen | undefined} last
 * @param {Outcome} outcome
 * @param {Texts} texts
 * @returns {Check}
 */
function reachability({ host, ms }, last, outcome, texts) {
  const name = host ?? 'fetch';
  const detail = { ...(ms !== undefined && { connectMs: ms }), ...(last && { status: last.status }) };
  if (outcome.code === 'http') return failed('reachability', texts.answersBadly(name, outcome.status ?? 0), texts.tellFront(), { stage: 'http', ...detail });
  if (UNANSWERED.includes(outcome.code)) {
    const code = outcome.code === 'connection' && outcome.cause !== 'unknown' ? String(outcome.cause) : outcome.code;
    return failed('reachability', texts.breaks(name, code), texts.askWhy(), { stage: 'answer', code });
  }
  const message = host === undefined || ms === undefined ? texts.ownFetch(last?.status) : texts.reached(host, ms, last?.status);
  return { ...ok('reachability', message), detail };
}

/**
 * @param {Awaited<ReturnType<typeof networkOf>>} network
 * @param {Texts} texts
 * @returns {Check}
 */
function certificate({ tls, secure, host = '' }, texts) {
  if (!tls) return { name: 'tls', status: 'skipped', message: secure === undefined ? texts.ownFetch(undefined) : texts.noTls() };
  if ('code' in tls) return failed('tls', texts.speaksNoTls(tls.code), texts.cureNoTls(), { code: tls.code });
  if (tls.faults.length > 0) {
    const say = {
      expired: [(/** @type {any} */ fault) => texts.expired(fault.to), texts.cureExpired],
      notYet: [(/** @type {any} */ fault) => texts.notYet(fault.from), texts.cureExpired],
      selfSigned: [texts.selfSigned, texts.cureUntrusted],
      untrusted: [(/** @type {any} */ fault) => texts.untrusted(fault.code), texts.cureUntrusted],
      otherName: [(/** @type {any} */ fault) => texts.otherName(host, fault.names), texts.cureOtherName],
    };
    const messages = tls.faults.map((fault) => say[fault.problem][0]?.(fault));
    const cures = new Set(tls.faults.map(({ problem }) => /** @type {() => string} */ (say[problem][1])()));
    return failed('tls', messages.join('; '), [...cures].join('; '), { problems: tls.faults.map(({ problem }) => problem), codes: tls.faults.map(({ code }) => code) });
  }
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') return { name: 'tls', status: 'warning', message: texts.unchecked(), cure: texts.checkThem() };
  const detail = { protocol: tls.protocol, daysLeft: tls.days };
  if (tls.days < SOON_DAYS) return { name: 'tls', status: 'warning', message: texts.endsSoon(tls.days), cure: texts.renew(), detail };
  return { ...ok('tls', texts.trusted(tls.protocol, tls.days)), detail };
}

/**
 * @param {import('../index.js').ClientOptions} options
 * @param {Seen | undefined} first the first try, before any correction
 * @param {Texts} texts
 * @returns {Check}
 */
function clockOf({ clock = 'auto' }, first, texts) {
  if (first?.date === undefined) return { name: 'clock', status: 'skipped', message: texts.noDate() };
  // The header's seconds are cut to whole ones, and the answer was made at some point within the round trip.
  const unsure = 500 + first.tookMs / 2;
  const offset = Math.round(first.date + 500 - (first.sentAt + first.tookMs / 2));
  const detail = { offsetMs: offset, uncertaintyMs: Math.round(unsure) };
  if (Math.abs(offset) <= WORTH_TELLING_MS + unsure) return { ...ok('clock', texts.clockRight(offset, unsure)), detail };
  const [status, cure] = clock === 'auto' ? /** @type {const} */ (['warning', texts.corrects()]) : [Math.abs(offset) > LIFE_MS ? /** @type {const} */ ('failed') : /** @type {const} */ ('warning'), texts.setClock()];
  return { name: 'clock', status, message: texts.clockOff(offset, unsure), cure, detail };
}

/**
 * @param {Outcome} outcome
 * @param {Check} clock
 * @param {Texts} texts
 * @returns {Check}
 */
function reading({ code, gatewayCode, message, remedy }, clock, texts) {
  const detail = { code, ...(gatewayCode !== undefined && { gatewayCode }) };
  const bad = (/** @type {string} */ said, /** @type {string | undefined} */ cure) => failed('read', said, cure, detail);
  switch (gatewayCode) {
    case undefined:
      if (UNANSWERED.includes(code)) return { name: 'read', status: 'skipped', message: texts.unanswered(), detail };
      return bad(texts.noReply(message), code === 'reply' ? texts.cureNoReply() : code === 'config' ? texts.configure() : undefined);
    case '0000':
      return { ...ok('read', texts.done()), detail };
    case '1000': case '1001': case '4001':
      return { ...ok('read', texts.refusedLate(gatewayCode, message)), cure: texts.curePlain(), detail };
    case '3000':
      return { ...ok('read', texts.refusedLate(gatewayCode, message)), cure: texts.cure3000(), detail };
    case '9999':
      return { name: 'read', status: 'warning', message: texts.said9999(message), cure: texts.curePlain(), detail };
    case '0002':
      return { name: 'read', status: 'warning', message: texts.said(gatewayCode), cure: texts.cure0002(), detail };
    case '2000':
      return bad(texts.said(gatewayCode), texts.cure2000());
    case '2009':
      return bad(texts.said(gatewayCode), texts.cure2009());
    case '2008':
      return bad(texts.said(gatewayCode), Math.abs(Number(clock.detail?.offsetMs ?? 0)) > LIFE_MS ? texts.cure2008Clock() : texts.cure2008());
    case '5000':
      return bad(texts.said(gatewayCode), texts.cure5000());
    default:
      return bad(texts.saidOther(gatewayCode, message), remedy);
  }
}

/**
 * The checks that remain after a failure.
 * @param {{ name: Check['name'] }[]} done
 * @param {Texts} texts
 * @returns {Check[]}
 */
function rest(done, texts) {
  const left = NAMES.filter((name) => done.every((check) => check.name !== name));
  return left.map((name) => ({ name, status: 'skipped', message: texts.skipped() }));
}

/** @type {Check['name'][]} */
const NAMES = ['configuration', 'reachability', 'tls', 'clock', 'read'];

/** @param {Check[]} checks */
function report(checks) {
  return { ok: checks.every(({ status }) => status !== 'failed'), checks };
}

/** @param {Check['name']} name @param {string} message @returns {Check} */
function ok(name, message) {
  return { name, status: 'ok', message };
}

/** @param {Check['name']} name @param {string} message @param {string} [cure] @param {Record<string, unknown>} [detail] @returns {Check} */
function failed(name, message, cure, detail) {
  return { name, status: 'failed', message, ...(cure !== undefined && { cure }), ...(detail && { detail }) };
}
