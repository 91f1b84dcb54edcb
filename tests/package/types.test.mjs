// The published types in a strict project.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';

test('compile strictly, with wrong calls refused', () => {
  const flags = ['--strict', '--noEmit', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];
  const { status, stdout } = spawnSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), ...flags, '--lib', 'es2023,dom,dom.iterable', 'types.ts'], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
