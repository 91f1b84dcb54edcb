// What docs/CLI.md and each command's help show, run as it stands there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { matches } from './examples.js';
import { KEYS, envFile, forEach, run, serve, shell } from './cli.js';
import { folder } from './folder.js';

/** @param {{ after(end: () => void): void }} t @param {Record<string, string>} [account] */
const place = (t, account = KEYS) =>
  folder(t, { 'body.json': '{"productCode":"200437","memberId":"100001"}', 'order.json': '{}', 'gateway.log': '', 'test.env': envFile(account), 'shop.env': 'AIGOBO_NOTIFICATION_SECRET=a-secret-of-the-shop\n' });

test('the guide prints what it says', async (t) => {
  const text = readFileSync('node_modules/aigobo/docs/CLI.md', 'utf8');
  const sessions = [...text.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, session = '']) => session);
  assert.ok(sessions.length >= 7);
  const cwd = place(t);
  for (const session of sessions) {
    for (const [, command = '', said = ''] of session.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)) {
      // It serves until it is ended.
      const line = command.startsWith('aigobo sandbox') ? `timeout -s INT 5 ${command}` : command;
      const { stdout, stderr } = await shell(line, { cwd });
      // Beside a result a line for people follows that every call has.
      const printed = `${stdout}${stderr.replace(/^0000 成功 · nonce .*\n/, '')}`.trimEnd().split('\n');
      const expected = said.trimEnd().split('\n');
      assert.ok(printed.length === expected.length && printed.every((text, index) => matches(text, expected[index] ?? '')), `${command}\n${printed.join('\n')}\nand not\n${said}`);
    }
  }
});

test('every example of a help is used rightly', async (t) => {
  const { env } = await serve(t);
  const cwd = place(t, env);
  await forEach(['sandbox', 'endpoints', 'call', 'seal', 'open', 'explain', 'doctor', 'notify', 'vectors', 'completion'], async (command) => {
    const { stdout } = await run([command, '--help']);
    const lines = [...(stdout.split('Examples:')[1] ?? '').matchAll(/^ {2}\$ (.*)$/gm)].map(([, line = '']) => line);
    assert.ok(lines.length > 0, command);
    for (const line of lines) {
      const endless = /^aigobo sandbox|^tail -f/.test(line);
      const { code, stderr } = await shell(endless ? `timeout -s INT 2 ${line}` : line, { cwd, env });
      assert.ok(code !== 2 && code !== 9 && !stderr.includes('--help'), `${line}: ${code} ${stderr}`);
    }
  });
});
