// @ts-check
// `aigobo seal`

import { seal as sealBody } from 'aigobo';
import { accountOf, keysOf, takesAccount } from './credentials.js';
import { examples, wholeNumber } from './flags.js';
import { DATA_TEXT, readBody } from './input.js';

const TEXTS = {
  summary: { en: 'print the envelope of a body', zh: '加密并签名，输出报文' },
  description: { en: 'seal a body: print the envelope that would be sent (it holds the accessToken)', zh: '加密并签名：输出将要发送的报文（其中含 accessToken）' },
  nonce: { en: 'instead of a random one', zh: '指定 nonce，默认随机' },
  timestamp: { en: 'milliseconds since 1970, instead of now', zh: '指定时间戳（1970 年以来的毫秒数），默认当前时间' },
  ip: { en: 'your outgoing address', zh: '您的出口 IP' },
};

/** @param {import('commander').Command} program @param {import('./terminal.js').Terminal} terminal */
export function seal(program, terminal) {
  const { t } = terminal;
  const command = program.command('seal').description(t(TEXTS.description)).summary(t(TEXTS.summary)).option('-d, --data <json>', t(DATA_TEXT));
  command.option('--nonce <text>', t(TEXTS.nonce)).option('--timestamp <ms>', t(TEXTS.timestamp), wholeNumber).option('--ip <address>', t(TEXTS.ip));
  takesAccount(command, terminal).action(async ({ data, nonce, timestamp, ...flags }) => {
    const account = await accountOf(flags);
    const keys = keysOf(account);
    const { ip, dialect } = account;
    const envelope = sealBody(await readBody(data), keys, { ...(nonce !== undefined && { nonce }), ...(timestamp !== undefined && { timestamp }), ...(ip && { ip }), ...(dialect && { dialect }) });
    terminal.result(envelope, () => terminal.pretty(envelope));
  });
  examples(command, terminal, [
    `aigobo seal --sandbox --data '{"memberId":"100001"}'`,
    'aigobo seal --env-file test.env --data @body.json',
    'cat body.json | aigobo seal --sandbox --nonce n-1 --timestamp 1626570000000',
  ]);
}
