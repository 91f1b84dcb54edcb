// @ts-check
// `aigobo call`

import { ValidationError, validate } from 'aigobo';
import { unknownOutcomesInChinese } from '../generated/chinese.js';
import { Cancelled, confirm, isInteractive } from './ask.js';
import { accountOf, clientOf, codesOf, gatewayText, isProduction, requireWhole, takesAccount } from './credentials.js';
import { fieldTable } from './endpoints.js';
import { UsageError, triesText } from './failure.js';
import { examples, wholeNumber } from './flags.js';
import { fillIn } from './form.js';
import { DATA_TEXT, parseObject, readData, sourceOf } from './input.js';
import { ENDPOINT_TEXT, findEndpoint, requireEndpoint } from './lookup.js';
import { templateOf } from './template.js';

/** @typedef {import('./terminal.js').Terminal} Terminal */
/** @typedef {import('./credentials.js').Account} Account */

const TEXTS = {
  summary: { en: 'call an endpoint', zh: '调用接口' },
  description: {
    en: 'call an endpoint: checks the request first, asks before it writes to production, prints the reply',
    zh: '调用接口：先检查请求，写入生产环境前先确认，最后输出应答',
  },
  template: { en: 'print a request to fill in, and what each field is', zh: '输出待填写的请求模板及各字段说明' },
  yes: { en: 'write to production without asking', zh: '写入生产环境时不再询问' },
  timeoutMs: { en: 'of one try, in milliseconds', zh: '单次尝试的超时时间，毫秒' },
  maxRetries: { en: 'how often a call is sent again', zh: '重试次数' },
  noBody: {
    en: (/** @type {string} */ name) => `there is no request: give --data, pipe it in, or begin with: aigobo call ${name} --template > request.json`,
    zh: (/** @type {string} */ name) => `没有请求参数：用 --data 给出或通过管道输入；可先运行 aigobo call ${name} --template > request.json`,
  },
  sure: {
    en: (/** @type {string} */ what, /** @type {string} */ gateway) => `${what} WRITES to ${gateway}. Send it?`,
    zh: (/** @type {string} */ what, /** @type {string} */ gateway) => `${what} 将写入${gateway}，确定发送吗？`,
  },
  notAsked: {
    en: (/** @type {string} */ gateway) => `this writes to ${gateway}, and there is nobody to ask: add --yes if it is meant (to the test gateway: --environment test)`,
    zh: (/** @type {string} */ gateway) => `该调用会写入${gateway}，而此处无人可确认：确认无误请加 --yes（测试网关：--environment test）`,
  },
  declined: { en: 'nothing was sent', zh: '未发送' },
  interrupted: { en: 'interrupted', zh: '已中断' },
  interruptedWrite: {
    en: (/** @type {string} */ remedy) => `interrupted, and the request may have arrived. What to do: ${remedy}`,
    zh: (/** @type {string} */ remedy) => `已中断，但请求可能已到达平台。处理办法：${remedy}`,
  },
  look: { en: 'ask for the state before you send it again', zh: '重发之前先查询状态' },
};

/** @param {import('commander').Command} program @param {Terminal} terminal */
export function call(program, terminal) {
  const { t } = terminal;
  const command = program
    .command('call')
    .description(t(TEXTS.description)).summary(t(TEXTS.summary))
    .argument('<endpoint>', t(ENDPOINT_TEXT))
    .option('-d, --data <json>', t(DATA_TEXT))
    .option('--template', t(TEXTS.template))
    .option('-y, --yes', t(TEXTS.yes))
    .option('--timeout-ms <ms>', t(TEXTS.timeoutMs), wholeNumber)
    .option('--max-retries <count>', t(TEXTS.maxRetries), wholeNumber);
  takesAccount(command, terminal, { gateway: true }).action((given, options) => run(given, options, terminal));
  examples(command, terminal, [
    `aigobo call getProductDetail --sandbox --data '{"productCode":"200437","memberId":"100001"}'`,
    'aigobo call createPreOrder --template > order.json',
    'aigobo call createPreOrder --env-file test.env --data @order.json',
    `aigobo call /api/product/getDistrProductDetail --sandbox --data '{"productCode":"200437","memberId":"100001"}' --json`,
  ]);
}

