// @ts-check
// `aigobo doctor`

import { existsSync } from 'node:fs';
import { Cancelled, confirm, isInteractive } from './ask.js';
import { FIRST_MEMBER_ID, accountOf, gatewayText, isProduction, requireWhole, takesAccount } from './credentials.js';
import { envelopesIn } from './envelopes.js';
import { UsageError } from './failure.js';
import { examples, wholeNumber } from './flags.js';
import { isPiped, readFile, readPiped } from './input.js';

/** @typedef {import('./terminal.js').Terminal} Terminal */
/** @typedef {import('./credentials.js').Account} Account */
/** @typedef {{ line: number, envelope: Record<string, unknown> }} Logged */
/** @typedef {{ text?: string, envelope?: object, sign?: string, body?: string, requestBody?: string, signingString?: string, refusal?: string }} Parts */
/** @typedef {{ byte: number, ours: string, theirs: string }} At */

/** A text of more lines is a log and not something pasted. */
const LONG = 50;

const TEXTS = {
  summary: { en: 'find out why a call is refused', zh: '查明调用为何被拒' },
  description: {
    en: 'find out why a call is refused: from an envelope, a sign, a log line (offline), or by asking the gateway (without evidence)',
    zh: '查明调用为何被拒：给出报文、签名或日志则离线检查，否则直接询问网关',
  },
  evidence: { en: 'what you have, such as an envelope or a log: a file, the text itself, or - for the standard input', zh: '手头的材料，例如报文或日志：文件、文本本身，或 - 表示标准输入' },
  sign: { en: 'the sign that was sent', zh: '所发送的 sign' },
  body: { en: 'the JSON that was signed, @FILE, or - for the standard input', zh: '被签名的 JSON 参数、@文件，或 - 表示标准输入' },
  requestBody: { en: 'the base64 that was sent', zh: '所发送的 base64' },
  signingString: { en: 'the string that another program signed, @FILE, or - for the standard input', zh: '另一个程序的待签名串、@文件，或 - 表示标准输入' },
  refusal: { en: 'what the gateway answered: the answer, or its code', zh: '网关的应答，或其响应码' },
  is: { en: (/** @type {number} */ byte) => `at byte ${byte}:`, zh: (/** @type {number} */ byte) => `第 ${byte} 字节起：` },
  shouldBe: { en: 'should be:', zh: '应为：' },
  several: { en: (/** @type {number} */ count) => `${count} differences:`, zh: (/** @type {number} */ count) => `共 ${count} 处不同：` },
  nothingPiped: { en: 'nothing came through the pipe, so the gateway is asked', zh: '管道中没有任何内容，因此改为询问网关' },
  within: { en: 'the sandbox is within this command: there is nothing to connect to', zh: '沙箱就在本命令内，无需连接' },
  now: { en: 'when it was sent, in milliseconds since 1970, instead of now', zh: '发送时刻（1970 年以来的毫秒数），代替当前时间' },
  probe: { en: 'try one dialect after the other on a harmless read, and print the one to configure', zh: '用不改变数据的查询依次尝试各种方言，给出应配置的一种' },
  productCode: { en: 'the product that the harmless read asks for', zh: '查询所用的产品编号' },
  memberId: { en: 'the member that the harmless read names', zh: '查询所用的会员号' },
  yes: { en: 'ask the production gateway without asking you first', zh: '询问生产网关前不再确认' },
  probeOffline: { en: '--probe asks the gateway, and what you show is looked at offline: give one or the other', zh: '--probe 会询问网关，而给出的材料是离线检查的：请二选一' },
  sure: {
    en: (/** @type {string} */ gateway) => `This asks ${gateway}, for a product (a few reads, nothing is changed). Go on?`,
    zh: (/** @type {string} */ gateway) => `将向${gateway}查询一个产品（几次查询，不改变任何数据），继续吗？`,
  },
  notAsked: {
    en: (/** @type {string} */ gateway) => `this asks ${gateway}, and there is nobody to ask: add --yes if it is meant`,
    zh: (/** @type {string} */ gateway) => `将询问${gateway}，而此处无法确认：确认无误请加 --yes`,
  },
  declined: { en: 'the gateway was not asked', zh: '未询问网关' },
  line: { en: (/** @type {number} */ line) => `line ${line}`, zh: (/** @type {number} */ line) => `第 ${line} 行` },
  cure: { en: 'cure: ', zh: '修正：' },
  seen: { en: 'seen: ', zh: '识别到：' },
  checked: { en: 'checked: ', zh: '已检查：' },
  cannotTell: { en: 'cannot tell: ', zh: '无法判断：' },
  checks: {
    configuration: { en: 'configuration', zh: '配置' },
    reachability: { en: 'reachability', zh: '连通' },
    tls: { en: 'certificate', zh: '证书' },
    clock: { en: 'clock', zh: '时钟' },
    read: { en: 'read', zh: '查询' },
  },
  configure: { en: 'for the configuration: dialect', zh: '配置：dialect' },
};

