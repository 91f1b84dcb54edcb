// `aigobo call`, and where its account comes from.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { open } from 'aigobo';
import { BINARY, KEYS, envFile, json, run, serve } from './cli.js';
import { folder } from './folder.js';
import { listen, say } from './lab.js';
import { MEMBER, preOrder } from './shop.js';
import { isProduction } from './node_modules/aigobo/cli/credentials.js';
import { gateways } from './node_modules/aigobo/generated/names.js';

const PRODUCT = '{"productCode":"200437","memberId":"100001"}';
const SANDBOX_KEYS = { accessToken: KEYS.AIGOBO_ACCESS_TOKEN, desKey: KEYS.AIGOBO_DES_KEY, md5SecretKey: KEYS.AIGOBO_MD5_SECRET_KEY };

/** A gateway that opens every envelope with the keys of this file. @param {import('node:test').TestContext} t @param {(body: any, response: import('node:http').ServerResponse) => void} answer */
async function gateway(t, answer) {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    answer(open(JSON.parse(Buffer.concat(chunks).toString()), SANDBOX_KEYS), response);
  });
  return listen(t, server);
}

test('the reply on stdout alone; what came around it beside, or with --json', async () => {
  const human = await run(['call', 'getProductDetail', '--sandbox', '--data', PRODUCT]);
  assert.equal(human.code, 0);
  assert.equal(JSON.parse(human.stdout).productName, '旅途无忧一日游');
  assert.match(human.stderr, /^0000 成功 · nonce [\da-f]{32} · 1 try\n$/);
  const { nonce, ...reply } = await json(['call', '/api/product/getDistrProductDetail', '--sandbox', '--data', PRODUCT]);
  assert.deepEqual({ ...reply, data: reply.data.productCode }, { endpoint: 'getProductDetail', code: '0000', message: '成功', attempts: 1, data: '200437' });
});

test('the request by flag, from a file, from the standard input, whether asked for or not', async (t) => {
  const cwd = folder(t, { 'body.json': `\ufeff${PRODUCT}`, 'cut.json': PRODUCT.slice(0, -1) });
  const cut = await run(['call', 'getProductDetail', '--sandbox', '--data', '@cut.json'], { cwd });
  assert.deepEqual([cut.code, /^aigobo: cut\.json is no JSON( \(character \d+\))?\n$/.test(cut.stderr)], [2, true], cut.stderr);
  for (const [args, input] of /** @type {[string[], string | undefined][]} */ ([[['--data', PRODUCT], undefined], [['-d', '@body.json'], undefined], [['--data', '-'], PRODUCT], [[], PRODUCT]])) {
    const { code, stdout, stderr } = await run(['call', 'getProductDetail', '--sandbox', ...args], { cwd, ...(input !== undefined && { input }) });
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).productCode, '200437');
  }
});

