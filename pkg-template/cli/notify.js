// @ts-check
// `aigobo notify`

import { notifyUrls } from 'aigobo/notifications';
import { createSandbox } from 'aigobo/sandbox';
import { Argument } from 'commander';
import { variableOf } from '../common/account.js';
import { systemCodeOf } from '../common/system-failure.js';
import { FIRST_MEMBER, accountOf, clientOf } from './credentials.js';
import { UsageError } from './failure.js';
import { examples } from './flags.js';

/** @typedef {import('./terminal.js').Terminal} Terminal */
/** @typedef {import('../index.js').NotificationKind} Kind */

const KINDS = /** @type {const} */ (['deliver', 'return', 'refund']);

/** The name of the variable with the handler's secret. */
const SECRET = variableOf('notificationSecret');

/** How long the shop may take to answer, in milliseconds, as in the sandbox. */
const PATIENCE_MS = 10_000;

/** How many characters of an answer are shown. */
const SHOWN = 500;

const TEXTS = {
  summary: { en: 'send a sample callback to your address', zh: '向您的地址发送样例回调' },
  description: {
    en: 'send a sample callback (deliver 投保, return 退保, refund 退款) to your address as the platform would, and show the answer',
    zh: '像平台那样向您的地址发送一条样例回调（deliver 投保、return 退保、refund 退款），并显示应答',
  },
  kind: { en: 'deliver, return or refund', zh: 'deliver 投保、return 退保、refund 退款' },
  url: { en: 'your address, as given with the pre-order, or the base that notifyUrls takes', zh: '预订单中所给的回调地址，或 notifyUrls 的 base' },
  outSerialNo: { en: 'your own number of the pre-order', zh: '外部流水号' },
  memberId: { en: 'the member, who is part of the token', zh: '会员号，令牌的一部分' },
  tempOrderCode: { en: 'the pre-order\'s code', zh: '预订单号' },
  orderCode: { en: 'the order\'s code', zh: '订单号' },
  policyCode: { en: 'the policy\'s code', zh: '保单号' },
  failed: { en: 'a callback that reports a failure', zh: '发送一条表示失败的回调' },
  after: {
    en: (/** @type {string} */ name) => `
With ${name} in the environment or in --env-file the
address gets a valid token, as from notifyUrls; without it the callback goes to
the address as it is. Only HTTP 200 counts as received.`,
    zh: (/** @type {string} */ name) => `
环境变量或 --env-file 中有 ${name} 时，地址会带上有效令牌
（与 notifyUrls 相同）；没有则按原地址发送。只有 HTTP 200 算作已收到。`,
  },
  badSecret: {
    en: `${SECRET} is none that a handler takes: 16 characters or more, without blanks at its ends; openssl rand -hex 16 makes one`,
    zh: `${SECRET} 不是处理程序所接受的：应有 16 个或更多字符，首尾无空白；可用 openssl rand -hex 16 生成`,
  },
  badUrl: { en: 'URL must be an absolute http or https address', zh: 'URL 应为 http 或 https 开头的完整地址' },
  received: { en: 'received', zh: '已收到' },
  notReceived: { en: 'not taken for received: only 200 is', zh: '不算已收到：只有 200 才算' },
  nobody: { en: (/** @type {string} */ why) => `nobody answered (${why}): is your server running, and is this its address?`, zh: (/** @type {string} */ why) => `无人应答（${why}）：服务是否已启动，地址是否正确？` },
  patience: { en: `no answer within ${PATIENCE_MS / 1000} s`, zh: `${PATIENCE_MS / 1000} 秒内没有应答` },
  forbidden: { en: (/** @type {string} */ name) => `without a token your handler must refuse it: put its secret into ${name}`, zh: (/** @type {string} */ name) => `没有令牌，处理程序理应拒绝：请把它的 secret 放入 ${name}` },
  otherSecret: { en: (/** @type {string} */ name) => `your handler has another secret than ${name}, or takes callbacks at another address than URL`, zh: (/** @type {string} */ name) => `处理程序的 secret 与 ${name} 不同，或者它接收回调的地址不是所给的 URL` },
  unconfirmed: { en: 'your handler asked getOrderDetail, and the order does not bear the callback out: name an order that its gateway knows with --member-id, --temp-order-code, --order-code and --policy-code', zh: '处理程序查询了 getOrderDetail，订单与回调不符：请用 --member-id、--temp-order-code、--order-code、--policy-code 指定其网关中真实存在的订单' },
  failedHandler: { en: 'your handler took the callback and failed: its onError was told why, or without one its console. Where it asks its gateway (confirm), name an order that is there: --member-id, --temp-order-code', zh: '处理程序接收了回调，但处理失败：原因见它的 onError，未设置时见其控制台。如果它会向网关查询（confirm），请指定真实存在的订单：--member-id、--temp-order-code' },
};

