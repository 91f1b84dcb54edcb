// `aigobo completion`, in the shells themselves.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { endpoints } from 'aigobo';
import { json, run, shell, terminal } from './cli.js';
import { folder } from './folder.js';

const FILES = { 'body.json': '{}', 'a log.txt': '', 'test.env': '' };

/** What bash offers at the end of a line. @param {string} cwd @param {string} line */
async function offered(cwd, line) {
  const words = line.split(' ').map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = await shell(`source <(aigobo completion bash); COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _aigobo; printf '%s\\n' "\${COMPREPLY[@]}"`, { cwd });
  assert.equal(stderr, '');
  return stdout.split('\n').filter((word) => word !== '');
}

test('bash completes commands, flags, choices, endpoints and files', async (t) => {
  const cwd = folder(t, FILES);
  const at = (/** @type {string} */ line) => offered(cwd, line);
  assert.deepEqual(await at('aigobo se'), ['seal']);
  assert.ok((await at('aigobo ')).includes('completion') && (await at('aigobo --l')).includes('--lang'));
  assert.deepEqual((await at('aigobo call ')).sort(), endpoints.map(({ name }) => name).sort());
  assert.deepEqual(await at('aigobo call getProductDetail --tim'), ['--timeout-ms']);
  assert.deepEqual(await at('aigobo --json endpoints createP'), ['createPreOrder']);
  assert.deepEqual(await at('aigobo call --environment '), ['test', 'production']);
  assert.deepEqual(await at('aigobo call --lang '), ['en', 'zh']);
  assert.deepEqual(await at('aigobo --lang '), ['en', 'zh']);
  assert.deepEqual(await at('aigobo call --env-file te'), ['test.env']);
  assert.deepEqual(await at('aigobo seal --data @bo'), ['@body.json']);
  assert.deepEqual(await at('aigobo seal --data x'), []);
  assert.deepEqual(await at('aigobo open a'), ['a log.txt']);
  assert.deepEqual(await at('aigobo sandbox --state bod'), ['body.json']);
  assert.deepEqual(await at('aigobo notify '), ['deliver', 'return', 'refund']);
  assert.deepEqual(await at('aigobo completion '), ['bash', 'zsh', 'fish']);
  assert.ok((await at('aigobo help ')).includes('doctor'));
  assert.deepEqual(await at('aigobo call --nonsense'), []);
});

test('every command and flag of the help is completed', async (t) => {
  const cwd = folder(t);
  for (const command of ['sandbox', 'endpoints', 'call', 'seal', 'open', 'explain', 'doctor', 'notify', 'vectors', 'completion']) {
    const { stdout } = await run([command, '--help']);
    const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag).filter((flag) => flag !== '--version');
    assert.ok(flags.length >= 3);
    assert.deepEqual((await offered(cwd, `aigobo ${command} --`)).sort(), flags.sort(), command);
  }
});

test('scripts of bash, zsh and fish are sound; zsh and fish where they are installed', async (t) => {
  const cwd = folder(t, FILES);
  for (const name of ['bash', 'zsh', 'fish']) {
    const { script } = await json(['completion', name]);
    assert.equal(script, (await run(['completion', name])).stdout);
    assert.ok(script.includes('getOrderDetail') && script.includes('--env-file') === (name !== 'fish'));
    if (spawnSync(name, ['--version']).error) continue;
    writeFileSync(join(cwd, 'script'), script);
    assert.deepEqual(await shell(`${name} -n script`, { cwd }), { code: 0, stdout: '', stderr: '' });
    if (name === 'fish') {
      const at = async (/** @type {string} */ line) => (await shell(`fish -c 'aigobo completion fish | source; complete -C "${line}"'`, { cwd })).stdout.trim().split('\n').map((word) => word.split('\t')[0]);
      assert.deepEqual(await at('aigobo se'), ['seal']);
      assert.deepEqual(await at('aigobo --lan'), ['--lang']);
      assert.deepEqual(await at('aigobo notify r'), ['refund', 'return']);
      assert.deepEqual(await at('aigobo call --environment p'), ['production']);
      assert.ok((await at('aigobo call getP')).includes('getProductDetail'));
      assert.deepEqual(await at('aigobo seal --env-file te'), ['test.env']);
    }
    if (name === 'zsh') {
      const at = terminal(t, ['-f', '-i'], { program: 'zsh', cwd });
      at.types("PS1='> '; autoload -U compinit; compinit -u -D; source script; echo rea''dy\r");
      await at.shows(/ready\n/);
      for (const [typed, completed] of /** @type {[string, RegExp][]} */ ([
        ['aigobo sea\t', /aigobo seal/],
        ['aigobo --lan\t', /aigobo --lan\x07?g/],
        ['aigobo call getProd\t', /aigobo call getProductDetail/],
        ['aigobo call --environment pro\t', /--environment production/],
        ['aigobo seal --data @bo\t', /--data @body\.json/],
        ['aigobo notify de\t', /notify deliver/],
        ['aigobo open a\t', /open a\\ log\.txt/],
      ])) {
        at.types(typed);
        await at.shows(completed);
        at.types('\x15');
      }
    }
  }
});
