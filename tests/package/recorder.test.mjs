// What stands in a recording: whole, in order, without keys and without anybody.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client, parseResidentId } from 'aigobo';
import { recorder, replayer } from 'aigobo/replay';
import { createSandbox } from 'aigobo/sandbox';
import fc from 'fast-check';
import { folder } from './folder.js';
import { KEYS, clientFor, listen, rejection, say } from './lab.js';
import { ACCOUNT, demandClean, platform } from './recordings.js';
import { MEMBER, SANDBOX, preOrder } from './shop.js';

test('the same person is the same, in one file and in the next; in another account somebody else', async (t) => {
  const place = folder(t);
  /** @param {string} name @param {any} account */
  const record = async (name, account) => {
    const sandbox = createSandbox({ credentials: account });
    const client = new Client({ ...sandbox.clientOptions, fetch: recorder(sandbox.fetch, join(place, name), { credentials: account }) });
    const { memberId } = await client.registerMember(MEMBER);
    await client.createPreOrder(preOrder(memberId));
    const { calls } = JSON.parse(readFileSync(join(place, name), 'utf8'));
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
  const file = join(folder(t), 'people.json');
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

test('a refusal that names people is recorded without them', async (t) => {
  const file = join(folder(t), 'refusal.json');
  const url = await listen(t, createServer((request, response) => (request.resume(), say(response, '9999', `被保人王小明(110101199003070011, ${KEYS.md5SecretKey})已投保，请联系13800000001或 13911112222`, { note: '王小明', total: 3 }))));
  const client = clientFor(url, { fetch: recorder(fetch, file, { credentials: KEYS }) });
  await rejection(client.createPreOrder(preOrder('106225')));
  const { text } = demandClean(file, [{ body: preOrder('106225') }], ['13911112222', '13800000001'], 8);
  const { message, data } = JSON.parse(text).calls[0].reply;
  assert.match(message, /^被保人[一-鿿]{3}\(\d{17}[\dX], \*\*\*\)已投保，请联系1\d{10}或 1\d{10}$/);
  assert.equal(data.total, 3);
});

test('keys that are not the client\'s are told before anything is sent; and the environment', async (t) => {
  const file = join(folder(t), 'keys.json');
  let sent = 0;
  const { sandbox, options } = platform();
  const fetch = (/** @type {any} */ url, /** @type {any} */ init) => (sent++, sandbox.fetch(url, init));
  const client = new Client({ ...options, maxRetries: 0, fetch: recorder(fetch, file, { credentials: { ...ACCOUNT, desKey: 'otherkey' } }) });
  const error = await rejection(client.registerMember(MEMBER));
  assert.deepEqual([error.code, error.option, error.attempts], ['config', 'credentials', 0]);
  assert.match(error.message, /credentials: are not those of this client/);
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
    [() => replayer(new URL('https://example.com/a.json')), 'file'],
    [() => replayer(file, /** @type {any} */ ({ ignore: 'a' })), 'ignore'],
  ])) assert.throws(wrong, { code: 'config', option });
  assert.throws(() => replayer(`${file}.none`), { message: /keys\.json\.none cannot be read \(ENOENT\)/ });
  const url = pathToFileURL(join(file, '..', '中文 and blanks.json'));
  await new Client({ ...options, fetch: recorder(fetch, url) }).registerMember(MEMBER);
  assert.equal(replayer(url).unused().length, 1);
  writeFileSync(file, '{"aigoboRecording":9}');
  assert.throws(() => replayer(file), { option: 'file', message: /another version/ });
});

test('whole at any moment, in the order of sending, and added to where that is asked for', async (t) => {
  const place = folder(t);
  const file = join(place, 'many.json');
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
  assert.deepEqual(readdirSync(place), ['many.json'], 'nothing is left beside it');

  const more = new Client({ ...options, fetch: recorder(sandbox.fetch, file, { credentials: ACCOUNT, append: true }) });
  await more.getOrderListUrl({ account: MEMBER.mobile, memberId });
  const appended = JSON.parse(readFileSync(file, 'utf8')).calls;
  assert.deepEqual(appended.slice(0, -1), calls);
  assert.equal(appended.at(-1).request.account, calls[0].request.mobile);
  await new Client({ ...options, fetch: recorder(sandbox.fetch, file, { credentials: ACCOUNT }) }).getOrderListUrl({ account: MEMBER.mobile, memberId });
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).calls.length, 1);
});

test('recorded twice it is the same file', async (t) => {
  const place = folder(t);
  const texts = [];
  for (const name of ['one.json', 'two.json']) {
    const { sandbox, fetch, options } = platform({ clock: () => 1_626_570_000_000 });
    const client = new Client({ ...options, fetch: recorder(fetch, join(place, name), { credentials: ACCOUNT }) });
    const { memberId } = await client.registerMember(MEMBER);
    const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, {}, 'GP-1'));
    await sandbox.pay(tempOrderCode);
    await client.getOrderDetail({ tempOrderCode, memberId });
    texts.push(readFileSync(join(place, name), 'utf8'));
  }
  assert.equal(texts[0], texts[1]);
  assert.match(String(texts[0]), /\n {6}"path": "\/api\/order\/getOrderDetail",\n/);
});

