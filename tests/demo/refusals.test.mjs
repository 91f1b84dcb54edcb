// What the demo shop's buyer hears when a step is refused, has no answer, or is none of theirs.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { demo, field, fill, noKeyWasSeen, open, openShop, shot } from './buyer.js';

openShop();

const notice = '.summary[role=alert]';

/** An order for so many people, paid. @returns its page */
async function bought(people = 1) {
  const page = await open('/buy?product=200437');
  await fill(page);
  for (let place = 1; place < people; place += 1) {
    await page.click('#add');
    await page.fill(field(`insuredInfoList[${place}].insuredName`), '李四');
  }
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认支付' }).click();
  await page.locator('#news li').nth(people - 1).waitFor();
  return page;
}

/** @param {string} url @param {string} body @param {Record<string, string>} [headers] */
const post = (url, body, headers) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body, redirect: 'manual' });

test('a pre-order without an answer: the form is still filled in, and submitting it again is right', async () => {
  const page = await open('/buy?product=200437');
  await fill(page);
  demo.sandbox.faults([{ fault: 'lost-answer', endpoint: 'createPreOrder', times: 1 }]);
  await page.click('button.wide');
  assert.match(await page.locator(notice).innerText(), /平台没有应答.*您还没有付款，请再次提交/);
  assert.equal(await page.inputValue(field('insuredInfoList[0].insuredCardNo')), '11010519491231002X');
  await shot(page, 'no-answer');
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认支付' }).waitFor();
});

test('a pre-order that the platform refuses: its words, and the form as it was filled in', async () => {
  const page = await open('/buy?product=200437');
  await fill(page);
  demo.sandbox.faults([{ fault: 'code', code: '3000', endpoint: 'createPreOrder', times: 1 }]);
  await page.click('button.wide');
  assert.match(await page.locator(notice).innerText(), /^平台未接受: 3000 /);
  assert.equal(await page.inputValue(field('holderInfo.holderName')), '王小明');
});

test('a surrender is confirmed first; without an answer the order shows whether it was done', async () => {
  const page = await bought();
  page.removeAllListeners('dialog');
  page.once('dialog', (dialog) => dialog.dismiss());
  await page.getByRole('button', { name: '整单退保' }).click();
  assert.equal(await page.textContent('#status'), '已支付');

  page.on('dialog', (dialog) => dialog.accept());
  demo.sandbox.faults([{ fault: 'reset', endpoint: 'surrenderByOrderCode', times: 1 }]);
  await page.getByRole('button', { name: '整单退保' }).click();
  assert.match(await page.locator(notice).innerText(), /平台没有应答.*请先看订单的状态/);
  assert.equal(await page.textContent('#status'), '已支付');
  await shot(page, 'no-answer-to-a-surrender');

  // The page that answered a form hears callbacks, too, and sends no form again.
  const calls = () => /** @type {any} */ (demo.sandbox.snapshot()).calls.filter((/** @type {any} */ { endpoint }) => endpoint === 'surrenderByOrderCode').length;
  const before = calls();
  assert.equal((await post(page.url(), '')).status, 303);
  await page.locator('#news li').nth(2).waitFor();
  assert.deepEqual([await page.textContent('#status'), await page.locator(notice).count(), calls()], ['已退款', 0, before + 1]);

  // And where the order itself cannot be seen, the advice stays the same.
  const other = await bought();
  demo.sandbox.faults([{ fault: 'reset', endpoint: 'surrenderByOrderCode' }, { fault: 'code', code: '9999', endpoint: 'getOrderDetail', after: 1 }]);
  await other.getByRole('button', { name: '整单退保' }).click();
  assert.match((await other.textContent('main')) ?? '', /平台没有应答.*请先看订单的状态/s);
  demo.sandbox.faults([]);
});

test('what the platform refuses of an order is said on the order’s page', async () => {
  const page = await bought();
  await page.getByRole('button', { name: '整单退保' }).click();
  await page.locator('#news li').nth(2).waitFor();
  const answer = await post(`${page.url()}/surrender`, '');
  assert.equal(answer.status, 502);
  assert.match(await answer.text(), /role="alert">平台未接受: 4001 [^]*id="status">已退款</);
});

test('a pre-order that expired leads to a new one', async () => {
  const page = await open('/buy?product=200437');
  await fill(page);
  await page.click('button.wide');
  await page.getByRole('button', { name: '确认支付' }).waitFor();
  const { calls } = /** @type {any} */ (demo.sandbox.snapshot());
  const { body } = calls.findLast((/** @type {any} */ { endpoint }) => endpoint === 'createPreOrder');
  demo.sandbox.advance(25 * 3_600_000);
  await page.goto(body.returnPage);
  await page.getByRole('link', { name: '继续前往投保' }).click();
  await page.getByText('预订单已过期').waitFor();
  await page.goto(body.returnPage);
  await page.getByRole('link', { name: '重新选择产品' }).click();
  await page.locator('.products').waitFor();
});

test('a fault of the shop’s own is for its own people: the buyer hears the platform’s words, the log what to do', async (t) => {
  const log = t.mock.method(console, 'error', () => {});
  demo.sandbox.faults([{ fault: 'code', code: '2000', times: 1 }]);
  const page = await open();
  assert.match((await page.textContent('main')) ?? '', /平台未接受\s*2000 接口签名错误/);
  assert.match(log.mock.calls.map(({ arguments: said }) => said.join(' ')).join('\n'), /^GatewayError .*2000.*Check md5SecretKey first/m);
});

test('a policy of another order is not surrendered', async () => {
  const [mine, theirs] = [await bought(2), await bought(2)];
  const policyCode = await theirs.locator('.policy-code').first().innerText();
  assert.equal((await post(`${mine.url()}/surrender`, `policyCode=${policyCode}`)).status, 400);
  await theirs.reload();
  assert.deepEqual(await theirs.locator('.policy-status').allTextContents(), ['已承保', '已承保']);
});

test('a forged callback changes nothing, nor does another site’s form', async () => {
  const { orders } = /** @type {any} */ (demo.sandbox.snapshot());
  const body = JSON.stringify({ tempOrderCode: orders[0].tempOrderCode, policyCode: 'P', success: true });
  assert.equal((await fetch(`${demo.url}/hooks`, { method: 'POST', body })).status, 403);
  const forged = await post(`${demo.url}/orders`, 'productCode=200437', { origin: 'https://elsewhere.example' });
  assert.equal(forged.status, 403);
  assert.match(await forged.text(), /这不是本店的表单/);
});

test('under another name of this machine the shop leads to its own address', async () => {
  const page = await open();
  await page.goto(`${demo.url.replace('127.0.0.1', 'localhost')}/buy?product=200437`);
  assert.equal(page.url(), `${demo.url}/buy?product=200437`);
});

test('a port that is taken, or none, is said in a line', async () => {
  const main = new URL('../../www-demo/main.mjs', import.meta.url).href;
  for (const [PORT, why] of [[new URL(demo.url).port, /is taken by another program/], ['http', /PORT must be a whole number from 0 to 65535/]]) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', `await (await import(${JSON.stringify(main)})).runDemo()`], { env: { ...process.env, PORT: String(PORT) }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    assert.equal(await new Promise((ended) => child.once('close', ended)), 1);
    assert.match(said, /** @type {RegExp} */ (why));
    assert.match(said, /^The demo cannot start: [^\n]+PORT=8081 npm run demo[^\n]+\n$/);
  }
});

noKeyWasSeen();