test('a pipe that stays open and silent is no data; - waits for it', async (t) => {
  const waits = (/** @type {string[]} */ ...args) => {
    const child = spawn(BINARY, ['call', 'getProductDetail', '--sandbox', ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
    t.after(() => child.kill('SIGKILL'));
    return child;
  };
  assert.deepEqual(await once(waits(), 'exit'), [2, null]);
  const asked = waits('--data', '-');
  await new Promise((next) => setTimeout(next, 2_500));
  asked.stdin.end(PRODUCT);
  assert.deepEqual(await once(asked, 'exit'), [0, null]);
});

test('a purchase on a running sandbox, by --sandbox URL and by the environment', async (t) => {
  const { url, env, client } = await serve(t);
  const call = async (/** @type {string} */ name, /** @type {object} */ body) => (await json(['call', name, '--sandbox', url, '--data', JSON.stringify(body)])).data;
  const { memberId } = await call('registerMember', MEMBER);
  const { tempOrderCode } = await call('createPreOrder', preOrder(memberId));
  await fetch(`${url}/_sandbox/pay`, { method: 'POST', body: JSON.stringify({ tempOrderCode }) });
  const detail = await json(['call', 'getOrderDetail', '--data', JSON.stringify({ tempOrderCode, memberId })], { env });
  assert.equal(detail.data.orderStatus, '已支付');
  const { orderCode = '' } = await client.getOrderDetail({ tempOrderCode, memberId });
  const surrendered = await run(['call', 'surrenderByOrderCode', '--sandbox', url, '--data', JSON.stringify({ orderCode, memberId })]);
  assert.deepEqual([surrendered.code, surrendered.stdout], [0, '0000 成功\n']);
});

test('all issues before anything is sent: exit 1', async () => {
  const bad = ['call', 'createPreOrder', '--sandbox', '--data', JSON.stringify(preOrder('100001', { payType: 3, safeguardEndTime: '2021-02-30', returnPage: 'shop', insuredInfoList: [{ insuredName: '李四', insuredGender: 'X' }], extra: 1 }))];
  const { code, stdout, stderr } = await run(bad);
  assert.deepEqual([code, stdout], [1, '']);
  for (const line of [/nothing was sent: 5 things are wrong/, /payType +支付方式 +must be one of 1 \(授信\), 2/, /safeguardEndTime +止保时间 +must be a date/, /returnPage +返回页面地址 +must be an absolute/, /insuredInfoList\[0\]\.insuredGender +被保人性别 +must be one of 'M'/, /extra +is /]) assert.match(stderr, line);
  const chinese = (await run([...bad, '--lang', 'zh'])).stderr;
  for (const line of [/未发送：请求有 5 处问题/, /payType +支付方式 +只能是 1 授信, 2 现金支付/, /应为真实存在的日期/, /应为 https:\/\/ 或 http:\/\/ 开头/, /只能是 M 男, F 女/, /extra +没有这个字段/]) assert.match(chinese, line);
  const { error } = await json(bad);
  assert.deepEqual([error.code, error.endpoint, error.issues.length], ['validation', 'createPreOrder', 5]);
});

test('the platform says no: its words, what they mean and what to do, in both languages; exit 1', async (t) => {
  const missing = ['call', 'getOrderDetail', '--sandbox', '--data', '{"tempOrderCode":"1","memberId":"100001"}'];
  const { code, stdout, stderr } = await run(missing);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /the platform said no: 1000 订单不存在.*\n  No such order for this member\.\n  what to do: Check tempOrderCode/);
  assert.ok(!stderr.includes('doctor'));
  assert.match((await run([...missing, '--lang', 'zh'])).stderr, /平台拒绝：1000 订单不存在.*\n  该会员没有这个订单。\n  处理办法：核对 tempOrderCode/);
  assert.equal((await json(missing)).error.gatewayCode, '1000');
  // The keys of another account.
  const { url } = await serve(t);
  const refused = await run(['call', 'getProductDetail', '--data', PRODUCT], { env: { ...KEYS, AIGOBO_BASE_URL: url } });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /5000[^]*aigobo doctor/);
});

test('nobody listens: a write says that nothing was sent, and each thing is said once', async (t) => {
  const server = createServer();
  const baseUrl = await listen(t, server);
  await new Promise((closed) => server.close(closed));
  const env = { ...KEYS, AIGOBO_BASE_URL: baseUrl };
  const read = await run(['call', 'getProductDetail', '--max-retries', '0', '--data', PRODUCT], { env });
  assert.equal(read.code, 1);
  assert.match(read.stderr, /ECONNREFUSED/);
  const surrender = ['call', 'surrenderByOrderCode', '--max-retries', '0', '--data', '{"orderCode":"1","memberId":"100001"}'];
  const english = await run(surrender, { env });
  assert.match(english.stderr, /^aigobo: surrenderByOrderCode .*: the connection failed \(ECONNREFUSED\) before anything was sent\n {2}fetch failed: .*ECONNREFUSED.*\n$/);
  assert.match((await run([...surrender, '--lang', 'zh'], { env })).stderr, /^aigobo: 连接失败，没有发送（surrenderByOrderCode · nonce .* · 尝试 1 次）\n/);
});

