// @ts-check
// All commands and what they share.

import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { call } from './call.js';
import { completion } from './completion.js';
import { doctor } from './doctor.js';
import { endpoints } from './endpoints.js';
import { explain } from './explain.js';
import { LANGUAGES, widthOf, wrap } from './language.js';
import { notify } from './notify.js';
import { open } from './open.js';
import { sandbox } from './sandbox.js';
import { seal } from './seal.js';
import { vectors } from './vectors.js';

const COMMANDS = [sandbox, endpoints, call, seal, open, explain, doctor, notify, vectors, completion];

/** A product that the sandbox offers. */
const SAMPLE = '{"productCode":"200437","memberId":"100001"}';

const TEXTS = {
  description: {
    en: 'Talk to the 爱购保 (Aigobo) insurance platform, and develop against a sandbox of it.',
    zh: '对接爱购保保险平台，并可在本机沙箱中开发调试。',
  },
  json: { en: 'print one JSON document', zh: '只输出一个 JSON 文档' },
  lang: { en: 'language of all texts; else by LC_ALL, LC_MESSAGES, LANG', zh: '界面语言；默认取自 LC_ALL、LC_MESSAGES、LANG' },
  version: { en: 'print the version', zh: '显示版本' },
  help: { en: 'show this help', zh: '显示帮助' },
  helpOf: { en: 'show the help of a command', zh: '显示某个命令的帮助' },
  after: {
    en: `
Keys come from the environment (AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY,
AIGOBO_MD5_SECRET_KEY, and AIGOBO_DISTR_CODE) or from a file of such lines
(--env-file FILE), never from flags. With --sandbox you need none.
Exit codes: 0 done, 1 the platform or the check said no, 2 used wrongly,
130 cancelled.

Try it:
  $ aigobo sandbox
  $ aigobo endpoints createPreOrder
  $ aigobo call getProductDetail --sandbox --data '${SAMPLE}'
  $ aigobo doctor --sandbox`,
    zh: `
密钥取自环境变量（AIGOBO_ACCESS_TOKEN、AIGOBO_DES_KEY、AIGOBO_MD5_SECRET_KEY
与 AIGOBO_DISTR_CODE），或取自写有这些变量的文件（--env-file FILE），
不接受命令行参数传入。使用 --sandbox 时不需要密钥。
退出码：0 完成，1 平台拒绝或检查不通过，2 用法有误，130 已取消。

先试试：
  $ aigobo sandbox
  $ aigobo endpoints createPreOrder
  $ aigobo call getProductDetail --sandbox --data '${SAMPLE}'
  $ aigobo doctor --sandbox`,
  },
};

/** Commander's headings in Chinese. @type {Record<string, string>} */
const HEADINGS = { 'Usage:': '用法：', 'Options:': '选项：', 'Global Options:': '通用选项：', 'Commands:': '命令：', 'Arguments:': '参数：' };

/** @param {import('./terminal.js').Terminal} terminal */
export function createProgram(terminal) {
  const { t, lang } = terminal;
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const program = new Command('aigobo')
    .description(t(TEXTS.description))
    .version(version, '-V, --version', t(TEXTS.version))
    .option('--json', t(TEXTS.json))
    .addOption(new Option('--lang <language>', t(TEXTS.lang)).choices(LANGUAGES))
    .helpOption('-h, --help', t(TEXTS.help))
    .helpCommand('help [command]', t(TEXTS.helpOf))
    .addHelpText('after', t(TEXTS.after))
    .exitOverride()
    .hook('preSubcommand', (_, command) => {
      terminal.command = `aigobo ${command.name()}`;
    })
    // Whoever catches the error reports it, in the right language.
    .configureOutput({ outputError: () => {}, getOutHasColors: () => terminal.colours.out, getErrHasColors: () => terminal.colours.err })
    .configureHelp({
      showGlobalOptions: true,
      displayWidth: (text) => widthOf(text.replace(/\x1b\[\d*m/g, '')),
      boxWrap: (text, columns) => wrap(text, columns).join('\n'),
      styleTitle: (title) => terminal.paint('bold', lang === 'zh' ? (HEADINGS[title] ?? title) : title),
      optionDescription: ({ description, argChoices, defaultValue }) => {
        const more = [...(argChoices ? [argChoices.join(', ')] : []), ...(typeof defaultValue === 'string' ? [`${t({ en: 'default', zh: '默认' })} ${defaultValue}`] : [])];
        const about = more.join(t({ en: '; ', zh: '；' }));
        return more.length > 0 ? t({ en: `${description} (${about})`, zh: `${description}（${about}）` }) : description;
      },
      argumentDescription: ({ description }) => description,
    });
  for (const register of COMMANDS) register(program, terminal);
  return program;
}

/**
 * `--sandbox` takes an optional address, and commander would take whatever follows it for one.
 * @param {readonly string[]} args
 */
export function separateUrl(args) {
  const isUrl = (/** @type {string | undefined} */ arg) => /^https?:/i.test(arg ?? '');
  return args.flatMap((arg, place) => {
    if (arg === '--sandbox') return [isUrl(args[place + 1]) ? `--sandbox=${args[place + 1]}` : '--sandbox='];
    return args[place - 1] === '--sandbox' && isUrl(arg) ? [] : [arg];
  });
}
