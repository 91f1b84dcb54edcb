// What the demo shop says where a reply cannot be used, without a browser: the platform is a sandbox whose replies lose their data.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Client } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { createShop } from '../../www-demo/shop.mjs';

const ORIGIN = 'http://127.0.0.1:8080';
const FORM = { productCode: '200437', payType: '2', safeguardStartTime: '2021-07-18', safeguardEndTime: '2021-07-19', 'insuredInfoList[0].insuredName': '李四', 'insuredInfoList[0].insuredCardType': '1' };

/** @type {ReturnType<typeof createSandbox>} */
let sandbox;
/** @type {ReturnType<typeof createShop>} */
let shop;
/** The endpoint whose replies lose their data. */
let broken = '';

beforeEach(() => {
  broken = '';
  sandbox = createSandbox({ clock: () => 1_626_570_000_000, deliver: async () => new Response() });
  const client = new Client({
    ...sandbox.clientOptions,
    maxRetries: 0,
    async fetch(url, init) {
      const response = await sandbox.fetch(url, init);
      return broken !== '' && String(url).endsWith(broken) ? Response.json({ code: '0000', message: '成功', data: {} }) : response;
    },
  });
  shop = createShop({ client, origin: ORIGIN, platform: sandbox.clientOptions.baseUrl });
});

/** @param {string} path @param {Record<string, string>} fields */
const post = (path, fields) => shop.request(`${ORIGIN}${path}`, { method: 'POST', body: new URLSearchParams(fields) });

test('a pre-order whose reply has no url: the form is still filled in, and submitting it again is right', async () => {
  broken = '/addTemp';
  const answer = await post('/orders', FORM);
  const page = await answer.text();
  assert.equal(answer.status, 502);
  assert.match(page, /平台的应答不完整，无法继续。 您还没有付款，请再次提交。/);
  assert.match(page, /value="李四"/);
  assert.equal(sandbox.snapshot().orders.length, 1, 'it was carried out');
  broken = '';
  assert.equal((await post('/orders', FORM)).status, 303);
});

test('a registration without an answer, or with half of one, is tried again by the next page', async (t) => {
  t.mock.method(console, 'error', () => {});
  sandbox.faults([{ fault: 'lost-answer', endpoint: 'registerMember', times: 1 }]);
  assert.match(await (await shop.request(ORIGIN)).text(), /平台没有应答.*请稍后再试/s);
  broken = '/register';
  assert.match(await (await shop.request(ORIGIN)).text(), /出了点问题.*请稍后再试/s);
  broken = '';
  assert.equal((await shop.request(ORIGIN)).status, 200);
  assert.equal(sandbox.snapshot().members.length, 1);
});
