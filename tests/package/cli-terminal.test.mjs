// The interactive parts, in a real terminal.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { Client } from 'aigobo';
import { KEYS, serve, terminal } from './cli.js';
import { listen } from './lab.js';
import { MEMBER, SANDBOX, preOrder } from './shop.js';

const PRODUCTION = { ...KEYS, AIGOBO_BASE_URL: 'https://gateway.invalid' };
const SURRENDER = ['call', 'surrenderByOrderCode', '--data', '{"orderCode":"1","memberId":"1"}'];

test('colours, and tables as wide as the terminal', async (t) => {
  const wide = await terminal(t, ['endpoints'], { cols: 120 }).ended();
  assert.match(wide.raw, /\x1b\[36mgetProductDetail/);
  assert.match(wide.text, /^7\.5 .*getProductDetail .*\/api\/product\/getDistrProductDetail$/m);
  const narrow = await terminal(t, ['endpoints', '--lang', 'zh'], { cols: 60 }).ended();
  assert.match(narrow.text, /^7\.5 .*获取产品\n +\/api\/product\/getDistrProductDetail$/m);
  assert.ok(narrow.text.split('\n').every((line) => line.length <= 60));
  // Narrower than the columns before the last: a field a paragraph.
  const fields = await terminal(t, ['endpoints', 'getPolicyUrl', '--lang', 'zh'], { cols: 40 }).ended();
  assert.match(fields.text, /^tempOrderCode\n {6}预订单号 · 是 · 文本 ≤ 32 · 由\n {6}createPreOrder 返回$/m);
  assert.ok(!(await terminal(t, ['endpoints'], { env: { NO_COLOR: '1' } }).ended()).raw.includes('\x1b[36m'));
  assert.ok(!(await terminal(t, ['endpoints', '--json']).ended()).raw.includes('\x1b['));
});

test('a write to production is asked for: no, nothing, Ctrl-C and Ctrl-D send nothing', async (t) => {
  /** @type {[string, number, RegExp][]} */
  const answers = [['n\r', 1, /nothing was sent/], ['\r', 1, /nothing was sent/], ['yeah\r', 1, /nothing was sent/], ['\x03', 130, /cancelled: nothing was sent/], ['\x04', 130, /cancelled: nothing was sent/]];
  for (const [answer, exit, said] of answers) {
    const at = terminal(t, SURRENDER, { env: PRODUCTION });
    await at.shows(/surrenderByOrderCode WRITES to https:\/\/gateway\.invalid, which counts as PRODUCTION\. Send it\? \[y\/N\] /);
    at.types(answer);
    const { code, text } = await at.ended();
    assert.equal(code, exit, text);
    assert.match(text, said);
    assert.ok(!/ENOTFOUND|EAI_AGAIN|unknown/.test(text), 'it was sent');
  }
});

test('a yes sends it, in Chinese too; a read is not asked for', async (t) => {
  for (const [lang, question, answer] of /** @type {[string, RegExp, string][]} */ ([['en', /Send it\?/, 'y\r'], ['zh', /将写入.*（视为【生产网关】），确定发送吗？/, '是\r']])) {
    const at = terminal(t, [...SURRENDER, '--lang', lang], { env: PRODUCTION });
    await at.shows(question);
    at.types(answer);
    const { code, text } = await at.ended();
    assert.equal(code, 1);
    assert.match(text, /ENOTFOUND|EAI_AGAIN/);
  }
  const read = await terminal(t, ['call', 'getProductDetail', '--max-retries', '0', '--data', '{"productCode":"1","memberId":"1"}'], { env: PRODUCTION }).ended();
  assert.deepEqual([read.code, read.text.includes('[y/N]')], [1, false]);
});

test('a request is asked for field by field, and each answer is checked', async (t) => {
  const { url, client } = await serve(t);
  const { memberId } = await client.registerMember(MEMBER);
  const at = terminal(t, ['call', 'createPreOrder', '--sandbox', url], { cols: 160 });
  await at.shows(/7\.4 Create a pre-order: each field, please; Ctrl-C ends it, and nothing is sent\./);
  /** @type {[RegExp, string][]} */
  const answers = [
    [/mobile 会员手机号 \(The member's mobile number; ≤ 32\): /, '13800000001'],
    [/memberId 会员号 .*: /, memberId],
    [/outSerialNo .*: /, ''],
    [/is required[^]*outSerialNo .*: /, 'T-1'],
    [/payType 支付方式 \(How the buyer pays; 1 授信, 2 现金支付\): /, '3'],
    [/must be one of 1[^]*payType .*: /, '1'],
    [/productCode .*: /, '200437'],
    [/productName .*: /, '旅途无忧一日游'],
    [/deliverNotifyUrl .*: /, 'shop.example.com'],
    [/must be an absolute address[^]*deliverNotifyUrl .*: /, 'https://shop.example.com/d'],
    [/returnNotifyUrl .*: /, 'https://shop.example.com/r'],
    [/returnPage .*: /, 'https://shop.example.com/'],
    // Only because payType is 1.
    [/refundNotifyUrl .*: /, 'https://shop.example.com/f'],
    [/Fill in optional fields, too .*\[y\/N\] /, 'y'],
    [/safeguardStartTime .*yyyy-MM-dd.*: /, '2021-02-30'],
    [/must be a date[^]*safeguardStartTime .*: /, ''],
    [/safeguardEndTime .*: /, ''],
    [/Fill in holderInfo 投保人信息\? \[y\/N\] /, 'n'],
    [/Add insuredInfoList\[0\] 被保人信息\? \[y\/N\] /, 'y'],
    [/insuredInfoList\[0\]\.insuredName .*: /, '李四'],
    [/insuredInfoList\[0\]\.insuredCardType .*1 身份证.*: /, '2'],
    [/insuredInfoList\[0\]\.insuredCardNo .*: /, 'E12345678'],
    [/insuredInfoList\[0\]\.insuredBirthday .*: /, ''],
    [/insuredInfoList\[0\]\.insuredGender .*: /, 'f'],
    [/must be one of 'M'[^]*insuredInfoList\[0\]\.insuredGender .*: /, 'F'],
    [/insuredInfoList\[0\]\.insuredMobile .*: /, ''],
    [/insuredInfoList\[0\]\.insuredEmail .*: /, ''],
    [/insuredInfoList\[0\]\.insuredRelation .*: /, '4'],
    [/Add insuredInfoList\[1\] .*\[y\/N\] /, ''],
  ];
  for (const [question, answer] of answers) {
    await at.shows(question);
    at.types(`${answer}\r`);
  }
  const { code, text } = await at.ended();
  assert.equal(code, 0, text);
  assert.match(text, /"tempOrderCode": "/);
  const [order] = /** @type {any} */ (await (await fetch(`${url}/_sandbox/state`)).json()).orders;
  assert.deepEqual([order.outSerialNo, order.payType], ['T-1', 1]);
});

test('in Chinese, a list of texts, and Ctrl-C in the middle', async (t) => {
  const at = terminal(t, ['call', 'surrenderByPolicyCode', '--sandbox', '--lang', 'zh']);
  await at.shows(/7\.9 根据保单号退保：请逐项填写；Ctrl-C 退出/);
  await at.shows(/policyCodes .*（.*多个用逗号分隔.*）: /);
  at.types('P1，P2, P3\r');
  await at.shows(/memberId 会员号.*: /);
  at.types('\r');
  await at.shows(/必填[^]*memberId/);
  at.types('\x03');
  const { code, text } = await at.ended();
  assert.deepEqual([code, /已取消，未发送任何内容/.test(text)], [130, true]);

  const whole = terminal(t, ['call', 'surrenderByPolicyCode', '--sandbox', '--lang', 'zh']);
  await whole.shows(/policyCodes .*: /);
  whole.types('P1，P2, P3\r');
  await whole.shows(/memberId .*: /);
  whole.types('100001\r');
  await whole.shows(/"policyCodes": \[\n +"P1",\n +"P2",\n +"P3"\n/);
  assert.equal((await whole.ended()).code, 1);
});

test('answers that are pasted at once are taken one by one', async (t) => {
  const at = terminal(t, ['call', 'notifyPayment', '--sandbox']);
  await at.shows(/tempOrderCode .*: /);
  at.types('TE1\r100001\r5\r2\r');
  await at.shows(/must be one of 1[^]*"tempOrderCode": "TE1",\n +"memberId": "100001",\n +"txnStatus": 2\n/);
  assert.equal((await at.ended()).code, 1);
});

test('Ctrl-C ends a sandbox without what is late; while a shop lets it wait it says so, and a second one ends it at once', async (t) => {
  // A shop that takes its time.
  const shop = await listen(t, createServer(() => {}));
  const bought = async (/** @type {import('aigobo/sandbox').Fault[]} */ faults) => {
    const at = terminal(t, ['sandbox', '--port', '0']);
    const [url = ''] = /http:\S+/.exec(await at.shows(/http:\S+\n/)) ?? [];
    await at.shows(/AIGOBO_INVITATE_CODE=\S+\n/);
    const post = async (/** @type {string} */ path, /** @type {unknown} */ body) => assert.equal((await fetch(`${url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })).status, 200);
    const client = new Client({ ...SANDBOX, baseUrl: url });
    const { memberId } = await client.registerMember(MEMBER);
    await post('faults', faults);
    await post('pay', { tempOrderCode: (await client.createPreOrder(preOrder(memberId, { deliverNotifyUrl: `${shop}/hooks` }))).tempOrderCode });
    return at;
  };
  const late = await bought([{ fault: 'notification-late', ms: 600_000 }]);
  late.types('\x03');
  const { code, text } = await late.ended();
  assert.deepEqual([code, /waits for shops/.test(text)], [0, false]);
  const waiting = await bought([]);
  waiting.types('\x03');
  await waiting.shows(/waits for shops to take the callbacks .*Ctrl-C again/);
  const since = performance.now();
  waiting.types('\x03');
  await waiting.ended();
  assert.ok(performance.now() - since < 2_000);
});

test('Ctrl-C while a write is under way says that it may have arrived, and how to find out', async (t) => {
  const { url } = await serve(t);
  await fetch(`${url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify([{ fault: 'hang' }]) });
  const asked = async (/** @type {string[]} */ args) => {
    const at = terminal(t, ['call', ...args, '--sandbox', url]);
    const sent = async () => /** @type {any} */ (await (await fetch(`${url}/_sandbox/state`)).json()).faults[0].struck;
    const before = await sent();
    while ((await sent()) === before) await new Promise((next) => setTimeout(next, 20));
    at.types('\x03');
    return at.ended();
  };
  const chinese = await asked([...SURRENDER.slice(1), '--lang', 'zh']);
  assert.match(chinese.text, /已中断，但请求可能已到达平台。处理办法：查询 getOrderDetail/);
  const write = await asked(SURRENDER.slice(1));
  assert.equal(write.code, 130);
  assert.match(write.text, /interrupted, and the request may have arrived\. What to do: ask getOrderDetail/);
  const read = await asked(['getProductDetail', '--data', '{"productCode":"1","memberId":"1"}']);
  assert.deepEqual([read.code, /may have arrived/.test(read.text)], [130, false]);
});
