// @ts-check
// The account, taken from the environment, from a file of such variables, or from the sandbox. Keys never come from
// flags, because every process on the machine can read those and shells remember them.

import * as util from 'node:util';
import { Client } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { Option } from 'commander';
import { KEYS, isSandboxKey, variableOf } from '../common/account.js';
import { gateways } from '../generated/names.js';
import { UsageError } from './failure.js';
import { readText } from './input.js';
import { CODES } from './variables.js';

/** @typedef {Partial<import('../index.js').ClientOptions> & { notificationSecret?: string }} Account */
/** @typedef {{ envFile?: string, sandbox?: string, environment?: 'test' | 'production', baseUrl?: string, distrCode?: string, employeeCode?: string, invitateCode?: string, ip?: string, dialect?: string }} AccountFlags */

/** The first member of a sandbox within the command: without a member it could only answer registerMember. */
export const FIRST_MEMBER = { mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' };

/** That member's number: the sandbox's first. */
export const FIRST_MEMBER_ID = '100001';

const TEXTS = {
  envFile: { en: 'read AIGOBO_… from this file instead of the environment', zh: '从该文件读取 AIGOBO_… 变量，不读环境变量' },
  sandbox: {
    en: 'use the sandbox: with its address one that runs, else one within this command (member 100001; nothing is kept)',
    zh: '使用沙箱：给出地址则连接正在运行的沙箱，否则在本命令内临时启动（自带会员 100001，数据不保存）',
  },
  environment: { en: 'which gateway', zh: '使用哪个网关' },
  baseUrl: { en: 'another address of the gateway', zh: '网关的其他地址，代替默认地址' },
  distrCode: { en: 'distrCode, filled in where a request leaves it out', zh: '分销商编号，请求中没有时自动填入' },
  employeeCode: { en: 'employeeCode, filled into registerMember', zh: '销售人员推荐码，自动填入 registerMember' },
  invitateCode: { en: 'invitateCode, filled into registerMember', zh: '分销商推荐码，自动填入 registerMember' },
  ip: { en: 'your outgoing address', zh: '您的出口 IP' },
  dialect: { en: 'where your gateway differs, as doctor --probe prints it', zh: '网关与默认方言的不同之处，由 doctor --probe 给出' },
};

/**
 * Flags that each name the account or the gateway. If two were given, one would be ignored, and buyers' data could go
 * to the wrong place.
 */
const EITHER = /** @type {const} */ ([
  ['sandbox', 'environment', { en: '--sandbox and --environment name two gateways: give one of them', zh: '--sandbox 与 --environment 指向两个不同的网关：请只给一个' }],
  ['sandbox', 'baseUrl', { en: '--sandbox and --base-url name two gateways: give one of them; a sandbox that runs at an address is --sandbox URL', zh: '--sandbox 与 --base-url 指向两个不同的网关：请只给一个；连接正在运行的沙箱请用 --sandbox URL' }],
  ['sandbox', 'envFile', { en: '--sandbox has keys of its own, and --env-file names others: give one of them', zh: '--sandbox 自带密钥，--env-file 又给出另一套：请只给一个' }],
  ['environment', 'baseUrl', { en: '--environment and --base-url name two gateways: give one of them', zh: '--environment 与 --base-url 指向两个不同的网关：请只给一个' }],
]);

/**
 * The flags of a command that needs keys; with `gateway`, also the flags of one that talks to the gateway.
 * @param {import('commander').Command} command
 * @param {import('./terminal.js').Terminal} terminal
 * @param {{ gateway?: boolean }} [needs]
 */
export function takesAccount(command, { t }, { gateway = false } = {}) {
  command.option('--env-file <file>', t(TEXTS.envFile)).option('--sandbox [url]', t(TEXTS.sandbox));
  if (gateway) {
    command
      .addOption(new Option('--environment <name>', t(TEXTS.environment)).choices(['test', 'production']))
      .option('--base-url <url>', t(TEXTS.baseUrl))
      .option('--distr-code <code>', t(TEXTS.distrCode))
      .option('--employee-code <code>', t(TEXTS.employeeCode))
      .option('--invitate-code <code>', t(TEXTS.invitateCode))
      .option('--ip <address>', t(TEXTS.ip));
  }
  return command.option('--dialect <json>', t(TEXTS.dialect));
}

/**
 * The settings that are present; missing ones are left out.
 * @param {AccountFlags} flags
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<Account>}
 */
export async function accountOf(flags, env = process.env) {
  for (const [one, other, text] of EITHER) if (flags[one] !== undefined && flags[other] !== undefined) throw new UsageError(text);
  const account = flags.sandbox === undefined ? fromVariables(flags, env) : await fromSandbox(flags.sandbox);
  for (const name of /** @type {const} */ ([...CODES, 'ip'])) if (flags[name] !== undefined) Object.assign(account, { [name]: flags[name] });
  if (flags.dialect !== undefined) account.dialect = parseDialect(flags.dialect);
  // A flag that names the environment overrides the address in a variable.
  if (flags.environment !== undefined && flags.baseUrl === undefined) delete account.baseUrl;
  return account;
}

/** @param {AccountFlags} flags @param {Record<string, string | undefined>} env */
function fromVariables({ envFile }, env) {
  // Only the file counts: half of one account and half of another is never intended.
  const variables = envFile === undefined ? env : readVariables(envFile);
  /** @type {Account} */
  const account = {};
  for (const option of [...KEYS, ...CODES, 'notificationSecret']) {
    const value = variables[variableOf(option)];
    if (value !== undefined && value !== '') Object.assign(account, { [option]: value });
  }
  return account;
}

/** @param {string} file */
function readVariables(file) {
  if (!util.parseEnv) {
    throw new UsageError({ en: '--env-file needs Node 20.12 or newer; with an older one set the variables in the environment', zh: '--env-file 需要 Node 20.12 或更新版本；旧版本请直接设置环境变量' });
  }
  return util.parseEnv(readText(file));
}

/** @param {string} at if empty, a sandbox within this process @returns {Promise<Account>} */
async function fromSandbox(at) {
  const { fetch, clock, baseUrl, ...rest } = createSandbox().clientOptions;
  if (at !== '') return { ...rest, baseUrl: at };
  const within = { ...rest, baseUrl, fetch, clock };
  await clientOf(within).registerMember(FIRST_MEMBER);
  return within;
}

/** @param {string} text */
function parseDialect(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError({ en: `--dialect must be JSON such as '{"nested":"json"}'`, zh: `--dialect 应为 JSON，例如 '{"nested":"json"}'` });
  }
}

