// A buyer at the demo shop, in a real browser, from the product to the policies.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startDemo } from '../../www-demo/main.mjs';

const SHOTS = new URL('../../target/screenshots/', import.meta.url);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @type {Awaited<ReturnType<typeof startDemo>>} */
let demo;
/** @type {import('playwright-core').Browser} */
let browser;
/** Everything any page received, with what it sent. @type {string[]} */
const seen = [];
/** @type {Promise<unknown>[]} */
const reading = [];

before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  demo = await startDemo({ port: 0 });
  browser = await chromium.launch({ executablePath: process.env.AIGOBO_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
});

after(async () => {
  await browser.close();
  await demo.close();
});

async function open(path = '/', options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  page.on('response', (response) => {
    seen.push(response.url(), JSON.stringify(response.headers()), response.request().postData() ?? '');
    // A stream of events has no end to wait for; it holds numbers alone.
    if (response.headers()['content-type']?.startsWith('text/event-stream')) return;
    reading.push(response.body().then((body) => seen.push(body.toString('latin1')), () => {}));
  });
  page.setDefaultTimeout(15_000);
  await page.goto(demo.url + path);
  return page;
}

/** @param {import('playwright-core').Page} page */
const ready = (page) => page.locator('#order[data-ready=true]').waitFor();

/** @param {string} path */
const field = (path) => `[id="${path}"]`;

/** @param {import('playwright-core').Page} page @param {string} name */
const shot = (page, name) => page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname, fullPage: true });

/** @param {import('playwright-core').Page} page */
async function fill(page) {
  await ready(page);
  await page.fill(field('holderInfo.holderName'), '王小明');
  await page.fill(field('holderInfo.holderCardNo'), '11010519491231002X');
  await page.click('.same');
}

test('the cashier: chosen, filled in, paid, back with policies', async () => {
  const page = await open();
  await shot(page, 'home');
  await page.click('a[href="/buy?product=200437"]');
  await fill(page);
  assert.equal(await page.inputValue(field('holderInfo.holderBirthday')), '1949-12-31');
  assert.equal(await page.inputValue(field('holderInfo.holderGender')), 'F');
  await page.click('#add');
  await page.fill(field('insuredInfoList[1].insuredName'), '李四');
  await shot(page, 'form');
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认支付' }).waitFor();
  await shot(page, 'cashier');
  await page.getByRole('button', { name: '确认支付' }).click();
  await page.waitForURL(`${demo.url}/orders/*`);
  assert.equal(await page.textContent('#status'), '已支付');
  assert.equal(await page.locator('.policy-code').count(), 2);
  assert.deepEqual(await page.locator('.policy-status').allTextContents(), ['已承保', '已承保']);
  await shot(page, 'order');
  await demo.sandbox.settled();
  const { notifications } = /** @type {any} */ (demo.sandbox.snapshot());
  assert.ok(notifications.length >= 2 && notifications.every((/** @type {any} */ one) => one.answer === 200));
});

test('the order page: what the platform told as it came, documents, invoice, surrender of one and of all, and the platform’s own list', async () => {
  const page = await open('/buy?product=200437');
  await fill(page);
  await page.click('#add');
  await page.fill(field('insuredInfoList[1].insuredName'), '李四');
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认支付' }).click();
  await page.locator('#news li').nth(1).waitFor();
  assert.deepEqual((await page.locator('#news li').allTextContents()).map((line) => line.split(' ').slice(0, 2)), [['投保', '成功'], ['投保', '成功']]);
  await page.check('input[name=invoiceType][value="2"]');
  await page.fill('input[name=invoiceTitle]', '杭州示例旅行社');
  await page.click('#apply');
  assert.match((await page.textContent('main')) ?? '', /纳税人识别号 必填/);
  await page.goBack();
  await page.fill('input[name=taxpayerNo]', '91330100799655058B');
  await page.click('#apply');
  await page.locator('#invoices a').first().waitFor();
  for (const link of await page.locator('.products a, #invoices a').all()) {
    const document = await fetch((await link.getAttribute('href')) ?? '');
    assert.equal(document.headers.get('content-type'), 'application/pdf');
  }
  await page.locator('.products .surrender').first().click();
  await page.locator('#news li').nth(3).waitFor();
  assert.equal(await page.textContent('#status'), '部分退保');
  await page.getByRole('button', { name: '整单退保' }).click();
  await page.locator('#news li').nth(5).waitFor();
  assert.equal(await page.textContent('#status'), '已退款');
  await shot(page, 'order-surrendered');
  assert.deepEqual((await page.locator('#news li').allTextContents()).map((line) => line.split(' ')[0]), ['投保', '投保', '退保', '退款', '退保', '退款']);
  await page.getByRole('link', { name: '在平台查看全部订单' }).click();
  await page.waitForURL(/distr\/myorder\/list/);
  assert.ok((await page.textContent('body'))?.includes('已退款'));
});

