// A sandbox that is kept in a file: over a restart, and over kill -9.

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, ConfigError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';
import { folder } from './folder.js';
import { until } from './lab.js';
import { MEMBER, SANDBOX, preOrder } from './shop.js';

/** @param {import('node:test').TestContext} t */
const stateFile = (t) => join(folder(t), 'deeper', 'sandbox.state');

const clock = () => 1_626_570_000_000;
/** @param {string} state */
const open = (state, options = {}) => createSandbox({ state, clock, deliver: async () => new Response(), ...options });

test('everything is there after a restart, and goes on', async (t) => {
  const state = stateFile(t);
  const first = open(state);
  const client = new Client(first.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  const { tempOrderCode } = await client.createPreOrder(preOrder(memberId));
  await first.pay(tempOrderCode);
  first.advance(5_000);
  first.faults([{ fault: 'code', code: '9999', endpoint: 'applyInvoice' }]);
  first.credit('12.50');
  await first.settled();
  const before = first.snapshot();
  await first.close();
  assert.equal(readFileSync(state, 'utf8').trimEnd().split('\n').length, 1);

  const second = open(state);
  assert.deepEqual(second.snapshot(), before);
  const again = new Client(second.clientOptions);
  const detail = await again.getOrderDetail({ tempOrderCode, memberId });
  assert.equal(detail.orderStatus, '已支付');
  await assert.rejects(again.createPreOrder(preOrder(memberId, { outSerialNo: before.orders[0]?.outSerialNo ?? '' })), /outSerialNo/);
  await assert.rejects(again.applyInvoice({ memberId, orderCode: detail.orderCode ?? '', invoiceType: '1', invoiceTitle: 'A' }), /9999/);
  second.reset();
  await second.close();
  const third = open(state);
  assert.deepEqual(third.snapshot().orders, []);
  await third.close();
});

test('a callback that was on its way goes out once more', async (t) => {
  const state = stateFile(t);
  /** @type {((answer: Response) => void)[]} */
  const asked = [];
  const first = open(state, { deliver: () => new Promise((answer) => asked.push(answer)) });
  const client = new Client(first.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  const { tempOrderCode } = await client.createPreOrder(preOrder(memberId, { insuredInfoList: [{ insuredName: '王小明' }] }));
  await first.pay(tempOrderCode);
  assert.equal(asked.length, 1);
  // As if its process were gone: what it wrote is taken up, under another name.
  writeFileSync(`${state}.copy`, readFileSync(state));
  /** @type {string[]} */
  const told = [];
  const second = open(`${state}.copy`, { deliver: async (/** @type {string} */ url) => (told.push(url), new Response()) });
  await second.settled();
  assert.equal(told.length, 1);
  assert.deepEqual(second.snapshot().notifications.map(({ answer, tries }) => [answer, tries]), [[200, 2]]);
  await second.close();
  asked[0]?.(new Response());
  await first.close();
});

test('a file that is in use, or is none, says so', async (t) => {
  const state = stateFile(t);
  const first = open(state);
  const fails = (/** @type {RegExp} */ why, options = {}) => assert.throws(() => open(state, options), (error) => error instanceof ConfigError && error.option === 'state' && why.test(error.message));
  fails(/in use/);
  await first.settled();
  assert.equal(statSync(state).mode & 0o777, 0o600);
  // A thread of this process is another sandbox, too.
  const worker = new Worker(`import('aigobo/sandbox').then(({ createSandbox }) => createSandbox({ state: ${JSON.stringify(state)} }))`, { eval: true });
  const [error] = await once(worker, 'error');
  assert.match(error.message, /in use/);
  await first.close();
  writeFileSync(`${state}.lock`, '');
  assert.throws(() => open(state), (error) => error instanceof ConfigError && /lock without a process in it.*remove/.test(error.message));
  // What a process left that is no more: of a number that nobody can have.
  writeFileSync(`${state}.lock`, '999999999');
  const second = open(state);
  await new Client(second.clientOptions).registerMember(MEMBER);
  writeFileSync(`${state}.unclosed`, readFileSync(state));
  await second.close();
  assert.ok(!existsSync(`${state}.lock`));
  writeFileSync(state, readFileSync(`${state}.unclosed`));
  fails(/other credentials/, { credentials: { desKey: 'another8' } });
  appendFileSync(state, 'x\n');
  fails(/line 3/);
  writeFileSync(state, 'something else\n');
  fails(/line 1/);
  assert.ok(!existsSync(`${state}.lock`));
  assert.equal(readFileSync(state, 'utf8'), 'something else\n');
  assert.throws(() => open(/** @type {any} */ (5)), /state/);
  assert.throws(() => open(join(state, 'below a file')), (error) => error instanceof ConfigError && /cannot be/.test(error.message));
});

test('of several that start over what a dead process left, one has it', async (t) => {
  const dead = fork('sandbox-starter.mjs');
  await once(dead, 'message');
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  const starters = Array.from({ length: 4 }, () => fork('sandbox-starter.mjs'));
  t.after(() => starters.forEach((child) => child.kill('SIGKILL')));
  await Promise.all(starters.map((child) => once(child, 'message')));
  const all = async (/** @type {object} */ message) => (await Promise.all(starters.map((child) => (child.send(message), once(child, 'message'))))).map(([said]) => said);
  const cwd = folder(t);
  for (let round = 0; round < 150; round++) {
    const state = join(cwd, `${round}.state`);
    writeFileSync(`${state}.lock`, `${dead.pid} 5`);
    // Also one that died while it took it over.
    if (round % 2) writeFileSync(`${state}.lock.${dead.pid}-5`, `${dead.pid} 6`);
    const said = await all({ state, at: Date.now() + 10 });
    assert.equal(said.filter((one) => one === 'has it').length, 1, said.join('; '));
    for (const one of said) assert.match(one, /has it|in use by process/);
    await all({});
    assert.deepEqual(readdirSync(cwd), [`${round}.state`]);
    rmSync(state);
  }
});

test('nobody is told what is not kept, and nobody twice what they answered', async (t) => {
  const state = stateFile(t);
  /** @type {string[]} */
  const kept = [];
  const first = open(state, { deliver: async () => (kept.push(readFileSync(state, 'utf8')), new Response()) });
  const client = new Client(first.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);
  const { tempOrderCode } = await client.createPreOrder(preOrder(memberId));
  await first.pay(tempOrderCode);
  await first.settled();
  assert.equal(kept.length, 2);
  assert.ok(kept.every((text) => text.includes('"step":"pay"')));
  // However often it is killed.
  const lives = [first];
  for (let life = 0; life < 3; life++) {
    const copy = `${state}.${life}`;
    writeFileSync(copy, readFileSync(life ? `${state}.${life - 1}` : state));
    const told = [];
    const next = open(copy, { deliver: async (/** @type {string} */ url) => (told.push(url), new Response()) });
    await next.settled();
    assert.equal(told.length, 0);
    lives.push(next);
  }
  for (const life of lives) await life.close();
});

test('what is answered while it closes is kept; afterwards nothing is answered', async (t) => {
  const state = stateFile(t);
  let now = clock();
  const serving = await serveSandbox({ port: 0, state, clock: () => (now += 100), deliver: async () => new Response() });
  const client = new Client({ ...serving.clientOptions, rateLimit: false, maxRetries: 0 });
  const { memberId } = await client.registerMember(MEMBER);
  /** @type {string[]} */
  const acknowledged = [];
  const buyer = async () => {
    for (;;) acknowledged.push((await client.createPreOrder(preOrder(memberId))).tempOrderCode);
  };
  const buyers = Promise.allSettled(Array.from({ length: 9 }, buyer));
  await until(() => acknowledged.length > 30, 'orders');
  const { body } = await fetch(`${serving.url}/_sandbox/events`);
  await serving.close();
  await buyers;
  // Who watches is let go.
  for await (const news of body ?? []) assert.ok(news);
  await assert.rejects(serving.sandbox.fetch(`${serving.url}/_sandbox/state`), (error) => error instanceof ConfigError && /closed/.test(error.message));
  assert.throws(() => serving.sandbox.advance(1), /closed/);
  const again = open(state);
  const orders = new Set(again.snapshot().orders.map(({ tempOrderCode }) => tempOrderCode));
  for (const code of acknowledged) assert.ok(orders.has(code));
  await again.close();
});

test('a write that fails is told, and lets go', async (t) => {
  const state = stateFile(t);
  const sandbox = open(state);
  await sandbox.settled();
  rmSync(join(state, '..'), { recursive: true });
  await assert.rejects(sandbox.close(), (error) => error instanceof ConfigError && /cannot be written \(ENOENT\): make room/.test(error.message));
  const again = open(state);
  await again.close();
  assert.ok(existsSync(state));
});

test('the journal is folded in as it grows', async (t) => {
  const state = stateFile(t);
  let now = 1_626_570_000_000;
  const sandbox = open(state, { clock: () => (now += 100) });
  const client = new Client({ ...sandbox.clientOptions, rateLimit: false });
  const { memberId } = await client.registerMember(MEMBER);
  for (let ask = 0; ask < 4_000; ask++) await client.getProductDetail({ productCode: '200437', memberId });
  await sandbox.settled();
  const { size } = statSync(state);
  assert.ok(size < 2_200_000, `${size} bytes`);
  t.diagnostic(`4,000 calls leave ${size} bytes`);
  await sandbox.close();
});

test('kill -9 in the middle of 1,000 orders loses no acknowledged one', async (t) => {
  const state = stateFile(t);
  const [start, began, speed] = [1_626_570_000_000, Date.now(), 300];
  const serve = async () => {
    const child = fork(new URL('./sandbox-process.mjs', import.meta.url), [JSON.stringify({ state, start, began, speed })]);
    t.after(() => child.kill('SIGKILL'));
    const [url] = await once(child, 'message');
    const client = new Client({ ...SANDBOX, baseUrl: url, clock: () => start + (Date.now() - began) * speed, rateLimit: false, maxRetries: 0 });
    return { child, client, url };
  };
  /** tempOrderCode and orderCode, as they were answered. @type {Map<string, string>} */
  const acknowledged = new Map();
  let serving = await serve();
  const { memberId } = await serving.client.registerMember(MEMBER);
  for (const kill of [250, 500, 750, undefined]) {
    const { client, url, child } = serving;
    const buyer = async () => {
      while (acknowledged.size < 1_000) {
        const { tempOrderCode } = await client.createPreOrder(preOrder(memberId));
        const paid = await fetch(`${url}/_sandbox/pay`, { method: 'POST', body: JSON.stringify({ tempOrderCode }) });
        acknowledged.set(tempOrderCode, (await paid.json()).orderCode);
        if (acknowledged.size === kill) child.kill('SIGKILL');
      }
    };
    // At the kill all that run fail; without one none.
    const ended = await Promise.allSettled(Array.from({ length: 20 }, buyer));
    assert.equal(ended.filter(({ status }) => status === 'rejected').length, kill ? 20 : 0);
    await until(() => !kill || child.signalCode !== null, 'the process ends');
    if (kill) serving = await serve();
    const { orders } = /** @type {any} */ (await (await fetch(`${serving.url}/_sandbox/state`)).json());
    const kept = new Map(orders.map((/** @type {any} */ { tempOrderCode, orderCode, orderStatus }) => [tempOrderCode, [orderCode, orderStatus]]));
    for (const [tempOrderCode, orderCode] of acknowledged) assert.deepEqual(kept.get(tempOrderCode), [orderCode, '已支付']);
  }
  t.diagnostic(`${acknowledged.size} orders over three kills`);
});
