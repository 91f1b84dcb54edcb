// Recorded against the whole sandbox and served again: the same code gets the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, endpoints, isAigoboError, isGatewayError } from 'aigobo';
import { notifyUrls } from 'aigobo/notifications';
import { RecordingError, recorder, replayer } from 'aigobo/replay';
import { folder } from './folder.js';
import { gateway, rejection } from './lab.js';
import { ACCOUNT, HOOKS, demandClean, platform } from './recordings.js';
import { MEMBER, preOrder } from './shop.js';

/**
 * A shop's day, through all eleven endpoints; people and numbers of its own.
 * @param {Client} client
 * @param {(tempOrderCode: string) => Promise<unknown>} pay
 * @param {any} [people]
 * @param {string} [contact]
 */
async function day(client, pay, people = {}, contact = MEMBER.contact) {
  const { memberId } = await client.registerMember({ ...MEMBER, contact });
  const product = await client.getProductDetail({ productCode: '200437', memberId });
  const request = preOrder(memberId, people);
  const urls = await notifyUrls({ base: 'https://shop.example.com/hooks', secret: HOOKS, memberId, outSerialNo: request.outSerialNo });
  const { url, tempOrderCode } = await client.createPreOrder({ ...request, ...urls });
  await pay(tempOrderCode);
  const order = await client.getOrderDetail({ tempOrderCode, memberId });
  const policies = await client.getPolicyUrl({ tempOrderCode, memberId });
  const orderCode = String(order.orderCode);
  await client.applyInvoice({ memberId, orderCode, invoiceType: '2', invoiceTitle: MEMBER.company, taxpayerNo: '91330100799655058B' });
  const invoices = await client.getInvoiceUrl({ memberId, orderCode });
  const list = await client.getOrderListUrl({ account: MEMBER.mobile, memberId });
  await client.surrenderByPolicyCode({ policyCodes: [String(policies.policyDetailList[0]?.policyCode)], memberId });
  const partly = await client.getOrderDetail({ tempOrderCode, memberId });
  await client.surrenderByOrderCode({ orderCode, memberId });
  const refused = await rejection(client.surrenderByOrderCode({ orderCode, memberId }));
  const credit = preOrder(memberId, { ...people, payType: 1 });
  const second = await client.createPreOrder({ ...credit, ...urls });
  await pay(second.tempOrderCode);
  await client.notifyPayment({ tempOrderCode: second.tempOrderCode, memberId, txnStatus: 2 });
  return { memberId, product, request, url, tempOrderCode, order, policies, invoices, list, partly, refused, second };
}

test('all eleven endpoints: recorded without keys and people, and served to the same code with others', async (t) => {
  const file = join(folder(t), 'deep', 'day.json');
  const { sandbox, wire, fetch, options } = platform();
  const real = await day(new Client({ ...options, fetch: recorder(fetch, file, { credentials: ACCOUNT }) }), (code) => sandbox.pay(code));
  const { text } = demandClean(file, wire, [real.memberId, real.tempOrderCode, ...Object.values(MEMBER).filter((value) => !['浙江省', '杭州市'].includes(value)), '110101199003070011', 'E12345678', '王小明', '李四']);
  const { calls } = JSON.parse(text);
  assert.deepEqual([...new Set(calls.map((/** @type {any} */ { endpoint }) => endpoint))].sort(), endpoints.map(({ name }) => name).sort());
  assert.equal(calls.length, wire.length);

  const replay = replayer(file);
  const again = await day(new Client(replay.clientOptions), async () => {});
  assert.deepEqual(replay.unused(), []);
  assert.deepEqual(replay.mismatches(), []);
  // The test's own people come back; what only the platform knew are others of the same form.
  assert.deepEqual(again.order.insuredInfoList.map(({ insuredName, policyStatus, insuredFee }) => [insuredName, policyStatus, insuredFee]), real.order.insuredInfoList.map(({ insuredName, policyStatus, insuredFee }) => [insuredName, policyStatus, insuredFee]));
  assert.deepEqual([again.product, again.order.orderTotalAmt, again.partly.orderStatus, again.refused.code], [real.product, real.order.orderTotalAmt, real.partly.orderStatus, 'gateway.4001']);
  assert.notEqual(again.memberId, real.memberId);
  assert.ok(again.tempOrderCode.length === real.tempOrderCode.length && new URL(again.url).searchParams.get('tempOrderCode') === again.tempOrderCode, again.url);
  assert.deepEqual(again.partly.insuredInfoList.map(({ policyCode }) => policyCode), again.policies.policyDetailList.map(({ policyCode }) => policyCode));

  // Others than when it was recorded (whose holder is the member's contact, too): each stands for one of the recording's, throughout.
  const others = { holderInfo: { holderName: '赵六', holderCardType: '1', holderCardNo: '440524188001010014' }, insuredInfoList: [{ insuredName: '赵六', insuredCardType: '1', insuredCardNo: '440524188001010014', insuredGender: 'M', insuredRelation: '1' }, { insuredName: '钱七', insuredCardType: '2', insuredCardNo: 'E7', insuredGender: 'F', insuredRelation: '4' }] };
  const third = await day(new Client(replayer(file).clientOptions), async () => {}, others, '赵六');
  assert.deepEqual(third.policies.policyDetailList.map(({ insuredName }) => insuredName), ['赵六', '钱七']);
});