test('two recorders of one file take no call from each other, though the last one has it', async (t) => {
  const place = folder(t);
  const file = join(place, 'both.json');
  const { fetch, options } = platform();
  const clients = [1, 2].map(() => new Client({ ...options, fetch: recorder(fetch, file, { credentials: ACCOUNT }) }));
  const calls = clients.flatMap((client) => Array.from({ length: 20 }, (_, place) => client.registerMember({ ...MEMBER, mobile: `138000001${String(place).padStart(2, '0')}` })));
  assert.deepEqual((await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected'), []);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).calls.length, 20);
  assert.deepEqual(readdirSync(place), ['both.json']);
});

test('a gateway below a path is replayed without it', async (t) => {
  const file = join(folder(t), 'below.json');
  const { fetch, options } = platform();
  const below = (/** @type {any} */ url, /** @type {any} */ init) => fetch(String(url).replace('/agb/', '/'), init);
  const { memberId } = await new Client({ ...options, baseUrl: 'https://proxy.example.com/agb', fetch: recorder(below, file, { credentials: ACCOUNT }) }).registerMember(MEMBER);
  assert.ok(memberId);
  const replay = replayer(file);
  assert.match((await new Client(replay.clientOptions).registerMember(MEMBER)).memberId, /^\d+$/);
  assert.deepEqual(replay.unused(), []);
});

test('a file that cannot be written any more: an answer stays an answer, and nothing is sent until it can be', async (t) => {
  const place = join(folder(t), 'recordings');
  const file = join(place, 'lost.json');
  const { sandbox, options } = platform();
  let sent = 0;
  let gone = false;
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => {
    sent++;
    const response = await sandbox.fetch(url, init);
    if (gone) rmSync(place, { recursive: true, force: true });
    return response;
  };
  const client = new Client({ ...options, fetch: recorder(fetch, file, { credentials: ACCOUNT }) });
  const { memberId } = await client.registerMember(MEMBER);
  const product = { productCode: '200437', memberId };

  gone = true;
  const warned = once(process, 'warning');
  assert.ok((await client.createPreOrder(preOrder(memberId))).tempOrderCode, 'what the platform did is told');
  const [{ name, message }] = await warned;
  assert.match(`${name} ${message}`, /^AigoboWarning file: cannot be written \(ENOENT\).*the next call writes it first, or is refused$/);
  assert.equal(sent, 2);

  for (const call of [() => client.getProductDetail(product), () => client.registerMember(MEMBER)]) {
    const error = await rejection(call());
    assert.deepEqual([error.name, error.option, error.attempts, sent], ['ConfigError', 'file', 0, 2]);
  }
  gone = false;
  mkdirSync(place);
  await client.getProductDetail(product);
  const { calls } = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(calls.map((/** @type {any} */ { endpoint }) => endpoint), ['registerMember', 'createPreOrder', 'getProductDetail']);
  assert.equal(sent, 3);
});

test('a broken connection stays one, though it cannot be written down', async (t) => {
  const place = join(folder(t), 'recordings');
  const fetch = async () => {
    rmSync(place, { recursive: true, force: true });
    throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }) });
  };
  const recording = recorder(fetch, join(place, 'broken.json'), { credentials: ACCOUNT });
  const warned = once(process, 'warning');
  const error = await rejection(new Client({ ...platform().options, maxRetries: 0, fetch: recording }).registerMember(MEMBER));
  await warned;
  assert.deepEqual([error.code, error.cause.name, error.cause.cause.cause.code], ['outcome-unknown', 'ConnectionError', 'ECONNRESET']);
});

test('a body that can be read only once arrives whole, with what else the caller gave', async (t) => {
  const chunks = () => ['{"a":', '1}'].map((text) => new TextEncoder().encode(text));
  const stream = () => new ReadableStream({ start: (controller) => (chunks().forEach((chunk) => controller.enqueue(chunk)), controller.close()) });
  const generator = async function* () {
    yield* chunks();
  };
  /** @type {any[]} */
  const got = [];
  const url = await listen(t, createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    response.end(`${request.method} ${body}`);
  }));
  const recording = recorder((input, init) => (got.push(init), fetch(input, init)), join(folder(t), 'stream.json'), { credentials: ACCOUNT });
  for (const method of ['POST', 'PUT']) {
    for (const body of [stream(), generator(), '{"a":1}', new Blob(chunks())]) {
      const response = await recording(`${url}/hooks`, /** @type {any} */ ({ method, body, duplex: 'half', mark: 'kept' }));
      assert.equal(await response.text(), `${method} {"a":1}`);
      assert.equal(got.pop().mark, 'kept');
    }
  }
});
