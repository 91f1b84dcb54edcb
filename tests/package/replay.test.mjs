// Recorded against the whole sandbox and served again: no key and nobody in the file, and the same code gets the same.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, ConnectionError, HttpError, OutcomeUnknownError, TimeoutError, endpoints, isAigoboError, isGatewayError, open, parseResidentId } from 'aigobo';
import { notifyUrls } from 'aigobo/notifications';
import { RecordingError, recorder, replayer } from 'aigobo/replay';
import { createSandbox } from 'aigobo/sandbox';
import fc from 'fast-check';
import { CODES, KEYS, clientFor, listen, rejection, say } from './lab.js';
import { MEMBER, SANDBOX, preOrder } from './shop.js';

const ACCOUNT = { accessToken: 'account-access-token-of-32-chars', desKey: 'account-des-key', md5SecretKey: 'account-md5-secret', distrCode: 'DL7654321', employeeCode: 'GY12345', invitateCode: '77777777' };
const HOOKS = 'a secret of the shop, for its addresses';

/** @param {import('node:test').TestContext} t */
function scratch(t) {
  const folder = mkdtempSync(join(tmpdir(), 'aigobo-replay-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A sandbox of an account of its own, and what went over the wire. @param {any} [options] */
function platform(options = {}) {
  const sandbox = createSandbox({ credentials: ACCOUNT, deliver: async () => Response.json({ code: '0000' }), ...options });
  /** @type {{ body: any, reply: any }[]} */
  const wire = [];
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => {
    const response = await sandbox.fetch(url, init);
    wire.push({ body: open(JSON.parse(init.body), ACCOUNT, { maxAgeMs: 1e15 }), reply: await response.clone().json() });
    return response;
  };
  return { sandbox, wire, fetch, options: sandbox.clientOptions };
}

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

/** What must not be in a file: by the package's own word personal, and the numbers of members, orders and policies. */
const IDS = ['memberId', 'outSerialNo', 'orderCode', 'tempOrderCode', 'policyCode', 'policyCodes'];
const PERSONAL = new Set(endpoints.flatMap(({ fields }) => fields.flatMap((field) => [field, ...(field.fields ?? [])])).filter(({ personal }) => personal).map(({ name }) => name));
const OF_REPLIES = ['insuredName', 'insuredCardNo', 'insuredBirthday', 'insuredMobile', 'holderName', 'holderCredNo', 'holderBirthday', 'holderPhone', 'holderEmail', 'enterpriseName', 'enterpriseCredNo', 'enterprisePhone', 'enterpriseEmail'];

/** @param {unknown} value @param {string} [name] @returns {string[]} */
function sensitive(value, name = '') {
  if (Array.isArray(value)) return value.flatMap((item) => sensitive(item, name));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([inner, item]) => sensitive(item, inner));
  const text = String(value ?? '');
  if (PERSONAL.has(name) || OF_REPLIES.includes(name) || IDS.includes(name)) return [text];
  if (/^https?:/.test(text)) return [...new URL(text).searchParams.values()].filter((part) => part.length > 8);
  return [];
}

/** @param {string} file @param {object[]} wire @param {string[]} [more] */
function demandClean(file, wire, more = [], least = 15) {
  const text = readFileSync(file, 'utf8');
  // A day of a year, and the five digits that stars leave, may be somebody else's own.
  const found = [...new Set([...wire.flatMap((call) => sensitive(call)), ...more])].filter((secret) => secret.length > 1 && !/^\d{4}-\d\d-\d\d$|\*/.test(secret));
  assert.ok(found.length >= least, String(found.length));
  for (const secret of [...found, ...Object.values(ACCOUNT), ...Object.values(KEYS), HOOKS]) assert.ok(!text.includes(secret), `${secret} stands in the file`);
  return { text, count: found.length };
}

test('all eleven endpoints: recorded without keys and people, and served to the same code with others', async (t) => {
  const file = join(scratch(t), 'deep', 'day.json');
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

test('the same person is the same, in one file and in the next; in another account somebody else', async (t) => {
  const folder = scratch(t);
  /** @param {string} name @param {any} account */
  const record = async (name, account) => {
    const sandbox = createSandbox({ credentials: account });
    const client = new Client({ ...sandbox.clientOptions, fetch: recorder(sandbox.fetch, join(folder, name), { credentials: account }) });
    const { memberId } = await client.registerMember(MEMBER);
    await client.createPreOrder(preOrder(memberId));
    const { calls } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return { registered: calls[0].request, reply: calls[0].reply.data, ordered: calls[1].request };
  };
  const [one, two, other] = [await record('a.json', ACCOUNT), await record('b.json', ACCOUNT), await record('c.json', { ...ACCOUNT, md5SecretKey: 'another' })];
  assert.equal(one.registered.mobile, one.ordered.mobile);
  assert.equal(one.reply.memberId, one.ordered.memberId);
  assert.equal(one.registered.contact, one.ordered.holderInfo.holderName);
  assert.equal(one.ordered.holderInfo.holderCardNo, one.ordered.insuredInfoList[0].insuredCardNo);
  assert.notEqual(one.ordered.insuredInfoList[0].insuredName, one.ordered.insuredInfoList[1].insuredName);
  assert.deepEqual(one.registered, two.registered);
  assert.notEqual(one.registered.mobile, other.registered.mobile);
  assert.match(one.registered.mobile, /^1[3-9]\d{9}$/);
  assert.ok(parseResidentId(one.ordered.holderInfo.holderCardNo)?.checksumOk && parseResidentId(one.ordered.holderInfo.holderCardNo)?.gender === 'M');
  assert.match(one.ordered.holderInfo.holderName, /^[一-鿿]{3}$/);
  assert.deepEqual([one.registered.distrCode, one.registered.employeeCode, one.registered.invitateCode], [SANDBOX.distrCode, SANDBOX.employeeCode, SANDBOX.invitateCode]);
});

test('whoever is insured is in no file: 300 drawn people', async (t) => {
  const file = join(scratch(t), 'people.json');
  const { sandbox, wire, fetch, options } = platform();
  const client = new Client({ ...options, fetch: recorder(fetch, file, { credentials: ACCOUNT }) });
  const { memberId } = await client.registerMember(MEMBER);
  const letters = fc.string({ unit: fc.constantFrom(...'鑫淼焱垚犇骉羴猋'), minLength: 2, maxLength: 6 });
  const person = fc.record({
    insuredName: fc.oneof(letters, fc.stringMatching(/^[A-Z]{4,8} [A-Z]{4,8}$/), letters.map((name) => `${name}·${name}`)),
    insuredCardType: fc.constantFrom('1', '2', '3'),
    insuredCardNo: fc.oneof(fc.stringMatching(/^11010119[5-9]\d0[1-9]1\d\d{3}[\dX]$/), fc.stringMatching(/^[EG]\d{8}$/), fc.stringMatching(/^H\d{10}$/)),
    insuredBirthday: fc.stringMatching(/^19[5-9]\d-0[1-9]-1\d$/),
    insuredMobile: fc.stringMatching(/^1[3-9]\d{9}$/),
    insuredEmail: fc.stringMatching(/^[a-z]{6,9}\d@[a-z]{4,7}\.cn$/),
  });
  const insured = fc.sample(person, { numRuns: 300, seed: 7 });
  for (let from = 0; from < insured.length; from += 50) {
    const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, { insuredInfoList: insured.slice(from, from + 50) }));
    await sandbox.pay(tempOrderCode);
    await client.getOrderDetail({ tempOrderCode, memberId });
  }
  const { text, count } = demandClean(file, wire);
  assert.ok(count > 1_000, String(count));
  const recorded = JSON.parse(text).calls.flatMap((/** @type {any} */ { request }) => request.insuredInfoList ?? []);
  for (const [place, other] of recorded.entries()) {
    const original = /** @type {any} */ (insured[place]);
    assert.match(other.insuredMobile, /^1[3-9]\d{9}$/);
    if (parseResidentId(original.insuredCardNo)) assert.ok(parseResidentId(other.insuredCardNo)?.checksumOk);
    assert.equal(other.insuredBirthday.slice(0, 4), original.insuredBirthday.slice(0, 4));
    assert.notEqual(other.insuredBirthday, original.insuredBirthday);
  }
  // As many as there were.
  assert.equal(new Set(recorded.map((/** @type {any} */ { insuredMobile }) => insuredMobile)).size, new Set(insured.map(({ insuredMobile }) => insuredMobile)).size);
});

/** A file with a member, and the client that recorded it. @param {import('node:test').TestContext} t @param {(client: Client, sandbox: import('aigobo/sandbox').Sandbox, memberId: string) => Promise<unknown>} more */
async function recorded(t, more) {
  const file = join(scratch(t), 'calls.json');
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
  const client = new Client({ ...replay.clientOptions, maxRetries: 0 });
  const { memberId } = await client.registerMember(MEMBER);
  const wrong = await rejection(client.createPreOrder(preOrder(memberId, { payType: 1, insuredInfoList: [{ insuredName: '王小明', insuredGender: 'F', insuredEmail: 'who@people.example' }] })));
  assert.ok(wrong instanceof OutcomeUnknownError && wrong.cause instanceof ConnectionError, String(wrong));
  const mismatch = /** @type {any} */ (wrong.cause).cause;
  assert.ok(mismatch instanceof RecordingError && isAigoboError(mismatch));
  assert.deepEqual([mismatch.name, mismatch.code, mismatch.endpoint], ['RecordingError', 'recording.mismatch', 'createPreOrder']);
  assert.deepEqual(mismatch.differences.filter(({ path }) => /payType|Gender|Email/.test(path)), [
    { path: 'payType', recorded: '2', asked: '1' },
    { path: 'insuredInfoList[0].insuredGender', recorded: '"M"', asked: '"F"' },
    { path: 'insuredInfoList[0].insuredEmail', recorded: null, asked: '"***"' },
  ]);
  assert.match(mismatch.message, /^createPreOrder was recorded once with other parameters\. The nearest differs: payType \(recorded 2, asked 1\); /);
  assert.ok(!mismatch.message.includes('who@') && !mismatch.message.includes('王小明'));

  assert.match((await rejection(client.getOrderDetail({ tempOrderCode: '1', memberId }))).cause.message, /^getOrderDetail was not recorded; there are createPreOrder, getProductDetail, registerMember$/);
  await client.getProductDetail({ productCode: '200437', memberId });
  const twice = (await rejection(client.getProductDetail({ productCode: '200437', memberId }))).cause;
  assert.deepEqual([twice.code, twice.message], ['recording.used-up', 'getProductDetail was recorded once with these parameters, and is asked once more']);
  assert.deepEqual(replay.mismatches().map(({ code }) => code), ['recording.mismatch', 'recording.unrecorded', 'recording.used-up']);
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
  const path = (/** @type {any} */ error) => error.cause.cause.differences.map((/** @type {any} */ { path }) => path);
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
  const file = join(scratch(t), 'faults.json');
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

test('a refusal that names people is recorded without them', async (t) => {
  const file = join(scratch(t), 'refusal.json');
  const url = await listen(t, createServer((request, response) => (request.resume(), say(response, '9999', `被保人王小明(110101199003070011, ${KEYS.md5SecretKey})已投保，请联系13800000001或 13911112222`, { note: '王小明', total: 3 }))));
  const client = clientFor(url, { fetch: recorder(fetch, file, { credentials: KEYS }) });
  await rejection(client.createPreOrder(preOrder('106225')));
  const { text } = demandClean(file, [{ body: preOrder('106225') }], ['13911112222', '13800000001'], 8);
  const { message, data } = JSON.parse(text).calls[0].reply;
  assert.match(message, /^被保人[一-鿿]{3}\(\d{17}[\dX], \*\*\*\)已投保，请联系1\d{10}或 1\d{10}$/);
  assert.equal(data.total, 3);
});

test('an untyped call, a Request, another dialect, and what is no call of the gateway', async (t) => {
  const folder = scratch(t);
  const { sandbox, options } = platform({ dialect: { transport: 'form', nested: 'json', digest: 'upper' } });
  const file = join(folder, 'dialect.json');
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
  assert.equal(keys.cause.code, 'recording.keys');
});

test('keys that are not the client\'s are told before anything is sent; and the environment', async (t) => {
  const file = join(scratch(t), 'keys.json');
  let sent = 0;
  const { sandbox, options } = platform();
  const fetch = (/** @type {any} */ url, /** @type {any} */ init) => (sent++, sandbox.fetch(url, init));
  const client = new Client({ ...options, maxRetries: 0, fetch: recorder(fetch, file, { credentials: { ...ACCOUNT, desKey: 'otherkey' } }) });
  const error = await rejection(client.registerMember(MEMBER));
  assert.match(String(error.cause?.cause?.message ?? error.cause?.message), /credentials: are not those of this client/);
  assert.equal(sent, 0);
  assert.throws(() => recorder(fetch, file), { code: 'config', option: 'credentials', message: /AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY, AIGOBO_MD5_SECRET_KEY/ });
  Object.assign(process.env, { AIGOBO_ACCESS_TOKEN: ACCOUNT.accessToken, AIGOBO_DES_KEY: ACCOUNT.desKey, AIGOBO_MD5_SECRET_KEY: ACCOUNT.md5SecretKey });
  await new Client({ ...options, fetch: recorder(fetch, file) }).registerMember(MEMBER);
  assert.equal(sent, 1);
  for (const [wrong, option] of /** @type {[() => unknown, string][]} */ ([
    [() => recorder(/** @type {any} */ (undefined), file), 'fetch'],
    [() => recorder(fetch, ''), 'file'],
    [() => recorder(fetch, join(file, 'below', 'a-file.json')), 'file'],
    [() => recorder(fetch, file, /** @type {any} */ ({ mask: true })), 'mask'],
    [() => recorder(fetch, file, { dialect: { transport: /** @type {any} */ ('soap') } }), 'dialect.transport'],
    [() => replayer(`${file}.none`), 'file'],
    [() => replayer(file, /** @type {any} */ ({ ignore: 'a' })), 'ignore'],
  ])) assert.throws(wrong, { code: 'config', option });
  writeFileSync(file, '{"aigoboRecording":9}');
  assert.throws(() => replayer(file), { option: 'file', message: /another version/ });
});

test('whole at any moment, in the order of sending, and added to where that is asked for', async (t) => {
  const folder = scratch(t);
  const file = join(folder, 'many.json');
  const { sandbox, options } = platform();
  const client = new Client({ ...options, fetch: recorder(sandbox.fetch, file, { credentials: ACCOUNT }) });
  const { memberId } = await client.registerMember(MEMBER);
  sandbox.faults([{ fault: 'delay', ms: 60, endpoint: 'getProductDetail', times: 1 }]);
  const products = ['200437', '100371', '200161', '200104', '100434'];
  let reading = true;
  let reads = 0;
  const watched = (async () => {
    while (reading) {
      const { calls } = JSON.parse(readFileSync(file, 'utf8'));
      assert.ok(calls.length >= 1);
      reads++;
      await new Promise((next) => setImmediate(next));
    }
  })();
  const asked = Promise.all(products.map(async (productCode) => {
    await client.getProductDetail({ productCode, memberId });
    const { calls } = JSON.parse(readFileSync(file, 'utf8'));
    assert.ok(calls.some((/** @type {any} */ { request }) => request.productCode === productCode), 'in the file before it is handed on');
  }));
  await asked.finally(() => {
    reading = false;
  });
  await watched;
  assert.ok(reads > 1);
  const { calls } = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(calls.slice(1).map((/** @type {any} */ { request }) => request.productCode), products);
  assert.deepEqual(readdirSync(folder), ['many.json'], 'nothing is left beside it');

  const more = new Client({ ...options, fetch: recorder(sandbox.fetch, file, { credentials: ACCOUNT, append: true }) });
  await more.getOrderListUrl({ account: MEMBER.mobile, memberId });
  const appended = JSON.parse(readFileSync(file, 'utf8')).calls;
  assert.deepEqual(appended.slice(0, -1), calls);
  assert.equal(appended.at(-1).request.account, calls[0].request.mobile);
  await new Client({ ...options, fetch: recorder(sandbox.fetch, file, { credentials: ACCOUNT }) }).getOrderListUrl({ account: MEMBER.mobile, memberId });
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).calls.length, 1);
});

test('two recorders of one file take no call from each other, though the last one has it', async (t) => {
  const folder = scratch(t);
  const file = join(folder, 'both.json');
  const { fetch, options } = platform();
  const clients = [1, 2].map(() => new Client({ ...options, fetch: recorder(fetch, file, { credentials: ACCOUNT }) }));
  const calls = clients.flatMap((client) => Array.from({ length: 20 }, (_, place) => client.registerMember({ ...MEMBER, mobile: `138000001${String(place).padStart(2, '0')}` })));
  assert.deepEqual((await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected'), []);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).calls.length, 20);
  assert.deepEqual(readdirSync(folder), ['both.json']);
});

test('a gateway below a path is replayed without it', async (t) => {
  const file = join(scratch(t), 'below.json');
  const { fetch, options } = platform();
  const below = (/** @type {any} */ url, /** @type {any} */ init) => fetch(String(url).replace('/agb/', '/'), init);
  const { memberId } = await new Client({ ...options, baseUrl: 'https://proxy.example.com/agb', fetch: recorder(below, file, { credentials: ACCOUNT }) }).registerMember(MEMBER);
  assert.ok(memberId);
  const replay = replayer(file);
  assert.match((await new Client(replay.clientOptions).registerMember(MEMBER)).memberId, /^\d+$/);
  assert.deepEqual(replay.unused(), []);
});

test('recorded twice it is the same file', async (t) => {
  const folder = scratch(t);
  const texts = [];
  for (const name of ['one.json', 'two.json']) {
    const { sandbox, fetch, options } = platform({ clock: () => 1_626_570_000_000 });
    const client = new Client({ ...options, fetch: recorder(fetch, join(folder, name), { credentials: ACCOUNT }) });
    const { memberId } = await client.registerMember(MEMBER);
    const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, {}, 'GP-1'));
    await sandbox.pay(tempOrderCode);
    await client.getOrderDetail({ tempOrderCode, memberId });
    texts.push(readFileSync(join(folder, name), 'utf8'));
  }
  assert.equal(texts[0], texts[1]);
  assert.match(String(texts[0]), /\n {6}"path": "\/api\/order\/getOrderDetail",\n/);
});

test('import and require give the same', () => {
  const required = createRequire(import.meta.url)('aigobo/replay');
  assert.deepEqual([required.recorder, required.replayer, required.RecordingError], [recorder, replayer, RecordingError]);
  assert.ok(CODES && HttpError && TimeoutError);
});
