// Calls that go through an HTTP proxy, in the runtimes that read its address from the environment.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { serveSandbox } from 'aigobo/sandbox-server';
import { listen } from './lab.js';
import { NODES, bin } from './nodes.js';

const CALL = `
import { Client } from 'aigobo';
const client = Client.fromEnv();
const { memberId } = await client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
console.log(memberId);
`;

/** Node does so from 22.21 and 24.5 on. @type {[name: string, program: string, args: string[]][]} */
const RUNTIMES = [
  ...NODES.slice(1).map(([name, program]) => /** @type {[string, string, string[]]} */ ([name, program, []])),
  ['Deno', bin('deno'), ['run', '--allow-net', '--allow-env', '--node-modules-dir=manual']],
  ['Bun', bin('bun'), []],
];

writeFileSync('proxied-call.mjs', CALL);

for (const [name, program, args] of RUNTIMES) {
  test(`${name} calls through the proxy of the environment`, async (t) => {
    const serving = await serveSandbox({ port: 0 });
    t.after(() => serving.close());
    const target = new URL(serving.url);
    let passed = 0;
    // It alone knows the way: at the address that is called nobody listens.
    const proxy = createServer((request, response) => {
      passed++;
      const { pathname, search } = new URL(request.url ?? '');
      const { method, headers } = request;
      request.pipe(ask({ host: '127.0.0.1', port: target.port, path: pathname + search, method, headers }, (answer) => void answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))));
    }).on('connect', (_request, socket) => {
      passed++;
      const through = connect(Number(target.port), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      through.on('error', () => socket.destroy());
      socket.on('error', () => through.destroy()).pipe(through).pipe(socket);
    });
    const address = await listen(t, proxy);
    const { accessToken, desKey, md5SecretKey, distrCode, employeeCode, invitateCode } = /** @type {any} */ (serving.clientOptions);
    const env = {
      PATH: process.env.PATH, HOME: process.env.HOME, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: address, http_proxy: address,
      AIGOBO_ACCESS_TOKEN: accessToken, AIGOBO_DES_KEY: desKey, AIGOBO_MD5_SECRET_KEY: md5SecretKey, AIGOBO_DISTR_CODE: distrCode, AIGOBO_EMPLOYEE_CODE: employeeCode, AIGOBO_INVITATE_CODE: invitateCode,
      AIGOBO_BASE_URL: 'http://localhost:2',
    };
    const { stdout } = await promisify(execFile)(program, [...args, 'proxied-call.mjs'], { env, timeout: 60_000 });
    assert.deepEqual([stdout, passed > 0], ['100001\n', true]);
  });
}