test('the answer never comes: of a write the outcome is unknown, and what to do is said', async (t) => {
  const baseUrl = await listen(t, createServer((request) => void request.socket.resetAndDestroy()));
  const env = { ...KEYS, AIGOBO_BASE_URL: baseUrl };
  const surrender = ['call', 'surrenderByOrderCode', '--data', '{"orderCode":"1","memberId":"100001"}'];
  const english = await run(surrender, { env });
  assert.match(english.stderr, /^aigobo: surrenderByOrderCode .* its answer never came .*\n {2}fetch failed: .*ECONNRESET.*\n {2}what to do: ask getOrderDetail.*\n$/);
  const write = await run([...surrender, '--lang', 'zh'], { env });
  assert.equal(write.code, 1);
  assert.match(write.stderr, /结果未知[^]*处理办法：查询 getOrderDetail/);
});

test('an unknown path is called untyped, and counts as a write', async (t) => {
  /** @type {object[]} */
  const bodies = [];
  const baseUrl = await gateway(t, (body, response) => {
    bodies.push(body);
    say(response, '0000', '成功', { fine: true });
  });
  const { data, endpoint } = await json(['call', '/api/new/thing', '--data', '{"b":"1","a":"2"}'], { env: { ...KEYS, AIGOBO_BASE_URL: baseUrl } });
  assert.deepEqual([data, endpoint, JSON.stringify(bodies)], [{ fine: true }, '/api/new/thing', '[{"b":"1","a":"2"}]']);
  assert.equal((await run(['call', 'newThing', '--data', '{}', '--sandbox'])).code, 2);
});

test('--env-file is read alone, flags go before it, and keys are no flags', async (t) => {
  /** @type {any[]} */
  const bodies = [];
  const baseUrl = await gateway(t, (body, response) => {
    bodies.push(body);
    say(response, '0000', '成功', { orderListUrl: 'https://a.example/' });
  });
  const cwd = folder(t, { 'account.env': envFile({ ...KEYS, AIGOBO_BASE_URL: baseUrl }), 'half.env': 'AIGOBO_DISTR_CODE=DL1\n' });
  const args = ['call', 'getOrderListUrl', '--env-file', 'account.env', '--data', '{"account":"13800000001","memberId":"1"}'];
  const ambient = { AIGOBO_ACCESS_TOKEN: 'another', AIGOBO_ENVIRONMENT: 'production', AIGOBO_DISTR_CODE: 'DL2' };
  assert.equal((await run(args, { cwd, env: ambient })).code, 0);
  assert.equal((await run([...args, '--distr-code', 'DL3'], { cwd, env: ambient })).code, 0);
  assert.deepEqual(bodies.map(({ distrCode }) => distrCode), ['DL1000100', 'DL3']);
  const half = await run(['call', 'getOrderListUrl', '--env-file', 'half.env', '--data', '{}'], { cwd, env: KEYS });
  assert.deepEqual([half.code, /AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY, AIGOBO_MD5_SECRET_KEY are not set/.test(half.stderr)], [2, true]);
  // Node itself looks for such a file before any program of it runs, and then ends with 9.
  const nowhere = await run(['call', 'getOrderListUrl', '--env-file', 'nowhere.env', '--data', '{}'], { cwd });
  assert.ok([2, 9].includes(nowhere.code) && nowhere.stderr.includes('nowhere.env'), nowhere.stderr);
  for (const flag of ['--des-key', '--md5-secret-key', '--access-token']) assert.equal((await run(['call', 'getOrderListUrl', flag, 'x'])).code, 2);
  const blank = await run(['call', 'getOrderListUrl', '--data', '{"account":"1","memberId":"1"}'], { env: { ...KEYS, AIGOBO_DES_KEY: ` ${KEYS.AIGOBO_DES_KEY}` } });
  assert.deepEqual([blank.code, /AIGOBO_DES_KEY/.test(blank.stderr)], [2, true], blank.stderr);
});

