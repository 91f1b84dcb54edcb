// @ts-check
// Prints the names of the functions of a file that are called from its loading to the first envelope. Runs in a process of its own: only
// there nothing has been called before, and the main entry stays in the process that loaded it.

import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const file = String(process.argv[2]);
const { href } = pathToFileURL(file);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true });
// By import every getter of a CommonJS entry would count as called.
const { seal } = file.endsWith('.cjs') ? createRequire(href)(file) : await import(href);
seal({ orderCode: 'O1' }, { accessToken: 't', desKey: '12345678', md5SecretKey: 's' });
const { result } = await session.post('Profiler.takePreciseCoverage');
const { functions = [] } = result.find(({ url }) => url === href) ?? {};
const called = functions.filter(({ functionName, ranges: [whole] }) => functionName !== '' && Number(whole?.count) > 0);
console.log(called.map(({ functionName }) => functionName).join(' '));
