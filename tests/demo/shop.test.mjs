// A buyer at the demo shop, in a real browser, from the product to the policies.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demo, field, fill, noKeyWasSeen, open, openShop, ready, shot } from './buyer.js';

openShop();

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
  assert.match(await page.locator('.summary').innerText(), /纳税人识别号 必填/);
  assert.deepEqual([await page.inputValue('input[name=invoiceTitle]'), await page.isChecked('input[name=invoiceType][value="2"]')], ['杭州示例旅行社', true]);
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
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认支付' }).click();
  await page.waitForURL(`${demo.url}/orders/*`);
  assert.deepEqual([await page.textContent('#status'), await page.textContent('.policy-status')], ['paid', 'in force']);
});

noKeyWasSeen();
