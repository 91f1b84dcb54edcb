// @ts-check
// Finds out which dialect a gateway speaks, with one harmless read in each dialect, few at a time, within the quota.

import { Client, endpoints } from 'aigobo';
import { withoutNull, wrong } from '../common/options.js';
import { READ, UNANSWERED, dispose, outcomeOf } from './live-outcome.js';
import { parts } from './live.js';

/** @typedef {import('../types/doctor-live.js').Try} Try */
/** @typedef {import('../index.js').Dialect} Dialect */

/** The likeliest comes first: what the live platform accepts, then what its document says instead. */
const AXES = /** @type {const} */ ({
  transport: ['json', 'query', 'form'],
  version: ['1.0', '1.0.0'],
  digest: ['lower', 'upper'],
  nested: ['java', 'json'],
});

/** @type {Dialect} */
const USUAL = { transport: 'json', version: '1.0', digest: 'lower', nested: 'java' };

/** How many reads run at once. */
const AT_ONCE = 2;

/** These codes come after the signature has been accepted. */
const PASSED = ['0000', '1000', '1001', '3000', '4001'];
/** These codes come before or at the signature: the gateway does not accept this dialect. */
const REFUSED = ['2000', '2008', '2009'];

/** Every dialect, those with the fewest differences first and, among equals, the likelier ones. @returns {Dialect[]} */
function all() {
  /** @type {Dialect[]} */
  let dialects = [USUAL];
  for (const [axis, values] of Object.entries(AXES)) dialects = dialects.flatMap((dialect) => values.map((value) => ({ ...dialect, [axis]: value })));
  const strangeness = (/** @type {Dialect} */ dialect) => Object.keys(differences(dialect)).length;
  // The sort is stable: what was created first stays first.
  return dialects.sort((a, b) => strangeness(a) - strangeness(b));
}

/** @type {typeof import('../types/doctor-live.js').probeDialects} */
export async function probeDialects(options) {
  const { candidates, onTry, signal, ...others } = withoutNull(options);
  const { client: { dialect: configured, ...client }, texts, request } = parts(/** @type {any} */ (others));
  if (onTry !== undefined && typeof onTry !== 'function') throw wrong('onTry', 'must be a function that takes a try');
  const wanted = candidatesOf(candidates, configured);
  // A wrong dialect is refused before anything is sent.
  for (const dialect of wanted) dispose(new Client({ ...client, dialect }));
  /** @type {Try[]} */
  const tried = [];
  const ask = async (/** @type {Dialect} */ dialect, /** @type {object} */ extra = {}) => {
    const result = await attempt({ ...client, dialect }, { ...request, ...extra }, signal);
    const one = { dialect: 'probe' in extra ? dialect : withoutNested(dialect), ...result };
    tried.push(one);
    onTry?.(one);
    return one;
  };

  // Product detail has no nested values, so candidates that differ only in those are the same question.
  const questions = unique(wanted.map((dialect) => ({ ...dialect, nested: USUAL.nested })));
  const found = await firstTaken(questions, ask);
  if (found === undefined) return { tried, message: [texts.noneFound(wanted.length), reason(tried, texts)].join(texts.colon()) };
  if ('stopped' in found) return { tried, message: texts.stopped(found.stopped) };

  const twins = AXES.nested.map((nested) => ({ ...found.dialect, nested })).filter((twin) => wanted.some((dialect) => same(dialect, twin)));
  const nested = twins.length > 1 ? await nestedOf(twins, ask) : twins[0]?.nested;
  const dialect = { ...found.dialect, nested: nested ?? (configured?.nested || USUAL.nested) };
  const different = differences(dialect);
  const taken = Object.keys(different).length === 0 ? texts.foundUsual(found.code) : texts.found(JSON.stringify(different), found.code);
  const about = twins.length > 1 ? [nested === undefined ? texts.nestedOpen() : texts.nestedTold()] : [];
  return { dialect: different, tried, ...(nested === undefined && { open: ['nested'] }), message: [taken, ...about].join(texts.stop()) };
}

/**
 * Asks in order, few at once. An outcome that means nothing more will come (no connection, a signal) ends it.
 * @param {Dialect[]} questions
 * @param {(dialect: Dialect) => Promise<Try>} ask
 * @returns {Promise<{ dialect: Dialect, code: string } | { stopped: string } | undefined>}
 */
async function firstTaken(questions, ask) {
  const left = [...questions];
  /** Transports whose token is refused before anything else is checked: further reads over them reveal nothing new. */
  const shut = new Set();
  /** @type {{ dialect: Dialect, code: string | undefined }[]} */
  const known = [];
  while (left.length > 0) {
    const next = left.splice(0, AT_ONCE).filter(({ transport }) => !shut.has(transport));
    const answers = await Promise.all(next.map(async (dialect) => ({ asked: dialect, ...(await ask(dialect)) })));
    known.push(...answers.map(({ asked, code }) => ({ dialect: asked, code })));
    for (const { asked, code, outcome, message } of answers) {
      if (outcome === 'stopped') return { stopped: message };
      if (code === '5000') shut.add(asked.transport);
      if (outcome === 'taken') return { dialect: asked, code: String(code) };
      if (outcome === 'likely' && (await refusesWrong(asked, known, left, ask))) return { dialect: asked, code: String(code) };
    }
  }
  return undefined;
}