/** @param {import('commander').Command} program @param {Terminal} terminal */
export function doctor(program, terminal) {
  const { t } = terminal;
  const command = program.command('doctor').description(t(TEXTS.description)).summary(t(TEXTS.summary)).argument('[evidence]', t(TEXTS.evidence));
  command
    .option('--sign <hex>', t(TEXTS.sign))
    .option('--body <json>', t(TEXTS.body))
    .option('--request-body <base64>', t(TEXTS.requestBody))
    .option('--signing-string <text>', t(TEXTS.signingString))
    .option('--refusal <text>', t(TEXTS.refusal))
    .option('--now <ms>', t(TEXTS.now), wholeNumber)
    .option('--probe', t(TEXTS.probe))
    .option('--product-code <code>', t(TEXTS.productCode))
    .option('--member-id <id>', t(TEXTS.memberId))
    .option('-y, --yes', t(TEXTS.yes));
  takesAccount(command, terminal, { gateway: true }).action((given, options) => run(given, options, terminal));
  examples(command, terminal, [
    'aigobo doctor',
    'aigobo doctor --probe --env-file test.env',
    'aigobo doctor gateway.log --env-file test.env',
    `aigobo doctor --sandbox --body '{"memberId":"100001"}' --sign 0123456789abcdef0123456789abcdef`,
  ]);
}

/**
 * @param {string | undefined} given
 * @param {import('./credentials.js').AccountFlags & Parts & { now?: number, probe?: boolean, productCode?: string, memberId?: string, yes?: boolean }} options
 * @param {Terminal} terminal
 */
async function run(given, { sign, body, requestBody, signingString, refusal, now, probe = false, productCode, memberId, yes = false, ...flags }, terminal) {
  const account = await accountOf(flags);
  /** @type {Record<string, string>} */
  const parts = {};
  for (const [name, value] of Object.entries({ sign, body, requestBody, signingString, refusal })) if (value !== undefined) parts[name] = await partOf(value);
  const text = await textOf(given);
  const evidence = Object.keys(parts).length > 0 ? { ...(text !== undefined && { text }), ...parts } : text;
  if (evidence !== undefined) {
    if (probe) throw new UsageError(TEXTS.probeOffline);
    const envelopes = typeof evidence === 'string' ? await inLog(evidence) : [];
    if (envelopes.length > 1) return each(envelopes, account, now, terminal);
    // Much of the other text in a log is JSON too.
    const [only] = typeof evidence === 'string' && evidence.split('\n').length > LONG ? envelopes : [];
    return offline(evidence, only, account, now, terminal);
  }
  if (given === undefined && isPiped()) terminal.note(TEXTS.nothingPiped, 'yellow');
  // The sandbox within this command has a member of its own.
  const member = memberId ?? (account.fetch && FIRST_MEMBER_ID);
  const options = { ...requireWhole(account), ...(productCode !== undefined && { productCode }), ...(member !== undefined && { memberId: member }), lang: terminal.lang };
  if (isProduction(account) && !yes) {
    const { en, zh } = gatewayText(account);
    if (!isInteractive()) throw new UsageError({ en: TEXTS.notAsked.en(en), zh: TEXTS.notAsked.zh(zh) });
    if (!(await confirm(TEXTS.sure[terminal.lang](terminal.t({ en, zh }))))) throw new Cancelled(terminal.t(TEXTS.declined), 1);
  }
  await (probe ? probeLive(options, terminal) : checkLive(options, terminal));
}