/** @param {import('commander').Command} program @param {Terminal} terminal */
export function notify(program, terminal) {
  const { t } = terminal;
  const command = program.command('notify').description(t(TEXTS.description)).summary(t(TEXTS.summary)).addArgument(new Argument('<kind>', t(TEXTS.kind)).choices(KINDS)).argument('<url>', t(TEXTS.url));
  command
    .option('--out-serial-no <number>', t(TEXTS.outSerialNo))
    .option('--member-id <id>', t(TEXTS.memberId), '100001')
    .option('--temp-order-code <code>', t(TEXTS.tempOrderCode))
    .option('--order-code <code>', t(TEXTS.orderCode))
    .option('--policy-code <code>', t(TEXTS.policyCode))
    .option('--failed', t(TEXTS.failed))
    .option('--env-file <file>', t({ en: `read ${SECRET} from this file`, zh: `从该文件读取 ${SECRET}` }))
    .action((kind, url, options) => run(kind, url, options, terminal));
  examples(command, terminal, ['aigobo notify deliver http://127.0.0.1:3000/hooks/aigobo', 'aigobo notify return http://127.0.0.1:3000/hooks/aigobo --env-file shop.env --temp-order-code TE1']);
  command.addHelpText('after', TEXTS.after[terminal.lang](SECRET));
}

/**
 * @param {Kind} kind
 * @param {string} url
 * @param {{ outSerialNo?: string, memberId: string, tempOrderCode?: string, orderCode?: string, policyCode?: string, failed?: boolean, envFile?: string }} options
 * @param {Terminal} terminal
 */
async function run(kind, url, { memberId, failed, envFile, ...codes }, terminal) {
  const { t, lang } = terminal;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError(TEXTS.badUrl);
  const { notificationSecret: secret } = await accountOf({ ...(envFile !== undefined && { envFile }) });
  const outSerialNo = codes.outSerialNo ?? `NOTIFY-${Date.now()}`;
  const body = { ...(await sample(kind, outSerialNo)), ...Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== undefined)), ...(failed && { success: false }) };
  const to = secret === undefined ? url : await addressOf(kind, url, secret, memberId, outSerialNo);
  const { status, answer, why } = await post(to, JSON.stringify(body));
  const shown = url.replace(/([?&]token=)[^&#]*/g, '$1***');

  const received = status === 200;
  // The address is left out, because its token is as good as a key.
  terminal.result({ kind, url: shown, token: secret !== undefined, body, received, ...(status === undefined ? { error: why } : { status, answer }) }, () =>
    [
      `→ ${kind} ${terminal.paint('dim', JSON.stringify(body))}`,
      ...(status === undefined ? [] : [`← ${terminal.paint(received ? 'green' : 'red', `${status} ${t(received ? TEXTS.received : TEXTS.notReceived)}`)}${answer ? `\n${answer}` : ''}`]),
    ].join('\n'),
  );
  if (received) return;
  process.exitCode = 1;
  if (status === undefined) terminal.note(`aigobo: ${why === 'timeout' ? t(TEXTS.patience) : TEXTS.nobody[lang](why)}`, 'red');
  if (status === 403) terminal.note(TEXTS[secret === undefined ? 'forbidden' : 'otherSecret'][lang](SECRET));
  if (status === 500 && /notification\.failed/.test(answer)) terminal.note(TEXTS.failedHandler);
  if (status === 503 && /unconfirmed/.test(answer)) terminal.note(TEXTS.unconfirmed);
}

/**
 * The body that the platform sends: the sandbox goes through a whole purchase to produce it.
 * @param {Kind} kind
 * @param {string} outSerialNo
 * @returns {Promise<Record<string, unknown>>}
 */
async function sample(kind, outSerialNo) {
  const sandbox = createSandbox({ deliver: async () => Response.json({ code: '0000' }) });
  const client = clientOf(sandbox.clientOptions);
  const { mobile } = FIRST_MEMBER;
  const { memberId } = await client.registerMember(FIRST_MEMBER);
  const { tempOrderCode } = await client.createPreOrder({
    memberId, mobile, outSerialNo, payType: 2, productCode: '200437', productName: '旅途无忧一日游',
    deliverNotifyUrl: 'https://shop.example.com/deliver', returnNotifyUrl: 'https://shop.example.com/return', refundNotifyUrl: 'https://shop.example.com/refund',
    returnPage: 'https://shop.example.com/',
  });
  const { orderCode } = await sandbox.pay(tempOrderCode);
  if (kind !== 'deliver') await client.surrenderByOrderCode({ orderCode, memberId });
  await sandbox.settled();
  const told = sandbox.snapshot().notifications.find((notification) => notification.kind === kind);
  return told?.body ?? {};
}

/** @param {Kind} kind @param {string} base @param {string} secret @param {string} memberId @param {string} outSerialNo */
async function addressOf(kind, base, secret, memberId, outSerialNo) {
  const { deliverNotifyUrl, returnNotifyUrl, refundNotifyUrl } = await notifyUrls({ base, secret, memberId, outSerialNo }).catch((error) => {
    throw error.option === 'secret' ? new UsageError(TEXTS.badSecret) : error;
  });
  return { deliver: deliverNotifyUrl, return: returnNotifyUrl, refund: refundNotifyUrl }[kind];
}

/** @param {string} text @param {string} url */
function withoutToken(text, url) {
  const token = new URL(url).searchParams.get('token');
  return token ? text.replaceAll(token, '***').replaceAll(encodeURIComponent(token), '***') : text;
}

/** @param {string} url @param {string} body @returns {Promise<{ status?: number, answer: string, why: string }>} */
async function post(url, body) {
  try {
    // A redirect is an answer like any other that is not 200.
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    // A "not found" page often repeats the address.
    const text = withoutToken(await response.text(), url);
    return { status: response.status, answer: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text, why: '' };
  } catch (error) {
    const { name, message, cause } = /** @type {Error & { cause?: { message?: string } }} */ (error);
    return { answer: '', why: name === 'TimeoutError' ? 'timeout' : (systemCodeOf(error) ?? cause?.message ?? message) };
  }
}
