// @ts-check
// `aigobo open`

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { EnvelopeError, isAigoboError, open as openEnvelope } from 'aigobo';
import { LIFE_MS } from '../common/account.js';
import { REASONS } from './chinese.js';
import { accountOf, keysOf, takesAccount } from './credentials.js';
import { envelopesIn } from './envelopes.js';
import { UsageError } from './failure.js';
import { examples, wholeNumber } from './flags.js';
import { isPiped, openFile } from './input.js';
import { withoutPeople } from './tools.js';

/** @typedef {import('./terminal.js').Terminal} Terminal */
/** @typedef {{ line: number, nonce?: string, timestamp?: number, stale?: boolean, body?: object, error?: object }} Opened */

/** The errors about which the doctor says more. */
const DIAGNOSED = ['envelope.decrypt', 'envelope.sign'];

const TEXTS = {
  summary: { en: 'open the envelopes in a log', zh: '打开日志中的报文' },
  description: { en: 'open the envelopes in a log, one a line: decrypt and check each, people masked', zh: '打开日志中的报文，每行一个：解密、验签，并隐去个人信息' },
  file: { en: 'the log; - or nothing is the standard input', zh: '日志文件；写 - 或省略则读标准输入' },
  showPeople: { en: 'show names, numbers and addresses, too', zh: '同时显示姓名、证件号、手机号等个人信息' },
  now: { en: 'refuse what is older than --max-age at this time (milliseconds since 1970)', zh: '按该时刻（1970 年以来的毫秒数）计算报文的时效，超过 --max-age 则拒绝' },
  maxAge: { en: 'refuse what is older than so many milliseconds now; without it age is no fault, since a log is old', zh: '拒绝距今超过该毫秒数的报文；省略则不检查时效，因为日志里的报文本来就旧' },
  line: { en: (/** @type {number} */ line) => `line ${line}`, zh: (/** @type {number} */ line) => `第 ${line} 行` },
  stale: { en: 'older than 5 minutes by now', zh: '距今已超过 5 分钟' },
  nothing: {
    en: 'there is no envelope in it: an envelope is JSON (or a form) with requestBody, sign and timestamp. If you have only a part, aigobo doctor takes it',
    zh: '其中没有报文：报文是含 requestBody、sign、timestamp 的 JSON（或表单）。若只有其中一部分，请交给 aigobo doctor',
  },
  why: { en: 'to find out what is wrong with it: aigobo doctor', zh: '查明哪里不对：aigobo doctor' },
  noInput: { en: 'there is no log: name a file, or pipe it in', zh: '没有日志：请给出文件，或通过管道输入' },
};

/** @param {import('commander').Command} program @param {Terminal} terminal */
export function open(program, terminal) {
  const { t } = terminal;
  const command = program.command('open').description(t(TEXTS.description)).summary(t(TEXTS.summary)).argument('[file]', t(TEXTS.file)).option('--show-people', t(TEXTS.showPeople));
  command.option('--now <ms>', t(TEXTS.now), wholeNumber).option('--max-age <ms>', t(TEXTS.maxAge), wholeNumber);
  takesAccount(command, terminal).action((file, options) => run(file, options, terminal));
  examples(command, terminal, ['aigobo open gateway.log --env-file test.env', 'tail -f gateway.log | aigobo open', `aigobo seal --sandbox --data '{"memberId":"100001"}' | aigobo open --sandbox`]);
}

/**
 * @param {string | undefined} file
 * @param {import('./credentials.js').AccountFlags & { showPeople?: boolean, now?: number, maxAge?: number }} options
 * @param {Terminal} terminal
 */
async function run(file, { showPeople = false, now, maxAge, ...flags }, terminal) {
  const account = await accountOf(flags);
  const keys = keysOf(account);
  const { dialect } = account;
  const timed = now !== undefined || maxAge !== undefined;
  /** Only for the single JSON document: a log that is being followed has no end. @type {Opened[]} */
  const all = [];
  const seen = { any: false, failed: false, diagnosed: false };
  for await (const { line, envelope } of envelopesIn(linesOf(file))) {
    const { nonce: drawn, timestamp } = envelope;
    // A value that is not a nonce may be anything.
    const nonce = typeof drawn === 'string' && drawn.length <= 64 ? drawn : '';
    const about = { line, nonce, timestamp: Number(timestamp), stale: Math.abs((now ?? Date.now()) - Number(timestamp)) > (maxAge ?? LIFE_MS) };
    /** @type {Opened} */
    let opened;
    try {
      const time = timed ? { now: now ?? Date.now(), maxAgeMs: maxAge ?? LIFE_MS } : { now: Math.max(0, Number(timestamp)) || 0 };
      const body = openEnvelope(/** @type {any} */ (envelope), keys, { ...time, ...(dialect && { dialect }) });
      opened = { ...about, body: showPeople ? body : withoutPeople(body) };
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error;
      opened = { ...about, error };
    }
    const { error } = opened;
    seen.any = true;
    seen.failed ||= error !== undefined;
    seen.diagnosed ||= isAigoboError(error) && DIAGNOSED.includes(error.code);
    if (terminal.json) all.push(opened);
    else show(opened, terminal);
  }
  if (!seen.any && !terminal.json) terminal.note(`aigobo: ${terminal.t(TEXTS.nothing)}`, 'red');
  if (terminal.json) terminal.result(all, () => '');
  if (!terminal.json && seen.diagnosed) terminal.note(TEXTS.why);
  if (!seen.any || seen.failed) process.exitCode = 1;
}

/** @param {Opened} opened @param {Terminal} terminal */
function show({ line, nonce = '', timestamp = 0, stale, body, error }, terminal) {
  const { t, lang } = terminal;
  const at = Number.isFinite(timestamp) && Math.abs(timestamp) < 8.64e15 ? new Date(timestamp).toISOString() : '';
  const head = [TEXTS.line[lang](line), at, nonce, ...(stale && error === undefined ? [t(TEXTS.stale)] : [])].filter(Boolean).join('  ');
  const message = isAigoboError(error) ? (lang === 'zh' && REASONS[error.code]) || error.message : '';
  terminal.result(undefined, () => `${terminal.paint('dim', head)}\n${error === undefined ? terminal.pretty(body) : terminal.paint('red', message)}`);
}

/** @param {string | undefined} file @returns {AsyncIterable<string>} */
function linesOf(file) {
  if (file === undefined && !isPiped()) throw new UsageError(TEXTS.noInput);
  const input = file === undefined || file === '-' ? process.stdin : createReadStream('', { fd: openFile(file) });
  return createInterface({ input, crlfDelay: Infinity });
}
