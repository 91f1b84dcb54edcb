// @ts-check
// Reports a command's failure: what people read, what a program reads, and the exit code.

import { endpoints, isAigoboError, responseCodes } from 'aigobo';
import { CommanderError } from 'commander';
import { codesInChinese, unknownOutcomesInChinese } from '../generated/chinese.js';
import { Cancelled } from './ask.js';
import { CLASSES, REASONS, UNSENT, issueText } from './chinese.js';
import { settingOf } from './variables.js';

/** @typedef {import('./language.js').Text} Text */
/** @typedef {import('./terminal.js').Terminal} Terminal */

/** The command was used wrongly; the message says how to use it. */
export class UsageError extends Error {
  /** @param {Text} text */
  constructor(text) {
    super(text.en);
    this.text = text;
  }
}

/** No answer came. */
const UNANSWERED = ['ConnectionError', 'TimeoutError', 'OutcomeUnknownError'];

/** The part of a message that names a library option for which the command has no flag. */
export const LIBRARY_ONLY = / \(enforceLengths[^)]*\)$/;

/** How often a call was sent. @param {import('./language.js').Language} lang @param {number} count */
export const triesText = (lang, count) => (lang === 'zh' ? `尝试 ${count} 次` : `${count} ${count > 1 ? 'tries' : 'try'}`);

/** Codes that keys, the clock or the dialect may cause. */
const OF_THE_ENVELOPE = ['2000', '2008', '2009', '5000'];

const TEXTS = {
  cancelled: { en: 'cancelled: nothing was sent', zh: '已取消，未发送任何内容' },
  refused: { en: 'the platform said no: ', zh: '平台拒绝：' },
  todo: { en: 'what to do: ', zh: '处理办法：' },
  doctor: { en: 'to find out which part is wrong: aigobo doctor', zh: '查明哪里不对：aigobo doctor' },
  defect: { en: 'this is a defect of aigobo, please report it', zh: '这是 aigobo 的缺陷，请反馈' },
  // The words themselves may be somebody's data.
  fields: { en: "the request is one JSON text: --data '{\"name\":\"value\"}', or --data @FILE", zh: "请求参数是一个 JSON：--data '{\"name\":\"value\"}'，或 --data @文件" },
  more: { en: (/** @type {string} */ command) => `see ${command} --help`, zh: (/** @type {string} */ command) => `参见 ${command} --help` },
  issues: { en: (/** @type {number} */ count) => `nothing was sent: ${count} ${count > 1 ? 'things are' : 'thing is'} wrong with the request`, zh: (/** @type {number} */ count) => `未发送：请求有 ${count} 处问题` },
};

/** Commander's messages in Chinese; `$1` is what the message quotes. @type {Record<string, string>} */
const USAGE = {
  'commander.unknownCommand': '没有命令 $1',
  'commander.unknownOption': '没有选项 $1',
  'commander.missingArgument': '缺少参数 $1',
  'commander.optionMissingArgument': '选项 $1 缺少值',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '$1 的值无效',
};

/**
 * Reports the error and returns the exit code: 1 if the platform or the check refused, 2 if the command was used
 * wrongly, 130 if it was cancelled.
 * @param {unknown} error
 * @param {Terminal} terminal
 */
export function fail(error, terminal) {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  // No command was given, and the help was shown instead.
  if (error instanceof CommanderError && error.code === 'commander.help' && !terminal.json) return 2;
  const { exit, lines, document } = explain(error, terminal);
  if (terminal.json) terminal.result({ error: document }, () => '');
  lines.forEach((line, index) => terminal.note(index === 0 ? `aigobo: ${line}` : line, index === 0 ? 'red' : undefined));
  return exit;
}

/**
 * @param {unknown} error
 * @param {Terminal} terminal
 * @returns {{ exit: number, lines: string[], document: object }}
 */
function explain(error, terminal) {
  const { t } = terminal;
  if (error instanceof Cancelled) {
    const message = error.message || t(TEXTS.cancelled);
    return { exit: error.exit, lines: [message], document: { name: 'Cancelled', code: 'cancelled', message } };
  }
  if (error instanceof UsageError) return { exit: 2, lines: [t(error.text)], document: { name: 'UsageError', code: 'usage', message: error.text.en } };
  if (error instanceof CommanderError) return ofCommander(error, terminal);
  if (!isAigoboError(error)) {
    const { name = 'Error', message = String(error), code } = /** @type {Error & { code?: string }} */ (error);
    return { exit: 1, lines: [message], document: { name, message, ...(code !== undefined && { code }) } };
  }
  return { exit: error.code === 'config' ? 2 : 1, lines: ofLibrary(error, terminal), document: error.toJSON() };
}