/** A file with a member, and the client that recorded it. @param {import('node:test').TestContext} t @param {(client: Client, sandbox: import('aigobo/sandbox').Sandbox, memberId: string) => Promise<unknown>} more */
async function recorded(t, more) {
  const file = join(folder(t), 'calls.json');
  const { sandbox, fetch, options } = platform();
  const client = new Client({ ...options, fetch: recorder(fetch, file, { credentials: ACCOUNT }) });
  const { memberId } = await client.registerMember(MEMBER);
  await more(client, sandbox, memberId);
  return file;
}

test('what differs is said: field by field, and nobody is named', async (t) => {
  const file = await recorded(t, async (client, _sandbox, memberId) => {
    await client.createPreOrder(preOrder(memberId));
    await client.getProductDetail({ productCode: '200437', memberId });
  });
  const replay = replayer(file);
  /** @type {string[]} */
  const outcomes = [];
  const client = new Client({ ...replay.clientOptions, observe: ({ outcome, next }) => outcomes.push(`${outcome} ${next}`) });
  const { memberId } = await client.registerMember(MEMBER);
  const mismatch = await rejection(client.createPreOrder(preOrder(memberId, { payType: 1, insuredInfoList: [{ insuredName: '王小明', insuredGender: 'F', insuredEmail: 'who@people.example' }] })));
  assert.ok(mismatch instanceof RecordingError && isAigoboError(mismatch), String(mismatch));
  assert.deepEqual([mismatch.name, mismatch.code, mismatch.endpoint, mismatch.attempts], ['RecordingError', 'recording.mismatch', 'createPreOrder', 0]);
  assert.deepEqual(mismatch.differences.filter(({ path }) => /payType|Gender|Email/.test(path)), [
    { path: 'payType', recorded: '2', asked: '1' },
    { path: 'insuredInfoList[0].insuredGender', recorded: '"M"', asked: '"F"' },
    { path: 'insuredInfoList[0].insuredEmail', recorded: null, asked: '"***"' },
  ]);
  assert.match(mismatch.message, /^createPreOrder was recorded once with other parameters\. The nearest differs: payType \(recorded 2, asked 1\); /);
  assert.ok(!mismatch.message.includes('who@') && !mismatch.message.includes('王小明'));

  assert.match((await rejection(client.getOrderDetail({ tempOrderCode: '1', memberId }))).message, /^getOrderDetail was not recorded; there are createPreOrder, getProductDetail, registerMember$/);
  await client.getProductDetail({ productCode: '200437', memberId });
  const twice = await rejection(client.getProductDetail({ productCode: '200437', memberId }));
  assert.deepEqual([twice.code, twice.message], ['recording.used-up', 'getProductDetail was recorded once with these parameters, and is asked once more']);
  assert.deepEqual(replay.mismatches().map(({ code }) => code), ['recording.mismatch', 'recording.unrecorded', 'recording.used-up']);
  // Nor is sent again what cannot come to anything else.
  assert.deepEqual(outcomes, ['ok done', 'recording.mismatch fail', 'recording.unrecorded fail', 'ok done', 'recording.used-up fail']);
  assert.deepEqual(replay.unused().map(({ endpoint }) => endpoint), ['createPreOrder']);
  assert.ok(replay.unused()[0]?.request.insuredInfoList);
});