/**
 * The platform uses 9999 for anything. If the same call with another signature gets a refusal of the signature, then
 * this signature was accepted.
 * @param {Dialect} dialect
 * @param {{ dialect: Dialect, code: string | undefined }[]} known
 * @param {Dialect[]} left
 * @param {(dialect: Dialect) => Promise<Try>} ask
 */
async function refusesWrong(dialect, known, left, ask) {
  /** @type {Dialect} */
  const wrongly = { ...dialect, digest: dialect.digest === 'lower' ? 'upper' : 'lower' };
  const before = known.find((one) => same(one.dialect, wrongly));
  if (before) return before.code === '2000';
  const place = left.findIndex((other) => same(other, wrongly));
  if (place >= 0) left.splice(place, 1);
  const { code } = await ask(wrongly);
  known.push({ dialect: wrongly, code });
  return code === '2000';
}

/**
 * Repeats the read with an object that no endpoint has. The platform signs what is in requestBody, so it refuses one of
 * the two signatures with 2000, and the other gets further, if only to the refusal of an unknown field. A gateway that
 * drops unknown fields before it signs treats both alike, and then the dialect stays undecided.
 * @param {Dialect[]} twins
 * @param {(dialect: Dialect, extra: object) => Promise<Try>} ask
 */
async function nestedOf(twins, ask) {
  const answers = [];
  for (const dialect of twins) answers.push({ nested: dialect.nested, code: (await ask(dialect, { probe: { a: 'b', c: 'd' } })).code });
  const passed = answers.filter(({ code }) => code !== undefined && !REFUSED.includes(code));
  const refused = answers.filter(({ code }) => code === '2000');
  return passed.length === 1 && refused.length === 1 ? passed[0]?.nested : undefined;
}

/**
 * @param {import('../index.js').ClientOptions} options
 * @param {object} body
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Omit<Try, 'dialect'>>}
 */
async function attempt(options, body, signal) {
  const path = endpoints.find(({ name }) => name === READ)?.path ?? '';
  const client = new Client(options);
  try {
    // The call is untyped, because a typed call sends nothing that the endpoint does not have.
    const { code, gatewayCode, message } = await outcomeOf(client.call(path, body, { signal }));
    const known = gatewayCode !== undefined && { code: gatewayCode };
    const stopped = (code !== 'http' && UNANSWERED.includes(code)) || gatewayCode === '0002';
    const outcome = stopped ? 'stopped' : PASSED.includes(gatewayCode ?? '') ? 'taken' : gatewayCode === '9999' ? 'likely' : 'refused';
    return { ...known, outcome, message };
  } finally {
    dispose(client);
  }
}

/**
 * Why no dialect is accepted, judged by the most frequent answer that is informative.
 * @param {Try[]} tried
 * @param {typeof import('./live-texts.js').TEXTS.en} texts
 */
function reason(tried, texts) {
  const said = (/** @type {string} */ code) => tried.some((one) => one.code === code);
  if (said('5000')) return texts.all5000();
  if (said('2000')) return texts.all2000();
  if (said('2009')) return texts.all2009();
  if (said('9999')) return texts.only9999();
  if (said('2008')) return texts.all2008();
  return texts.noReply(tried.at(-1)?.message ?? '');
}

/**
 * @param {readonly Partial<Dialect>[] | undefined} candidates
 * @param {Partial<Dialect> | undefined} configured the dialect to try first
 * @returns {Dialect[]}
 */
function candidatesOf(candidates, configured) {
  if (candidates === undefined) return unique([...(configured ? [{ ...USUAL, ...configured }] : []), ...all()]);
  if (!Array.isArray(candidates) || candidates.length === 0) throw wrong('candidates', 'must be a list of dialects, at least one');
  return unique(candidates.map((dialect) => ({ ...USUAL, ...dialect })));
}

/** @param {Dialect} dialect @returns {Partial<Dialect>} */
function differences(dialect) {
  return Object.fromEntries(Object.entries(dialect).filter(([axis, value]) => value !== /** @type {any} */ (USUAL)[axis]));
}

/** @param {Dialect} dialect @returns {Partial<Dialect>} */
function withoutNested({ nested, ...rest }) {
  return rest;
}

/** @param {Dialect[]} dialects */
function unique(dialects) {
  return dialects.filter((dialect, place) => dialects.findIndex((other) => same(dialect, other)) === place);
}

/** @param {Dialect} one @param {Dialect} other */
function same(one, other) {
  return Object.keys(USUAL).every((axis) => /** @type {any} */ (one)[axis] === /** @type {any} */ (other)[axis]);
}
