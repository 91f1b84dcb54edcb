// The guide to recordings as pasted: recorded against a sandbox over HTTP, then served without keys and without a gateway.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serveSandbox } from 'aigobo/sandbox-server';

for (const [runner, args, file] of /** @type {[string, string[], string][]} */ ([
  ['vitest', ['vitest/vitest.mjs', 'run', '--root', 'guides', '--cache=false'], 'recorded.vitest.test.mjs'],
  ['jest', ['jest/bin/jest.js', '--rootDir', 'guides', '--cache=false'], 'recorded.jest.test.cjs'],
])) {
  test(`with ${runner}: recorded, then replayed`, async (t) => {
    const recording = `guides/recordings/product.${runner}.json`;
    rmSync(recording, { force: true });
    const serving = await serveSandbox({ port: 0 });
    t.after(() => serving.close());
    const { accessToken, desKey, md5SecretKey, distrCode } = serving.clientOptions;
    const keys = { AIGOBO_ACCESS_TOKEN: accessToken, AIGOBO_DES_KEY: desKey, AIGOBO_MD5_SECRET_KEY: md5SecretKey, AIGOBO_DISTR_CODE: distrCode, AIGOBO_BASE_URL: serving.url };
    // As a user's own shell, not as a test within a test.
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const [program = '', ...rest] = args;
    const run = (/** @type {NodeJS.ProcessEnv} */ extra) => promisify(execFile)(process.execPath, [fileURLToPath(new URL(`../../node_modules/${program}`, import.meta.url)), ...rest, file], { env: { ...env, NO_COLOR: '1', ...extra } });
    await run({ ...keys, RECORD: '1' });
    const text = readFileSync(recording, 'utf8');
    assert.ok(text.includes('计划一') && !text.includes('王小明') && !text.includes('13800000000'));
    await serving.close();
    const { stdout, stderr } = await run({});
    assert.match(stdout + stderr, /1 passed/);
    assert.equal(readFileSync(recording, 'utf8'), text);
  });
}