/**
 * The three keys, or an error that says what to set.
 * @param {Account} account
 * @returns {import('../index.js').Credentials}
 */
export function keysOf(account) {
  demand(account, KEYS);
  const { accessToken = '', desKey = '', md5SecretKey = '' } = account;
  return { accessToken, desKey, md5SecretKey };
}

/** @param {import('../index.js').ClientOptions} options */
export function clientOf(options) {
  return /** @type {import('../index.js').Client} */ (/** @type {unknown} */ (new Client(options)));
}

/**
 * The client's options, or an error that says what to set.
 * @param {Account} account
 * @returns {import('../index.js').ClientOptions}
 */
export function requireWhole(account) {
  demand(account, [...KEYS, 'distrCode']);
  const { notificationSecret, ...options } = account;
  if (isPlatforms(account.baseUrl) && KEYS.some((key) => isSandboxKey(account[key]))) {
    throw new UsageError({
      en: `these are the sandbox's keys, which everybody can read, and no address of a sandbox is given: ${variableOf('baseUrl')} or --sandbox URL says where it runs; the platform's own gateways take the keys that the platform issued to you`,
      zh: `这是沙箱的公开密钥，却没有给出沙箱的地址：请用 ${variableOf('baseUrl')} 或 --sandbox URL 指明；平台网关只接受平台下发给您的密钥`,
    });
  }
  return /** @type {import('../index.js').ClientOptions} */ (options);
}

/** Whether the address is one of the platform's gateways. It is if no address is given. @param {string | undefined} baseUrl */
function isPlatforms(baseUrl) {
  return baseUrl === undefined || Object.values(gateways).includes(baseUrl.replace(/\/+$/, ''));
}

/** @param {Account} account @param {readonly (keyof Account & string)[]} needed */
function demand(account, needed) {
  const missing = needed.filter((option) => account[option] === undefined).map(variableOf);
  if (missing.length === 0) return;
  const names = missing.join(', ');
  throw new UsageError({
    en: `${names} ${missing.length > 1 ? 'are' : 'is'} not set: put what the platform issued to you into the environment, or into a file for --env-file. To try it without keys: --sandbox`,
    zh: `未设置 ${missing.join('、')}：请把平台下发的值放入环境变量，或放入文件并用 --env-file 指定。没有密钥也可以用 --sandbox 试用`,
  });
}

/** Hosts where no real policy is at stake. */
const HARMLESS = ['127.0.0.1', 'localhost', '[::1]', new URL(gateways.test).hostname];

/**
 * Whether real policies may be at stake. Nobody knows this for an address of the user's own, so they may be, unless it
 * is this machine or the test gateway.
 * @param {Account} account
 */
export function isProduction({ environment, baseUrl, fetch }) {
  if (fetch !== undefined) return false;
  if (baseUrl === undefined) return environment === 'production';
  return !(URL.canParse(baseUrl) && HARMLESS.includes(new URL(baseUrl).hostname));
}

/** What `isProduction` found, shown before it is used. @param {Account} account */
export function gatewayText({ baseUrl }) {
  return {
    en: baseUrl === undefined ? 'the PRODUCTION gateway' : `${baseUrl}, which counts as PRODUCTION`,
    zh: baseUrl === undefined ? '【生产网关】' : ` ${baseUrl}（视为【生产网关】）`,
  };
}

/** The codes that a client fills into requests, and that `validate` takes. @param {Account} account */
export function codesOf({ distrCode, employeeCode, invitateCode }) {
  return { ...(distrCode && { distrCode }), ...(employeeCode && { employeeCode }), ...(invitateCode && { invitateCode }) };
}