/** The contents of the file with that name, or else the text itself, unless it looks like a file name. @param {string | undefined} given */
async function textOf(given) {
  if (given === undefined) return readPiped();
  const named = given === '-' || existsSync(given) || (/^[\w./\\-]+$/.test(given) && /\.\w{1,5}$/.test(given));
  return named ? readFile(given) : given;
}

/** A signing string holds the secret, which must not appear among a process's arguments: @FILE, or - for the standard input. @param {string} value */
async function partOf(value) {
  return value === '-' || value.startsWith('@') ? readFile(value.replace(/^@/, '')) : value;
}

/**
 * @param {string | Parts} evidence
 * @param {Logged | undefined} logged the only envelope in the evidence, if that is a log
 * @param {Account} account
 * @param {number | undefined} now
 * @param {Terminal} terminal
 */
async function offline(evidence, logged, account, now, terminal) {
  const examine = await examiner(account, terminal);
  const diagnosis = logged ? inItsTime(logged, examine, now) : examine(evidence, now ?? Date.now());
  terminal.result(diagnosis, () => sheet(diagnosis, terminal));
  if (diagnosis.verdict !== 'sound') process.exitCode = 1;
}

/**
 * Examines every envelope of a log separately.
 * @param {Logged[]} envelopes
 * @param {Account} account
 * @param {number | undefined} now
 * @param {Terminal} terminal
 */
async function each(envelopes, account, now, terminal) {
  const examine = await examiner(account, terminal);
  const all = envelopes.map((logged) => {
    const { line, envelope } = logged;
    return { line, nonce: String(envelope.nonce ?? ''), timestamp: Number(envelope.timestamp), ...inItsTime(logged, examine, now) };
  });
  terminal.result(all, () =>
    all
      .map(({ line, nonce, timestamp, ...diagnosis }) => {
        const at = Math.abs(timestamp) < 8.64e15 ? new Date(timestamp).toISOString() : '';
        const head = [TEXTS.line[terminal.lang](line), at, nonce].filter(Boolean).join('  ');
        return `${terminal.paint('dim', head)}\n${sheet({ ...diagnosis, seen: [], checked: [] }, terminal)}`;
      })
      .join('\n'),
  );
  if (all.some(({ verdict }) => verdict !== 'sound')) process.exitCode = 1;
}

/**
 * A log is old: an envelope that was on time when it was logged is not at fault.
 * @param {Logged} logged
 * @param {(evidence: Parts, now: number) => import('../doctor.js').Diagnosis} examine
 * @param {number | undefined} now
 */
function inItsTime({ envelope }, examine, now) {
  const diagnosis = examine({ envelope }, now ?? Date.now());
  const old = now === undefined && diagnosis.findings.some(({ cause }) => cause === 'time.stale');
  return old ? examine({ envelope }, Number(envelope.timestamp)) : diagnosis;
}

/** The doctor with the keys at hand. @param {Account} account @param {Terminal} terminal */
async function examiner({ accessToken, desKey, md5SecretKey, dialect }, { lang }) {
  const { diagnose } = await import('aigobo/doctor');
  const keys = { ...(accessToken && { accessToken }), ...(desKey && { desKey }), ...(md5SecretKey && { md5SecretKey }) };
  return (/** @type {string | Parts} */ evidence, /** @type {number} */ now) => diagnose(/** @type {any} */ (evidence), keys, { now, lang, ...(dialect && { dialect }) });
}

