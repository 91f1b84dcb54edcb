// @ts-check
// `aigobo explain`

import { explain as explainBody } from 'aigobo';
import { accountOf, keysOf, takesAccount } from './credentials.js';
import { examples } from './flags.js';
import { DATA_TEXT, readBody } from './input.js';

const TEXTS = { summary: { en: 'show each step of the signature', zh: '显示签名的每一步' }, description: { en: 'show each step from a body to its sign and requestBody, the secret masked', zh: '显示从参数到 sign 与 requestBody 的每一步，密钥已隐去' } };

/** @param {import('commander').Command} program @param {import('./terminal.js').Terminal} terminal */
export function explain(program, terminal) {
  const command = program.command('explain').description(terminal.t(TEXTS.description)).summary(terminal.t(TEXTS.summary)).option('-d, --data <json>', terminal.t(DATA_TEXT));
  takesAccount(command, terminal).action(async ({ data, ...flags }) => {
    const { explainText } = await import('aigobo/doctor');
    const account = await accountOf(flags);
    const explanation = explainBody(await readBody(data), keysOf(account), account.dialect);
    terminal.result(explanation, () => explainText(explanation, { color: terminal.colours.out, lang: terminal.lang }).trimEnd());
  });
  examples(command, terminal, [`aigobo explain --sandbox --data '{"productCode":"200437","memberId":"100001","planCode":null}'`, 'aigobo explain --env-file test.env --data @body.json']);
}