/** @param {CommanderError} error @param {Terminal} terminal */
function ofCommander({ code, message }, { lang, command, t }) {
  // Shows only the name of an unknown option, because what follows may be a key.
  const said = code === 'commander.unknownOption' ? message.replace(/'(-[^'=]*)=[^]*'/, "'$1'") : message;
  const english = code === 'commander.help' ? 'no command was given' : said.replace(/^error: /, '');
  const line = lang === 'zh' ? chinese(code, english) : english;
  const misplaced = code === 'commander.excessArguments' && command === 'aigobo call';
  return { exit: 2, lines: [line, ...(misplaced ? [t(TEXTS.fields)] : []), TEXTS.more[lang](command)], document: { name: 'UsageError', code: 'usage', message: english } };
}

/** Commander gives the kind as a code and the rest only in English. @param {string} code @param {string} english */
function chinese(code, english) {
  const said = USAGE[code];
  if (said === undefined) return english;
  const place = code === 'commander.invalidArgument' ? /(?:option|argument) '([^']*)'/ : /'([^']*)'/;
  const [, quoted = ''] = place.exec(english) ?? [];
  const [, meant] = /Did you mean (?:one of )?(.+)\?\)/.exec(english) ?? [];
  const [, choices] = /Allowed choices are (.+)\./.exec(english) ?? [];
  const more = meant ? `，是否想用 ${meant}？` : choices ? `，可选：${choices}` : english.includes('whole number') ? '，应为不小于 0 的整数' : '';
  return said.replace('$1', quoted) + more;
}

/**
 * @param {import('../index.js').AigoboError & Record<string, any>} error
 * @param {Terminal} terminal
 */
function ofLibrary(error, terminal) {
  const { t, lang } = terminal;
  const chinese = lang === 'zh';
  if (error.name === 'ValidationError') {
    const rows = error.issues.map((/** @type {import('../index.js').Issue} */ issue) => ['  ' + (issue.path || '(body)'), issue.label, chinese ? issueText(error.endpoint, issue) : issue.message.replace(LIBRARY_ONLY, '')]);
    return [TEXTS.issues[lang](rows.length), terminal.table(rows, undefined, terminal.widthOf('err'))];
  }
  if (error.name === 'GatewayError') {
    const known = (chinese ? codesInChinese : responseCodes)[error.gatewayCode];
    return [
      `${t(TEXTS.refused)}${error.gatewayCode} ${error.gatewayMessage}`,
      ...(known ? [`  ${known.meaning}`] : []),
      `  ${t(TEXTS.todo)}${((chinese && known?.remedy) || error.remedy).replace('explain()', 'aigobo explain')}`,
      ...(OF_THE_ENVELOPE.includes(error.gatewayCode) ? [`  ${t(TEXTS.doctor)}`] : []),
    ];
  }
  const unsent = error.name === 'ConnectionError' && !isRead(error.endpoint);
  const kind = chinese ? (REASONS[error.code] ?? (unsent ? UNSENT : CLASSES[error.name])) : undefined;
  const setting = error.name === 'ConfigError' ? settingOf(error.option) : undefined;
  // Does not repeat itself: the remedy and the causes have lines of their own.
  const own = error.message.replace(`; ${error.remedy}`, '').replace('; see cause, and try again', '');
  const message = setting === undefined ? own : `${setting}: ${error.message.replace(`${error.option}: `, '')}`;
  // For these errors the Chinese says everything that the English does, except which call failed.
  const about = UNANSWERED.includes(error.name) ? [error.endpoint, error.nonce && `nonce ${error.nonce}`, error.attempts && triesText(lang, error.attempts)].filter(Boolean).join(' · ') : message;
  const lines = [kind === undefined ? message : `${kind}（${about}）`];
  const causes = reasons(error.cause).filter((reason) => !message.includes(reason));
  if (causes.length > 0) lines.push(`  ${causes.join(': ')}`);
  const remedy = chinese ? (unknownOutcomesInChinese[error.endpoint ?? ''] ?? error.remedy) : error.remedy;
  if (error.name === 'OutcomeUnknownError') lines.push(`  ${t(TEXTS.todo)}${remedy}`);
  if (error.name === 'InternalError') lines.push(`  ${t(TEXTS.defect)}`);
  return lines;
}

/** Whether an endpoint only reads; it is given by name or path. @param {string | undefined} endpoint */
const isRead = (endpoint) => endpoints.some(({ name, path, kind }) => kind === 'read' && (name === endpoint || path === endpoint));

/** The reasons from the outside in: a refused connection appears in the cause of a cause. @param {any} cause @returns {string[]} */
function reasons(cause, depth = 0) {
  if (!(cause instanceof Error) || depth > 4) return [];
  // An error of the library repeats what the error around it says.
  if (isAigoboError(cause) && cause.cause !== undefined) return reasons(cause.cause, depth + 1);
  const { message, code } = /** @type {Error & { code?: string }} */ (cause);
  return [message || code || cause.name, ...reasons(cause.cause, depth + 1)];
}