test('a group in the shop, whose invoices are none; surrendered on the platform’s page', async () => {
  const page = await open('/buy?product=100434');
  await fill(page);
  for (const [place, name] of [[1, '李四'], [2, '王五']]) {
    await page.click('#add');
    await page.fill(field(`insuredInfoList[${place}].insuredName`), String(name));
  }
  await page.click('button.wide');
  await page.getByText('团单').waitFor();
  await page.getByRole('button', { name: '确认支付' }).click();
  await page.locator('#news li').first().waitFor();
  assert.equal(new Set(await page.locator('.policy-code').allTextContents()).size, 1);
  assert.equal(await page.locator('.products .surrender, #apply').count(), 0);
  const order = page.url();
  await page.getByRole('link', { name: '在平台查看全部订单' }).click();
  await page.getByRole('button', { name: '退保' }).first().click();
  await page.getByText('已退款').first().waitFor();
  await page.goto(order);
  await page.locator('#news li').nth(2).waitFor();
  assert.equal(await page.textContent('#status'), '已退款');
});

test('a forged callback changes nothing', async () => {
  const { orders } = /** @type {any} */ (demo.sandbox.snapshot());
  const body = JSON.stringify({ tempOrderCode: orders[0].tempOrderCode, policyCode: 'P', success: true });
  assert.equal((await fetch(`${demo.url}/hooks`, { method: 'POST', body })).status, 403);
});

test('on credit: confirmed at the platform, paid at the shop', async () => {
  const page = await open('/buy?product=100371');
  await fill(page);
  await page.check('input[name=payType][value="1"]');
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认投保' }).click();
  await page.waitForURL(`${demo.url}/orders/*`);
  assert.equal(await page.textContent('#status'), '待支付');
  await page.getByRole('button', { name: '去支付' }).click();
  await page.locator('.policy-code').waitFor();
  assert.equal(await page.textContent('#status'), '已支付');
});

test('issues appear beside their fields while typing', async () => {
  const page = await open('/buy?product=200437');
  await ready(page);
  await page.fill(field('safeguardEndTime'), '2001-01-01');
  assert.equal(await page.textContent(field('safeguardEndTime-issue')), '止保日期不能早于起保日期');
  await page.fill(field('holderInfo.holderName'), '长'.repeat(33));
  assert.equal(await page.textContent(field('holderInfo.holderName-issue')), '内容过长：最多 32 个字');
  assert.equal(await page.getAttribute(field('holderInfo.holderName'), 'aria-invalid'), 'true');
  await page.click('button.wide');
  assert.equal(new URL(page.url()).pathname, '/buy');
  await shot(page, 'issues');
});

test('an issue stands beside its own person after rows were removed, and nobody is insured whom the buyer did not describe', async () => {
  const page = await open('/buy?product=200437');
  await ready(page);
  assert.equal(await page.locator('.remove').isVisible(), false);
  await page.fill(field('holderInfo.holderName'), '王小明');
  await page.click('#add');
  await page.click('#add');
  await page.locator('.remove').nth(1).click();
  const name = field('insuredInfoList[2].insuredName');
  await page.fill(name, '长'.repeat(33));
  const issues = () => page.$$eval('.issue', (all) => all.filter(({ textContent }) => textContent !== '').map(({ id }) => id));
  assert.deepEqual(await issues(), ['insuredInfoList[2].insuredName-issue']);
  await page.click('button.wide');
  assert.equal(new URL(page.url()).pathname, '/buy');
  assert.equal(await page.$eval(name, (input) => document.activeElement === input), true);

  // The server says the same of the same person.
  await page.$eval('#order', (form) => /** @type {HTMLFormElement} */ (form).submit());
  await page.locator('.summary').waitFor();
  await ready(page);
  await shot(page, 'issue-of-a-person');
  assert.match(await page.locator('.summary li').innerText(), /^被保人 2 · 姓名 内容过长/);
  assert.deepEqual(await issues(), ['insuredInfoList[2].insuredName-issue']);
  assert.deepEqual(await page.$$eval('.person', (rows) => rows.map((row) => /** @type {HTMLElement} */ (row).dataset.index)), ['0', '2']);

  await page.fill(name, '李四');
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认支付' }).waitFor();
  const { calls } = /** @type {any} */ (demo.sandbox.snapshot());
  const { body } = calls.findLast((/** @type {any} */ { endpoint }) => endpoint === 'createPreOrder');
  assert.deepEqual(body.insuredInfoList, [{ insuredName: '李四', insuredCardType: '1' }]);
  assert.deepEqual(body.holderInfo, { holderName: '王小明', holderCardType: '1' });
});

