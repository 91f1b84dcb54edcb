// What the sandbox does wrong on purpose, and what the client makes of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConfigError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';
import { rejection } from './lab.js';
import { MEMBER, preOrder } from './shop.js';

/** @param {Partial<import('aigobo/sandbox').SandboxOptions>} [options] */
function platform(options = {}) {
  /** @type {any[]} */
  const told = [];
  let now = 1_626_570_000_000;
  const sandbox = createSandbox({
    clock: () => (now += 1_000),
    deliver: async (url, init) => (told.push([String(url).split('/').at(-1), JSON.parse(String(init?.body)).policyCode]), new Response()),
    ...options,
  });
  return { sandbox, told, client: new Client({ ...sandbox.clientOptions, timeoutMs: 50 }) };
}

/** The fault, what a read that is tried once makes of it, and whether the platform did what it was asked. @type {[import('aigobo/sandbox').Fault, string, boolean][]} */
const CALLS = [
  [{ fault: 'hang' }, 'timeout', false],
  [{ fault: 'reset' }, 'connection', false],
  [{ fault: 'lost-answer' }, 'connection', true],
  [{ fault: 'status' }, 'http', false],
  [{ fault: 'status', status: 429 }, 'http', false],
  [{ fault: 'html', status: 502 }, 'http', false],
  [{ fault: 'cut' }, 'reply', true],
  [{ fault: 'gbk' }, 'reply', false],
  [{ fault: 'code', code: '9999' }, 'gateway.9999', false],
];

for (const [fault, code, done] of CALLS) {
  test(`${JSON.stringify(fault)}: ${code}`, async () => {
    const { sandbox, client } = platform();
    sandbox.faults([fault]);
    const error = await rejection(client.registerMember(MEMBER, { maxRetries: 0 }));
    assert.equal(error.cause?.code ?? error.code, code, String(error));
    assert.equal(/** @type {any} */ (sandbox.snapshot()).members.length, done ? 1 : 0);
    sandbox.faults([]);
    assert.ok((await client.registerMember(MEMBER)).memberId);
  });
}