/** The envelopes in a text, each listed once. @param {string} text @returns {Promise<Logged[]>} */
async function inLog(text) {
  /** @type {Map<string, Logged>} */
  const found = new Map();
  for await (const logged of envelopesIn(text.split(/\r?\n/))) {
    const known = JSON.stringify(logged.envelope);
    if (!found.has(known)) found.set(known, logged);
  }
  return [...found.values()];
}

/** @param {import('../doctor.js').Diagnosis} diagnosis @param {Terminal} terminal */
function sheet({ verdict, summary, findings, cannotTell, seen, checked }, terminal) {
  const { t, lang } = terminal;
  const many = findings.length > 1;
  const colour = verdict === 'sound' ? 'green' : verdict === 'found' ? 'red' : 'yellow';
  const semicolon = lang === 'zh' ? '；' : '; ';
  /** @param {import('./terminal.js').Style} style @param {string} label @param {string} text */
  const dyed = (style, label, text) => terminal.hanging(label, text).map((line) => terminal.paint(style, line));
  return [
    ...dyed(colour, '', many ? TEXTS.several[lang](findings.length) : summary),
    ...findings.flatMap(({ message, cure, at }) => [
      // A single finding is the summary itself.
      ...(many ? terminal.hanging('• ', message) : []),
      ...(at === undefined ? [] : [terminal.table([[`  ${TEXTS.is[lang](at.byte)}`, at.theirs], [`  ${t(TEXTS.shouldBe)}`, at.ours]])]),
      ...dyed('cyan', `  ${t(TEXTS.cure)}`, cure),
    ]),
    ...cannotTell.filter((text) => text !== summary).flatMap((text) => dyed('yellow', t(TEXTS.cannotTell), text)),
    ...(seen.length > 0 ? dyed('dim', t(TEXTS.seen), seen.join(semicolon)) : []),
    ...(checked.length > 0 ? dyed('dim', t(TEXTS.checked), checked.join(semicolon)) : []),
  ].join('\n');
}

const MARKS = /** @type {const} */ ({ ok: ['✓', 'green'], warning: ['!', 'yellow'], failed: ['✗', 'red'], skipped: ['-', 'dim'] });

/** @param {import('../doctor.js').LiveOptions} options @param {Terminal} terminal */
async function checkLive(options, terminal) {
  const { checkGateway } = await import('aigobo/doctor');
  const report = await checkGateway(options);
  terminal.result(report, () => {
    const rows = report.checks.flatMap(({ name, status, message, cure }) => [
      // The user did not pass the fetch that the report mentions.
      [MARKS[status][0], terminal.t(TEXTS.checks[name]), options.fetch && ['reachability', 'tls'].includes(name) ? terminal.t(TEXTS.within) : message],
      ...(cure === undefined ? [] : [['', '', `${terminal.t(TEXTS.cure)}${cure}`]]),
    ]);
    const styles = Object.fromEntries(Object.values(MARKS));
    return terminal.table(rows, (cell, column, row) => {
      if (column === 0) return styles[cell] ? terminal.paint(styles[cell], cell) : cell;
      return rows[row]?.[0] === '' ? terminal.paint('cyan', cell) : cell;
    });
  });
  if (!report.ok) process.exitCode = 1;
}

/** @param {import('../doctor.js').LiveOptions} options @param {Terminal} terminal */
async function probeLive(options, terminal) {
  const { probeDialects } = await import('aigobo/doctor');
  const report = await probeDialects({ ...options, onTry: ({ dialect, outcome, message }) => terminal.json || terminal.note(`  ${JSON.stringify(dialect)} ${outcome}: ${message}`, 'dim') });
  terminal.result(report, () => `${terminal.paint(report.dialect ? 'green' : 'red', report.message)}${Object.keys(report.dialect ?? {}).length > 0 ? `\n${terminal.t(TEXTS.configure)} ${JSON.stringify(report.dialect)}` : ''}`);
  if (!report.dialect) process.exitCode = 1;
}
