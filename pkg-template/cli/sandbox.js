// @ts-check
// `aigobo sandbox`

import { serveSandbox } from 'aigobo/sandbox-server';
import { variableOf } from '../common/account.js';
import { UsageError } from './failure.js';
import { examples } from './flags.js';

const TEXTS = {
  description: { en: 'serve a sandbox of the platform on this machine, until Ctrl-C', zh: '在本机启动平台沙箱，按 Ctrl-C 结束' },
  port: { en: 'port to listen on, 0 for any free one', zh: '监听端口，0 表示任意空闲端口' },
  state: { en: 'keep everything in this file over a restart', zh: '把全部数据保存在该文件中，重启后仍在' },
  look: { en: 'look at it: ', zh: '查看控制台：' },
  delivers: { en: 'waits for shops to take the callbacks that are under way; Ctrl-C again ends it at once', zh: '正在等待商户接收已发出的回调，再按一次 Ctrl-C 立即结束' },
  use: { en: 'and call it from another terminal, with these in its environment or with', zh: '在另一个终端中调用它：设置以下环境变量，或使用' },
};

/** @param {import('commander').Command} program @param {import('./terminal.js').Terminal} terminal */
export function sandbox(program, terminal) {
  const { t } = terminal;
  const command = program.command('sandbox').description(t(TEXTS.description)).option('--port <port>', t(TEXTS.port), '6062').option('--state <file>', t(TEXTS.state));
  command.action((options) => serve(options, terminal));
  examples(command, terminal, ['aigobo sandbox', 'aigobo sandbox --port 0 --state sandbox.state']);
}

/** @param {{ port: string, state?: string }} options @param {import('./terminal.js').Terminal} terminal */
async function serve({ port, state }, terminal) {
  const serving = await serveSandbox({ port: Number(port), ...(state !== undefined && { state }) }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError({ en: `port ${port} is in use, maybe by another sandbox: take another one, --port 0 for any that is free`, zh: `端口 ${port} 已被占用，可能是另一个沙箱：请换一个，--port 0 表示任意空闲端口` });
  });
  const { timeoutMs, ...options } = serving.clientOptions;
  const variables = Object.fromEntries(ORDER.map((option) => [variableOf(option), options[option]]));
  terminal.result({ url: serving.url, console: `${serving.url}/_sandbox/`, environment: variables }, () =>
    [
      serving.url,
      `${terminal.t(TEXTS.look)}${serving.url}/_sandbox/`,
      `${terminal.t(TEXTS.use)} --sandbox ${serving.url}`,
      '',
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ].join('\n'),
  );
  await new Promise((ended) => {
    const end = () => {
      // The next signal ends the process immediately; steps that were acknowledged are kept.
      SIGNALS.forEach((signal) => process.off(signal, end));
      ended(undefined);
    };
    SIGNALS.forEach((signal) => process.on(signal, end));
  });
  const waits = setTimeout(() => terminal.note(TEXTS.delivers), PATIENCE_MS);
  await serving.close().finally(() => clearTimeout(waits));
}

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/** How long ending may take before a message is shown, in milliseconds. */
const PATIENCE_MS = 1_000;

const ORDER = /** @type {const} */ (['baseUrl', 'accessToken', 'desKey', 'md5SecretKey', 'distrCode', 'employeeCode', 'invitateCode']);