test('a row that was added is blank, and the holder is their own self', async () => {
  const page = await open('/buy?product=200437');
  await fill(page);
  await page.click('#add');
  const added = () => page.$$eval('.person:last-child :is(input, select)', (all) => all.map((input) => /** @type {HTMLInputElement} */ (input).value));
  assert.deepEqual(await added(), ['', '1', '', '', '', '', '', '']);
  await page.locator('.same').last().click();
  assert.deepEqual(await added(), ['王小明', '1', '11010519491231002X', '1949-12-31', 'F', '', '', '1']);
});

test('without JavaScript the server refuses the same, and keeps what was typed', async () => {
  const page = await open('/buy?product=200437', { javaScriptEnabled: false });
  await page.fill(field('holderInfo.holderName'), '王小明');
  await page.fill(field('safeguardEndTime'), '2001-01-01');
  await page.click('button.wide');
  await page.locator('.summary').waitFor();
  assert.equal(await page.textContent(field('safeguardEndTime-issue')), '止保日期不能早于起保日期');
  assert.equal(await page.inputValue(field('holderInfo.holderName')), '王小明');
});

test('what is none of its forms is refused, and changes nothing in the server', async () => {
  const order = (/** @type {string} */ fields) => fetch(`${demo.url}/orders`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `productCode=200437&${fields}`, redirect: 'manual' });
  const names = ['__proto__.stray', 'constructor.stray', 'toString.stray', 'other.stray', 'holderInfo', 'holderInfo[0].stray', 'insuredInfoList', 'insuredInfoList.stray', 'insuredInfoList[1000].stray', 'insuredInfoList[99999999].stray', 'insuredInfoList[-1].stray', 'insuredInfoList[0].a.b', '[0].stray', ''];
  for (const name of names) {
    const answer = await order(`${encodeURIComponent(name)}=x`);
    assert.equal(answer.status, 400, name);
    assert.match(await answer.text(), /这不是本店的表单/);
  }
  // Of the right form and yet no field: the rules say so.
  for (const name of ['__proto__', 'constructor', 'holderInfo.__proto__', 'holderInfo.constructor', 'insuredInfoList[0].__proto__', 'insuredInfoList[999].toString']) {
    assert.equal((await order(`${encodeURIComponent(name)}=x`)).status, 422, name);
  }
  for (const stray of [{}, [], () => {}]) assert.equal(/** @type {any} */ (stray).stray, undefined);
  assert.equal((await order(`holderInfo.holderName=${'x'.repeat(2 << 20)}`)).status, 413);
  assert.equal((await fetch(`${demo.url}/?lang=en`)).status, 200);
});

test('a cancelled payment is shown as such', async () => {
  const page = await open('/buy?product=200437');
  await fill(page);
  await page.click('button.wide');
  await page.getByRole('button', { name: '取消' }).click();
  await page.waitForURL(`${demo.url}/orders/*`);
  assert.equal(await page.textContent('#status'), '已取消');
});

test('with the keyboard alone', async () => {
  const page = await open('/buy?product=200104', { viewport: { width: 1280, height: 800 } });
  await ready(page);
  await page.focus(field('holderInfo.holderName'));
  await page.keyboard.type('王小明');
  await page.focus('button.wide');
  await page.keyboard.press('Enter');
  const pay = page.getByRole('button', { name: '确认支付' });
  await pay.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${demo.url}/orders/*`);
  assert.equal(await page.textContent('#status'), '已支付');
  await shot(page, 'order-wide');
});

test('English is one click away, and nothing scrolls sideways on a phone', async () => {
  const page = await open('/buy?product=200161');
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Continue to the insurer' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test('no page ever received a key', async () => {
  await Promise.all(reading);
  assert.ok(seen.length > 100);
  const all = seen.join('\n');
  for (const name of /** @type {const} */ (['accessToken', 'desKey', 'md5SecretKey'])) {
    assert.ok(!all.includes(demo.clientOptions[name]), name);
  }
});
