// The order form of the demo shop: what it says of bad input, and what becomes of each person in it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demo, field, fill, noKeyWasSeen, open, openShop, ready, shot } from './buyer.js';

openShop();

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
    const answer = await order(`${encodeURIComponent(name)}=x`);
    assert.equal(answer.status, 422, name);
    assert.match(await answer.text(), new RegExp(`>[^<]*${name.split('.').at(-1)}</a> 不支持的字段`));
  }
  for (const stray of [{}, [], () => {}]) assert.equal(/** @type {any} */ (stray).stray, undefined);
  assert.equal((await order(`holderInfo.holderName=${'x'.repeat(2 << 20)}`)).status, 413);
  assert.equal((await fetch(`${demo.url}/?lang=en`)).status, 200);
});

noKeyWasSeen();