test('fields that may differ, and addresses whose secrets and ports do', async (t) => {
  const file = await recorded(t, async (client, _sandbox, memberId) => {
    await client.createPreOrder(preOrder(memberId, { deliverNotifyUrl: 'http://127.0.0.1:4001/hooks/deliver?kind=deliver&token=abcdefghijklmnopqrstuvwxyz' }));
  });
  const order = async (/** @type {any} */ options, /** @type {any} */ changes) => {
    const client = new Client(replayer(file, options).clientOptions);
    const { memberId } = await client.registerMember(MEMBER);
    return client.createPreOrder(preOrder(memberId, { deliverNotifyUrl: 'http://127.0.0.1:5002/hooks/deliver?kind=deliver&token=Zx9-another_T0ken', ...changes }));
  };
  assert.match((await order({}, {})).tempOrderCode, /^\d+$/);
  const path = (/** @type {any} */ error) => error.differences.map((/** @type {any} */ { path }) => path);
  assert.deepEqual(path(await rejection(order({}, { safeguardStartTime: '2021-07-17' }))), ['safeguardStartTime']);
  assert.deepEqual(path(await rejection(order({}, { deliverNotifyUrl: 'http://127.0.0.1:5002/hooks/return?kind=deliver&token=Zx9-another_T0ken' }))), ['deliverNotifyUrl']);
  await order({ ignore: ['safeguardStartTime'] }, { safeguardStartTime: '2021-07-17' });
  await order({ ignore: ['holderInfo.holderCardType'] }, { holderInfo: { holderName: '王小明', holderCardType: '2', holderCardNo: '110101199003070011' } });
});

