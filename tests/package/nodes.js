// The programs that the tests run in.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const modules = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), '..');

/** A package's program, as npm links it. @param {string} name */
export const bin = (name) => join(modules, '.bin', name);

/** Node's own releases as packages; this machine's runs the tests. @type {[name: string, program: string][]} */
export const NODES = [['this Node', process.execPath]];
for (const name of ['node22', 'node24']) {
  const program = join(modules, name, 'bin/node');
  if (existsSync(program)) NODES.push([name, program]);
}
if (process.env.CI === 'true' && process.platform === 'linux' && process.arch === 'x64') assert.equal(NODES.length, 3, 'Node 22 and 24 are missing');
