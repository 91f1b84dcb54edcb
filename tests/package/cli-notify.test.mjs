// `aigobo notify`

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createNotificationHandler, notifyUrls, toNodeHandler } from 'aigobo/notifications';
import { envFile, json, run } from './cli.js';
import { folder } from './folder.js';
import { listen } from './lab.js';

const SECRET = 'the-handlers-own-secret';

/** A shop with the library's own handler. @param {import('node:test').TestContext} t */
async function shop(t) {
  /** @type {any[]} */
  const told = [];
  const tell = async (/** @type {object} */ event) => void told.push(event);
  const handler = createNotificationHandler({ secret: SECRET, confirm: false, onError: () => {}, onDeliver: tell, onReturn: tell, onRefund: tell });
  const url = `${await listen(t, createServer(toNodeHandler(handler)))}/hooks/aigobo`;
  return { told, url };
}

test('each kind reaches the shop\'s function, with a token made of the secret', async (t) => {
  const { told, url } = await shop(t);
  const cwd = folder(t, { 'shop.env': envFile({ AIGOBO_NOTIFICATION_SECRET: SECRET }) });
  for (const kind of ['deliver', 'return', 'refund']) {
    const { code, stdout, stderr } = await run(['notify', kind, url, '--env-file', 'shop.env', '--out-serial-no', 'GP-1', '--member-id', 'M7', '--temp-order-code', 'TE1', '--order-code', 'O1', '--policy-code', 'P1'], { cwd });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, new RegExp(`^→ ${kind} \\{.*"tempOrderCode":"TE1".*\\}\n← 200 received\n\\{"code":"0000","message":"成功"\\}\n$`));
    assert.ok(!stdout.includes('token=') && !stdout.includes(SECRET));
  }
  assert.deepEqual(
    told.map(({ kind, memberId, outSerialNo, tempOrderCode, orderCode, policyCode, success }) => [kind, memberId, outSerialNo, tempOrderCode, orderCode, policyCode, success]),
    ['deliver', 'return', 'refund'].map((kind) => [kind, 'M7', 'GP-1', 'TE1', 'O1', 'P1', true]),
  );
  assert.equal((await json(['notify', 'deliver', url, '--failed'], { env: { AIGOBO_NOTIFICATION_SECRET: SECRET } })).received, true);
  assert.deepEqual([told[3].success, told[3].memberId], [false, '100001']);
});

test('an address that has its token already is used as it is', async (t) => {
  const { told, url } = await shop(t);
  const { returnNotifyUrl } = await notifyUrls({ base: url, secret: SECRET, memberId: 'M7', outSerialNo: 'GP-1' });
  assert.equal((await run(['notify', 'return', returnNotifyUrl, '--out-serial-no', 'GP-1'])).code, 0);
  assert.equal(told[0].memberId, 'M7');
});

test('anything but 200 is not received: exit 1, and what to do', async (t) => {
  const { told, url } = await shop(t);
  const { code, stdout, stderr } = await run(['notify', 'deliver', url]);
  assert.equal(code, 1);
  assert.match(stdout, /← 403 not taken for received: only 200 is/);
  assert.match(stderr, /without a token.*AIGOBO_NOTIFICATION_SECRET/);
  const wrong = await json(['notify', 'deliver', url], { env: { AIGOBO_NOTIFICATION_SECRET: 'another secret of the shop' } });
  assert.match((await run(['notify', 'deliver', url], { env: { AIGOBO_NOTIFICATION_SECRET: 'another secret of the shop' } })).stderr, /another secret than AIGOBO_NOTIFICATION_SECRET/);
  assert.deepEqual([wrong.received, wrong.status, wrong.token, wrong.body.success], [false, 403, true, true]);
  assert.equal(told.length, 0);

  const pages = createServer((request, response) => (request.url === '/moved' ? response.writeHead(302, { location: '/' }).end() : response.writeHead(500).end('x'.repeat(5_000))));
  const base = await listen(t, pages);
  const broken = await json(['notify', 'deliver', `${base}/`]);
  assert.deepEqual([broken.status, broken.answer.length, broken.received], [500, 501, false]);
  assert.equal((await json(['notify', 'deliver', `${base}/moved`])).status, 302);
  await new Promise((closed) => pages.close(closed).closeAllConnections());
  const nobody = await run(['notify', 'deliver', base, '--lang', 'zh']);
  assert.deepEqual([nobody.code, /无人应答（ECONNREFUSED）/.test(nobody.stderr)], [1, true]);
});

test('an address that grows too long with its token is refused', async () => {
  const { code, stderr } = await run(['notify', 'deliver', `https://shop.example.com/${'x'.repeat(500)}`], { env: { AIGOBO_NOTIFICATION_SECRET: SECRET } });
  assert.deepEqual([code, /the platform takes 512/.test(stderr)], [2, true], stderr);
});

test('a secret that no handler takes is refused, by its own name', async () => {
  for (const [lang, said] of /** @type {const} */ ([['en', /AIGOBO_NOTIFICATION_SECRET is none that a handler takes: 16 characters/], ['zh', /AIGOBO_NOTIFICATION_SECRET 不是处理程序所接受的/]])) {
    const { code, stderr } = await run(['notify', 'deliver', 'http://127.0.0.1:1/hooks', '--lang', lang], { env: { AIGOBO_NOTIFICATION_SECRET: 'fifteen letters' } });
    assert.deepEqual([code, said.test(stderr)], [2, true], stderr);
  }
});

test('no token is shown, even where the shop repeats the address', async (t) => {
  const url = await listen(t, createServer((request, response) => response.writeHead(404).end(`${'x'.repeat(400)} there is no POST ${request.url}`)));
  const { deliverNotifyUrl } = await notifyUrls({ base: url, secret: SECRET, memberId: '100001', outSerialNo: 'GP-1' });
  const token = String(new URL(deliverNotifyUrl).searchParams.get('token'));
  for (const [to, env] of /** @type {[string, Record<string, string>][]} */ ([[url, { AIGOBO_NOTIFICATION_SECRET: SECRET }], [deliverNotifyUrl, {}]])) {
    for (const more of [[], ['--json']]) {
      const { code, stdout, stderr } = await run(['notify', 'deliver', to, '--out-serial-no', 'GP-1', ...more], { env });
      assert.deepEqual([code, `${stdout}${stderr}`.includes(token.slice(0, 12)), stdout.includes('there is no POST')], [1, false, true]);
    }
  }
});