test('by endpoint, after some, some times: the client comes through', async () => {
  const { sandbox, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  sandbox.faults([{ fault: 'status', endpoint: 'getProductDetail', after: 1, times: 2 }, { fault: 'hang', endpoint: 'applyInvoice' }]);
  const attempts = [];
  for (let call = 0; call < 3; call++) attempts.push((await client.getProductDetail({ productCode: '200437', memberId }).withReply()).attempts);
  assert.deepEqual(attempts, [1, 3, 1]);
});

test('by chance: the same seed meets the same faults, another meets others', async () => {
  const outcomes = async (/** @type {number} */ seed) => {
    const { sandbox, client } = platform({ seed });
    sandbox.faults([{ fault: 'code', code: '9999', chance: 0.5 }]);
    const all = [];
    for (let call = 0; call < 40; call++) all.push(await client.registerMember(MEMBER).then(() => 'ok', ({ code }) => code));
    return all.join();
  };
  const [one, again, other] = [await outcomes(1), await outcomes(1), await outcomes(2)];
  assert.equal(one, again);
  assert.ok(one !== other && one.includes('ok') && one.includes('gateway.9999'));
});

test('a delay is waited for, a clock that is off is found out', async () => {
  const { sandbox } = platform({ clock: Date.now });
  const client = new Client({ ...sandbox.clientOptions, clock: 'auto' });
  sandbox.faults([{ fault: 'delay', ms: 30, times: 1 }]);
  const began = performance.now();
  await client.registerMember(MEMBER);
  assert.ok(performance.now() - began >= 29);
  sandbox.faults([{ fault: 'skew', ms: -600_000 }]);
  assert.equal((await client.registerMember(MEMBER).withReply()).attempts, 2);
});

test('callbacks: lost, twice, late, after the next', async () => {
  const { sandbox, told, client } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const buy = async () => {
    told.length = 0;
    const { tempOrderCode } = await client.createPreOrder(preOrder(memberId));
    await sandbox.pay(tempOrderCode);
    await sandbox.settled();
    const { policies } = /** @type {any} */ (sandbox.snapshot()).orders.at(-1);
    return told.map(([, code]) => policies.findIndex((/** @type {any} */ { policyCode }) => policyCode === code));
  };
  for (const [fault, order] of /** @type {[import('aigobo/sandbox').Fault, number[]][]} */ ([
    [{ fault: 'notification-lost', times: 1 }, [1]],
    [{ fault: 'notification-duplicate', times: 1 }, [0, 0, 1]],
    [{ fault: 'notification-late', ms: 20, times: 1 }, [1, 0]],
    [{ fault: 'notification-reorder', kind: 'deliver', times: 1 }, [1, 0]],
    [{ fault: 'notification-lost', kind: 'return' }, [0, 1]],
  ])) {
    sandbox.faults([fault]);
    assert.deepEqual(await buy(), order, fault.fault);
  }
});

test('over HTTP: set by the control, struck on the wire', async (t) => {
  const serving = await serveSandbox({ port: 0 });
  t.after(() => serving.close());
  const client = new Client({ ...serving.clientOptions, timeoutMs: 200, maxRetries: 0 });
  const control = (/** @type {unknown} */ list) => fetch(`${serving.url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(list) });
  for (const [fault, code] of [['reset', 'connection'], ['lost-answer', 'connection'], ['hang', 'timeout'], ['gbk', 'reply'], ['html', 'http']]) {
    assert.equal((await control([{ fault }])).status, 200);
    assert.equal((await rejection(client.registerMember(MEMBER))).cause?.code, code, fault);
  }
  const wrong = await control([{ fault: 'reset' }, { fault: 'earthquake' }]);
  assert.deepEqual([wrong.status, /faults\[1\]\.fault: must be one of delay, hang/.test((await wrong.json()).error)], [400, true]);
  assert.equal((await control({})).status, 400);
  await control([]);
  assert.ok((await client.registerMember(MEMBER)).memberId);
});

test('a client without a clock of its own follows a gateway whose clock is off', async () => {
  const { sandbox } = platform();
  sandbox.faults([{ fault: 'skew', ms: 600_000 }]);
  const { clock, ...options } = sandbox.clientOptions;
  assert.equal((await rejection(new Client(sandbox.clientOptions).registerMember(MEMBER))).code, 'gateway.2008');
  assert.ok((await new Client(options).registerMember(MEMBER)).memberId);
});

test('a rule that makes no sense is refused by name', () => {
  const { sandbox } = platform();
  for (const [list, option] of /** @type {[any, string][]} */ ([
    [{}, 'faults'],
    [[5], 'faults[0]'],
    [[{ fault: 'delay' }], 'faults[0].ms'],
    [[{ fault: 'delay', ms: -1 }], 'faults[0].ms'],
    [[{ fault: 'hang', ms: 5 }], 'faults[0]'],
    [[{ fault: 'status', status: 42 }], 'faults[0].status'],
    [[{ fault: 'code' }], 'faults[0].code'],
    [[{ fault: 'hang', endpoint: 'getAll' }], 'faults[0].endpoint'],
    [[{ fault: 'hang', kind: 'deliver' }], 'faults[0].kind'],
    [[{ fault: 'notification-lost', endpoint: 'getOrderDetail' }], 'faults[0].endpoint'],
    [[{ fault: 'notification-lost', kind: 'paid' }], 'faults[0].kind'],
    [[{ fault: 'hang', chance: 2 }], 'faults[0].chance'],
    [[{ fault: 'hang', times: 1.5 }], 'faults[0].times'],
  ])) {
    assert.throws(() => sandbox.faults(list), (error) => error instanceof ConfigError && error.option === option, `${option} ${JSON.stringify(list)}`);
  }
  assert.throws(() => sandbox.faults([{ fault: 'hang', endpoint: /** @type {any} */ ('getOrderDetial') }]), /did you mean getOrderDetail\?/);
  assert.throws(() => sandbox.faults([{ fault: 'notification-lost', kind: /** @type {any} */ ('paid') }]), /there are deliver, return, refund/);
});

test('what is held back for the next goes when no rule holds it any more; what is late is not waited for at the close', async () => {
  const { sandbox, client, told } = platform();
  const { memberId } = await client.registerMember(MEMBER);
  const buy = async () => sandbox.pay((await client.createPreOrder(preOrder(memberId, { insuredInfoList: [{ insuredName: '王小明' }] }))).tempOrderCode);
  sandbox.faults([{ fault: 'notification-reorder' }]);
  await buy();
  await sandbox.settled();
  assert.equal(told.length, 0);
  sandbox.faults([]);
  await sandbox.settled();
  assert.equal(told.length, 1);
  sandbox.faults([{ fault: 'notification-late', ms: 3_600_000 }]);
  await buy();
  await sandbox.close();
  assert.equal(told.length, 1);
});

test('a server closes without what is late, also of what is bought meanwhile, but delivers the rest while it listens', async () => {
  /** @type {(answer: Response) => void} */
  let answer = () => {};
  const serving = await serveSandbox({ port: 0, deliver: () => new Promise((say) => (answer = say)) });
  const client = new Client({ ...serving.clientOptions, maxRetries: 0 });
  const { memberId } = await client.registerMember(MEMBER);
  const buy = async () => serving.sandbox.pay((await client.createPreOrder(preOrder(memberId, { insuredInfoList: [{ insuredName: '王小明' }] }))).tempOrderCode);
  await buy();
  serving.sandbox.faults([{ fault: 'notification-late', ms: 3_600_000 }]);
  await buy();
  const began = performance.now();
  const closed = Promise.all([serving.close(), serving.sandbox.close()]);
  // The first is under way: its shop asks for the order, and somebody else buys.
  await buy();
  answer(new Response());
  await closed;
  assert.ok(performance.now() - began < 5_000);
  await assert.rejects(fetch(serving.url));
});