/**
 * @param {string} given
 * @param {import('./credentials.js').AccountFlags & { data?: string, template?: boolean, yes?: boolean, timeoutMs?: number, maxRetries?: number }} options
 * @param {Terminal} terminal
 */
async function run(given, { data, template, yes = false, timeoutMs, maxRetries, ...flags }, terminal) {
  // Any path can be called; for an unknown path there are no rules.
  const endpoint = given.startsWith('/') ? findEndpoint(given) : requireEndpoint(given);
  const account = await accountOf(flags);
  if (template) return showTemplate(endpoint ?? requireEndpoint(given), account, terminal);
  const client = clientOf(requireWhole(account));
  const request = await requestFor(given, endpoint, data, account, terminal);
  if (endpoint) check(endpoint, request, account);
  if (endpoint?.kind !== 'read' && isProduction(account) && !yes) await demandYes(given, account, terminal);

  const interrupt = new AbortController();
  const remedy = (terminal.lang === 'zh' ? unknownOutcomesInChinese[endpoint?.name ?? ''] : endpoint?.ifUnknown) ?? terminal.t(TEXTS.look);
  const ended = () => interrupt.abort(new Cancelled(endpoint?.kind === 'read' ? terminal.t(TEXTS.interrupted) : TEXTS.interruptedWrite[terminal.lang](remedy)));
  process.once('SIGINT', ended);
  try {
    const own = { signal: interrupt.signal, ...(timeoutMs !== undefined && { timeoutMs }), ...(maxRetries !== undefined && { maxRetries }) };
    const sent = endpoint ? client[endpoint.name](/** @type {any} */ (request), own) : client.call(given, request, own);
    const { data: reply, code, message, nonce, attempts } = await /** @type {import('../index.js').Sent<unknown>} */ (sent).withReply();
    terminal.result({ endpoint: endpoint?.name ?? given, code, message, nonce, attempts, data: reply ?? null }, () => (reply === undefined ? `${code} ${message}` : terminal.pretty(reply)));
    if (!terminal.json) terminal.note(`${code} ${message} · nonce ${nonce} · ${triesText(terminal.lang, attempts)}`, 'dim');
  } finally {
    process.off('SIGINT', ended);
  }
}

/** @param {import('../index.js').EndpointInfo} endpoint @param {Account} account @param {Terminal} terminal */
function showTemplate(endpoint, account, terminal) {
  const template = templateOf(endpoint.fields, account);
  // The descriptions go to stderr, so that output piped into a file can be sent as it is.
  if (!terminal.json) terminal.note(`${fieldTable(endpoint.fields, terminal, 'err')}\n`);
  terminal.result(template, () => JSON.stringify(template, null, 2));
}

/**
 * @param {string} given
 * @param {import('../index.js').EndpointInfo | undefined} endpoint
 * @param {string | undefined} data
 * @param {Account} account
 * @param {Terminal} terminal
 */
async function requestFor(given, endpoint, data, account, terminal) {
  const text = await readData(data);
  if (text !== undefined) return parseObject(text, sourceOf(data));
  if (!endpoint || !isInteractive() || terminal.json) throw new UsageError({ en: TEXTS.noBody.en(given), zh: TEXTS.noBody.zh(given) });
  return fillIn(endpoint, account, terminal);
}

/** Reports all issues before anything is asked or sent. @param {import('../index.js').EndpointInfo} endpoint @param {object} request @param {Account} account */
function check(endpoint, request, account) {
  const issues = validate(endpoint.name, request, codesOf(account));
  if (issues.length > 0) throw new ValidationError({ code: 'validation', endpoint: endpoint.name, message: `${endpoint.name}: nothing was sent: ${issues.map(({ path, message }) => `${path} ${message}`).join('; ')}`, issues });
}

/** @param {string} what @param {Account} account @param {Terminal} terminal */
async function demandYes(what, account, terminal) {
  const { en, zh } = gatewayText(account);
  if (!isInteractive()) throw new UsageError({ en: TEXTS.notAsked.en(en), zh: TEXTS.notAsked.zh(zh) });
  if (!(await confirm(TEXTS.sure[terminal.lang](what, terminal.t({ en, zh }))))) throw new Cancelled(terminal.t(TEXTS.declined), 1);
}
