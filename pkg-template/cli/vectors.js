// @ts-check
// `aigobo vectors`

import { explain } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { accountOf, keysOf, takesAccount } from './credentials.js';
import { examples } from './flags.js';
import { DATA_TEXT, readBody } from './input.js';

const TEXTS = {
  summary: { en: 'print a test vector of a body', zh: '输出一条测试向量' },
  description: {
    en: 'print a test vector of a body, for clients in other languages to check themselves: each step from the body to sign and requestBody, with the sandbox\'s keys',
    zh: '输出一条测试向量，供其他语言的客户端自测：从参数到 sign 与 requestBody 的每一步，使用沙箱的密钥',
  },
  name: { en: 'what the vector is about', zh: '向量的名称' },
  withKeys: { en: 'with your own keys, which the vector then HOLDS: share it with nobody', zh: '使用您自己的密钥；向量中会【含有密钥】，切勿外传' },
};

/** @param {import('commander').Command} program @param {import('./terminal.js').Terminal} terminal */
export function vectors(program, terminal) {
  const { t } = terminal;
  const command = program.command('vectors').description(t(TEXTS.description)).summary(t(TEXTS.summary)).option('-d, --data <json>', t(DATA_TEXT)).option('--name <text>', t(TEXTS.name), 'example').option('--with-keys', t(TEXTS.withKeys));
  takesAccount(command, terminal).action(async ({ data, name, withKeys, ...flags }) => {
    const { dialect, ...account } = await accountOf(flags);
    const keys = keysOf(withKeys ? account : createSandbox().clientOptions);
    const { plaintext, signingString, firstDigest, sign, requestBody } = explain(await readBody(data), keys, dialect);
    const vector = [{ name, desKey: keys.desKey, md5SecretKey: keys.md5SecretKey, plaintext, signingString, firstDigest, sign, requestBody }];
    terminal.result(vector, () => terminal.pretty(vector));
  });
  examples(command, terminal, [`aigobo vectors --name 'a product' --data '{"productCode":"200437","memberId":"100001"}'`, 'aigobo vectors --data @body.json > vectors.json']);
}