test('the sandbox’s keys, which everybody can read, go to no gateway of the platform’s', async (t) => {
  const { env } = await serve(t);
  const { AIGOBO_BASE_URL, ...keys } = env;
  const args = ['call', 'getProductDetail', '--data', PRODUCT];
  for (const { code, stderr } of [await run([...args, '--environment', 'test'], { env }), await run(args, { env: keys }), await run(['doctor'], { env: keys })]) {
    assert.deepEqual([code, /the sandbox's keys, which everybody can read, .*AIGOBO_BASE_URL or --sandbox URL/.test(stderr)], [2, true], stderr);
  }
  assert.equal((await run(args, { env })).code, 1, 'it knows of no member yet');
});

test('a template is JSON that can be filled in and sent', async (t) => {
  const { url } = await serve(t);
  const { memberId } = (await json(['call', 'registerMember', '--sandbox', url, '--data', JSON.stringify(MEMBER)])).data;
  const { stdout, stderr, code } = await run(['call', 'createPreOrder', '--template', '--sandbox', url]);
  assert.equal(code, 0);
  assert.match(stderr, /payType +支付方式 +yes +integer/);
  const template = JSON.parse(stdout);
  assert.deepEqual(Object.keys(template).slice(0, 3), ['mobile', 'memberId', 'outSerialNo'], 'distrCode is filled in by the account');
  assert.equal(Object.hasOwn(JSON.parse((await run(['call', 'createPreOrder', '--template'])).stdout), 'distrCode'), true);
  assert.deepEqual(await json(['call', 'createPreOrder', '--template', '--sandbox']), template);
  // Only what is required, and items of lists, are complained of as long as they are empty.
  const { error } = await json(['call', 'createPreOrder', '--sandbox', url, '--data', stdout]);
  assert.deepEqual([...new Set(error.issues.map((/** @type {{ rule: string }} */ { rule }) => rule))], ['required']);
  const filled = { ...template, ...preOrder(memberId), refundNotifyUrl: '', safeguardStartTime: '', safeguardEndTime: '' };
  assert.equal((await json(['call', 'createPreOrder', '--sandbox', url], { input: JSON.stringify(filled) })).code, '0000');
});

test("the test gateway's own address is no production, and the other is", () => {
  for (const [baseUrl, production] of /** @type {[string, boolean][]} */ ([
    [gateways.test, false], [`${gateways.test.toUpperCase()}:443/`, false], ['http://127.0.0.1:6062', false],
    [gateways.production, true], [`${gateways.test}.example`, true], ['https://gateway.invalid', true],
  ])) {
    assert.equal(isProduction({ baseUrl }), production, baseUrl);
  }
});

test('a file name in the place of the request, and fields in the place of flags, are told how they go', async (t) => {
  const cwd = folder(t, { 'order.json': '{}' });
  for (const [args, en, zh] of /** @type {[string[], RegExp, RegExp][]} */ ([
    [['getProductDetail', '--sandbox', '--data', 'order.json'], /the name of a file: --data @order\.json/, /而是文件名：--data @order\.json/],
    [['getProductDetail', 'productCode=1'], /too many arguments[^]*--data '\{"name":"value"\}', or --data @FILE/, /参数太多[^]*--data '\{"name":"value"\}'，或 --data @文件/],
    [['createOrder'], /There are registerMember, .*getOrderDetail\. All of them/, /可用：registerMember（注册渠道会员）、/],
  ])) {
    const [english, chinese] = [await run(['call', ...args], { cwd }), await run(['call', ...args, '--lang', 'zh'], { cwd })];
    assert.equal(english.code, 2);
    assert.match(english.stderr, en);
    assert.match(chinese.stderr, zh);
  }
});

test('a write to production is never sent unasked where there is nobody to ask', async () => {
  const surrender = ['call', 'surrenderByOrderCode', '--data', '{"orderCode":"1","memberId":"1"}'];
  for (const [env, gateway] of /** @type {[Record<string, string>, string][]} */ ([[{ ...KEYS, AIGOBO_ENVIRONMENT: 'production' }, 'the PRODUCTION gateway'], [{ ...KEYS, AIGOBO_BASE_URL: 'https://gateway.invalid' }, 'https://gateway.invalid, which counts as PRODUCTION']])) {
    const { code, stderr } = await run(surrender, { env });
    assert.equal(code, 2);
    assert.ok(stderr.includes(`this writes to ${gateway}, and there is nobody to ask: add --yes`), stderr);
    assert.equal((await json(surrender, { env })).error.code, 'usage');
  }
  // With --yes it goes out, here to nobody.
  const sent = await run([...surrender, '--yes', '--base-url', 'https://gateway.invalid'], { env: { ...KEYS, AIGOBO_ENVIRONMENT: 'production' } });
  assert.equal(sent.code, 1);
  assert.match(sent.stderr, /ENOTFOUND|EAI_AGAIN/);
});