test('the same request gets the successive answers, whatever came between, and at once', async (t) => {
  const file = await recorded(t, async (client, sandbox, memberId) => {
    const { tempOrderCode } = await client.createPreOrder(preOrder(memberId));
    await client.getOrderDetail({ tempOrderCode, memberId }).catch(() => {});
    await sandbox.pay(tempOrderCode);
    await Promise.all([client.getOrderDetail({ tempOrderCode, memberId }), ...['200437', '100371', '200161'].map((productCode) => client.getProductDetail({ productCode, memberId }))]);
  });
  const replay = replayer(file);
  const client = new Client(replay.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  // In another order than recorded, and together.
  const names = await Promise.all(['200161', '100371', '200437'].map(async (productCode) => (await client.getProductDetail({ productCode, memberId })).productCode));
  assert.deepEqual(names, ['200161', '100371', '200437']);
  const { tempOrderCode } = await client.createPreOrder(preOrder(memberId));
  assert.ok(isGatewayError(await rejection(client.getOrderDetail({ tempOrderCode, memberId })), '1000'));
  assert.equal((await client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已支付');
  assert.deepEqual(replay.unused(), []);
});

test('what went wrong goes wrong again: HTTP errors, resets, time limits, and the tries after them', async (t) => {
  const file = join(folder(t), 'faults.json');
  const { sandbox, options } = platform();
  const keys = { credentials: ACCOUNT };
  const client = new Client({ ...options, fetch: recorder(sandbox.fetch, file, keys) });
  const { memberId } = await client.registerMember(MEMBER);
  const ask = (/** @type {Client} */ of, /** @type {string} */ id, /** @type {any} */ own) => of.getProductDetail({ productCode: '200437', memberId: id }, own);
  const run = async (/** @type {Client} */ of, /** @type {string} */ id, /** @type {(faults: any[]) => void} */ faults) => {
    const outcomes = [];
    faults([{ fault: 'html', times: 1 }]);
    outcomes.push((await rejection(ask(of, id, { maxRetries: 0 }))).code);
    faults([{ fault: 'reset', times: 1 }]);
    outcomes.push((await ask(of, id, { maxRetries: 1 })).productCode);
    faults([{ fault: 'hang', times: 1 }]);
    outcomes.push((await rejection(ask(of, id, { maxRetries: 0, timeoutMs: 40 }))).code);
    faults([{ fault: 'cut', times: 1 }]);
    outcomes.push((await rejection(ask(of, id, { maxRetries: 0 }))).code);
    faults([]);
    outcomes.push((await ask(of, id, {})).productCode);
    return outcomes;
  };
  const expected = ['http', '200437', 'timeout', 'reply', '200437'];
  assert.deepEqual(await run(client, memberId, (faults) => sandbox.faults(faults)), expected);
  const replay = replayer(file);
  const again = new Client(replay.clientOptions);
  const member = await again.registerMember(MEMBER);
  assert.deepEqual(await run(again, member.memberId, () => {}), expected);
  assert.deepEqual(replay.unused(), []);
  const kinds = JSON.parse(readFileSync(file, 'utf8')).calls.map((/** @type {any} */ { status, failure, code }) => [status ?? failure, code].filter(Boolean).join(' '));
  assert.deepEqual(kinds, ['200', '502', 'connection ECONNRESET', '200', 'aborted', '200', '200']);
});

test('a connection that was refused is refused again, of a write, too, and nothing was sent', async (t) => {
  const file = join(folder(t), 'refused.json');
  const { options } = platform();
  const server = await gateway(t, () => {});
  await server.close();
  const run = async (/** @type {any} */ options) => {
    const { code, attempts, message } = await rejection(new Client({ ...options, maxRetries: 1 }).registerMember(MEMBER));
    return [code, attempts, /before anything was sent/.test(message)];
  };
  assert.deepEqual(await run({ ...options, baseUrl: server.baseUrl, fetch: recorder(fetch, file, { credentials: ACCOUNT }) }), ['connection', 2, true]);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')).calls.map((/** @type {any} */ { failure, code }) => `${failure} ${code}`), ['unsent ECONNREFUSED', 'unsent ECONNREFUSED']);
  const replay = replayer(file);
  assert.deepEqual(await run(replay.clientOptions), ['connection', 2, true]);
  assert.deepEqual(replay.unused(), []);
});

test('an untyped call, a Request, another dialect, and what is no call of the gateway', async (t) => {
  const place = folder(t);
  const { sandbox, options } = platform({ dialect: { transport: 'form', nested: 'json', digest: 'upper' } });
  const file = join(place, 'dialect.json');
  const recording = recorder(sandbox.fetch, file, { credentials: ACCOUNT, dialect: options.dialect });
  const client = new Client({ ...options, fetch: (url, init) => recording(new Request(url, init)) });
  const { memberId } = await client.registerMember(MEMBER);
  await rejection(client.call('/api/new/path', { memberId, name: '王小明', nested: { mobile: MEMBER.mobile }, count: 3 }));
  assert.equal((await recording(`${options.baseUrl}/pages/nothing`)).status, 404);
  assert.equal((await recording(`${options.baseUrl}/_sandbox/state`, { method: 'POST', body: '{}' })).status, 404);
  const { calls } = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(calls.map((/** @type {any} */ { path }) => path), ['/api/member/register', '/api/new/path']);
  assert.equal(calls[1].request.nested.mobile, calls[0].request.mobile);
  assert.equal(calls[1].request.count, 3);
  assert.ok(!readFileSync(file, 'utf8').includes('王小明'));

  const replay = replayer(file);
  const foreign = await rejection(replay('https://other.example/', { method: 'POST', body: '{}' }));
  assert.ok(foreign instanceof RecordingError && foreign.code === 'recording.foreign');
  const keys = await rejection(new Client({ ...replay.clientOptions, accessToken: 'other', maxRetries: 0 }).getProductDetail({ productCode: '1', memberId }));
  assert.equal(keys.code, 'recording.keys');
});

test('import and require give the same', () => {
  const required = createRequire(import.meta.url)('aigobo/replay');
  assert.deepEqual([required.recorder, required.replayer, required.RecordingError], [recorder, replayer, RecordingError]);
});
