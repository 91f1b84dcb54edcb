// The sandbox's own page in Chromium, beside a shop that calls.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Client } from 'aigobo';
import { serveSandbox } from 'aigobo/sandbox-server';
import { chromium } from 'playwright-core';
import { MEMBER, preOrder } from '../package/shop.js';

/** @type {Awaited<ReturnType<typeof serveSandbox>>} */
let serving;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;
/** Where callbacks go: refuses the first. @type {import('node:http').Server} */
let shop;
/** @type {string} */
let hooks;
/** @type {any[]} */
const heard = [];
/** @type {string[]} */
const complaints = [];

before(async () => {
  shop = createServer((request, response) => {
    heard.push(request.url);
    request.resume();
    response.writeHead(heard.length === 1 ? 503 : 200).end();
  });
  await new Promise((listening) => shop.listen(0, '127.0.0.1', () => listening(undefined)));
  hooks = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (shop.address()).port}`;
  serving = await serveSandbox({ port: 0 });
  browser = await chromium.launch({ executablePath: process.env.AIGOBO_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
  page = await browser.newPage({ locale: 'en-GB' });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(serving.url);
});

after(async () => {
  await browser.close();
  await serving.close();
  await new Promise((closed) => shop.close(closed));
});

test('calls, orders, notifications and faults, as they happen', async () => {
  assert.equal(await page.title(), 'Aigobo sandbox');
  const client = new Client({ ...serving.clientOptions, maxRetries: 0 });
  const { memberId } = await client.registerMember({ ...MEMBER, company: '<img src=x onerror=alert(1)>' });
  const order = preOrder(memberId, { deliverNotifyUrl: `${hooks}/deliver`, insuredInfoList: [{ insuredName: '王小明' }] });
  const { tempOrderCode } = await client.createPreOrder(order);

  // A call, taken apart.
  const call = page.locator('[data-call]').filter({ hasText: 'createPreOrder' });
  await call.locator('summary').click();
  assert.match(await call.locator('pre').nth(0).innerText(), /"insuredName": "王小明"/);
  assert.match(await call.locator('pre').nth(1).innerText(), /^DELIVERNOTIFYURL=/);
  assert.equal(await page.locator('img').count(), 0);

  // The order goes on its way when the buyer pays, and the callback that was refused is sent again.
  const row = page.locator(`[data-order="${tempOrderCode}"]`);
  assert.equal(await row.locator('svg').getAttribute('aria-label'), 'pre-order');
  await row.getByRole('button', { name: 'Pay as the buyer' }).click();
  await row.locator('svg[aria-label="pre-order → unpaid → paid"]').waitFor();
  assert.equal(await row.locator('g.now text').textContent(), 'paid');
  const told = page.locator('[data-notification]').first();
  await told.locator('.tag', { hasText: '503' }).waitFor();
  await told.getByRole('button', { name: 'Resend' }).click();
  await told.locator('.tag', { hasText: '200' }).waitFor();
  assert.deepEqual(heard, ['/deliver', '/deliver']);
  // What was opened stays open.
  assert.equal(await call.getAttribute('open'), '');

  // Why a sign is wrong.
  const wrong = new Client({ ...serving.clientOptions, md5SecretKey: 'another-secret', maxRetries: 0 });
  await assert.rejects(wrong.getOrderDetail({ tempOrderCode, memberId }));
  const refused = page.locator('[data-call]').first();
  await refused.locator('.tag', { hasText: '2000' }).waitFor();
  await refused.locator('summary').click();
  const [came, expected] = await refused.locator('pre.bad').allInnerTexts();
  assert.ok(came !== expected && [came, expected].every((sign) => /^[0-9a-f]{32}$/.test(sign ?? '')));

  // A fault on, and off.
  await page.selectOption('select[name=fault]', 'code');
  await page.fill('input[name=takes]', '1001');
  await page.selectOption('select[name=only]', 'getOrderDetail');
  await page.getByRole('button', { name: 'Switch on' }).click();
  const fault = page.locator('[data-fault=code]');
  await fault.waitFor();
  await assert.rejects(client.getOrderDetail({ tempOrderCode, memberId }), /1001/);
  await fault.filter({ hasText: 'struck 1' }).waitFor();
  await fault.getByRole('button', { name: 'Switch off' }).click();
  await fault.waitFor({ state: 'detached' });
  assert.equal((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已支付');

  // Time goes on, and everything is forgotten.
  const left = await client.createPreOrder(preOrder(memberId));
  const before = await page.locator('#now').textContent();
  await page.getByRole('button', { name: '+1 day' }).click();
  await page.locator(`[data-order="${left.tempOrderCode}"] svg[aria-label="pre-order → expired"]`).waitFor();
  await page.waitForFunction((before) => document.querySelector('#now')?.textContent !== before, before);
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Reset' }).click();
  await row.waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
});

test('in Chinese, and on a phone', async () => {
  const phone = await browser.newPage({ locale: 'zh-CN', viewport: { width: 360, height: 740 } });
  await phone.goto(`${serving.url}/_sandbox/`);
  await phone.getByRole('heading', { name: '接口调用' }).waitFor();
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  await phone.close();
});

test('no page of another site reaches the controls', async () => {
  const other = createServer((_, response) => response.end('<!doctype html>'));
  await new Promise((listening) => other.listen(0, '127.0.0.1', () => listening(undefined)));
  const foreign = await browser.newPage({ locale: 'en-GB' });
  await foreign.goto(`http://localhost:${/** @type {import('node:net').AddressInfo} */ (other.address()).port}/`);
  const client = new Client(serving.clientOptions);
  await client.registerMember(MEMBER);
  await foreign.evaluate((url) => fetch(`${url}/_sandbox/reset`, { method: 'POST', mode: 'no-cors' }), serving.url);
  // Nor one of another port of this machine; a link to the page is fine.
  await foreign.goto(hooks);
  await foreign.evaluate((url) => fetch(`${url}/_sandbox/reset`, { method: 'POST', mode: 'no-cors' }), serving.url);
  await foreign.evaluate((url) => void (document.body.innerHTML = `<a href="${url}/_sandbox/">look</a>`), serving.url);
  await foreign.click('a');
  await foreign.getByRole('heading', { name: 'Calls' }).waitFor();
  assert.equal(serving.sandbox.snapshot().members.length, 1);
  const { port } = new URL(serving.url);
  // By a name that somebody made point to this machine.
  const renamed = await new Promise((resolve) => {
    import('node:http').then(({ request }) => request({ port, host: '127.0.0.1', path: '/_sandbox/state', headers: { host: 'evil.example' } }, (answer) => resolve((answer.resume(), answer.statusCode))).end());
  });
  assert.equal(renamed, 403);
  await foreign.close();
  await new Promise((closed) => other.close(closed));
});
