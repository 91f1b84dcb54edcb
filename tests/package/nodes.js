// The Nodes that the tests run in.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Node's own releases as packages; this machine's runs the tests. @type {[name: string, program: string][]} */
export const NODES = [['this Node', process.execPath]];
for (const name of ['node22', 'node24']) {
  const program = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), '..', name, 'bin/node');
  if (existsSync(program)) NODES.push([name, program]);
}
if (process.env.CI === 'true' && process.platform === 'linux' && process.arch === 'x64') assert.equal(NODES.length, 3, 'Node 22 and 24 are missing');
