// What package.json says of the repository that built it, by which npm attests a tarball's provenance.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { folder } from './folder.js';
import { builtFrom, withOrigin } from '../../pkg-template/build/origin.mjs';

const installed = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));
const pkg = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));

test('the building repository is known in a CI of GitHub or GitLab, and nowhere else', () => {
  const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'some/shop' };
  const gitlab = { CI_PROJECT_URL: 'https://gitlab.com/some/group/shop' };
  assert.equal(builtFrom(github), 'https://github.com/some/shop');
  assert.equal(builtFrom(gitlab), 'https://gitlab.com/some/group/shop');
  for (const env of [{}, { GITHUB_SERVER_URL: 'https://github.com' }, { CI_PROJECT_URL: '' }, { CI: 'true' }]) assert.equal(builtFrom(env), undefined);
});

test('this package says where it was built, and nothing where that is unknown', () => {
  const { repository, homepage, bugs, ...rest } = pkg;
  assert.deepEqual(withOrigin(rest, builtFrom(process.env)), pkg);
  assert.deepEqual(pkg.publishConfig, { access: 'public', provenance: true });
});

test('what npm is told is what it takes', async (t) => {
  const manifest = withOrigin(pkg, 'https://github.com/some/shop');
  assert.deepEqual(manifest.repository, { type: 'git', url: 'git+https://github.com/some/shop.git' });
  const pkgDir = folder(t);
  cpSync(installed, pkgDir, { recursive: true });
  writeFileSync(join(pkgDir, 'package.json'), JSON.stringify(manifest));
  const { messages } = await publint({ pkgDir, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, /** @type {any} */ (manifest))), []);
});
