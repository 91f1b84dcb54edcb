// A machine whose clock is wrong: the gateway refuses what it thinks is old, and its Date header tells the time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, GatewayError, isGatewayError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { rejection } from './lab.js';
import { MEMBER } from './shop.js';

const TEN_MINUTES = 600_000;

/**
 * A platform whose time is `off` milliseconds from this machine's, and a client that goes by this machine's.
 * @param {number} off
 * @param {Partial<import('aigobo').ClientOptions>} [options]
 * @param {(date: string) => string} [date] what becomes of the gateway's Date header
 */
function platform(off, options, date = (own) => own) {
  const sandbox = createSandbox({ clock: () => Date.now() + off });
  /** @type {number[]} */
  const stamps = [];
  const client = new Client({
    ...sandbox.clientOptions,
    clock: 'auto',
    fetch: async (url, init) => {
      stamps.push(JSON.parse(String(init.body)).timestamp);
      const answer = await sandbox.fetch(url, init);
      const headers = new Headers(answer.headers);
      headers.set('date', date(headers.get('date') ?? ''));
      return new Response(answer.body, { status: answer.status, headers });
    },
    ...options,
  });
  return { client, stamps };
}

for (const [name, off] of /** @type {const} */ ([['slow', TEN_MINUTES], ['fast', -TEN_MINUTES]])) {
  test(`ten minutes ${name}: refused once, learned, and right from then on`, async () => {
    const { client, stamps } = platform(off);
    const first = await client.registerMember(MEMBER).withReply();
    assert.equal(first.attempts, 2);
    const { memberId } = first.data;
    assert.equal((await client.getProductDetail({ productCode: '200437', memberId }).withReply()).attempts, 1);
    const [wrong, right, next] = stamps.map((stamp) => stamp - Date.now());
    assert.ok(Math.abs(Number(wrong)) < 5_000, String(wrong));
    for (const corrected of [right, next]) assert.ok(Math.abs(Number(corrected) - off) < 2_000, `${corrected} for ${off}`);
  });

  test(`ten minutes ${name}, one try asked for: the next call is right`, async () => {
    const { client } = platform(off, { maxRetries: 0 });
    assert.ok(isGatewayError(await rejection(client.registerMember(MEMBER)), '2008'));
    assert.ok((await client.registerMember(MEMBER)).memberId);
  });

  test(`ten minutes ${name}, 'system': always refused`, async () => {
    const { client } = platform(off, { clock: 'system' });
    for (let call = 0; call < 2; call++) {
      const error = await rejection(client.registerMember(MEMBER));
      assert.ok(error instanceof GatewayError && error.attempts === 1, error);
      assert.match(error.message, /clock/);
    }
  });
}

test('less than two seconds is left alone', async () => {
  const { client, stamps } = platform(900);
  await client.registerMember(MEMBER);
  await client.registerMember({ ...MEMBER, mobile: '13800000002' });
  assert.ok(stamps.every((stamp) => Math.abs(stamp - Date.now()) < 500));
});

test('a Date that makes no sense is ignored', async () => {
  for (const date of ['', 'yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', '1626570000000']) {
    const { client } = platform(TEN_MINUTES, {}, () => date);
    const error = await rejection(client.registerMember(MEMBER));
    assert.ok(isGatewayError(error, '2008') && error.attempts === 1, `${date}: ${error}`);
    const right = platform(0, {}, () => date);
    await right.client.registerMember(MEMBER);
    await right.client.registerMember({ ...MEMBER, mobile: '13800000002' });
  }
});

test('a clock set right again while the client lives is noticed', async () => {
  let off = TEN_MINUTES;
  const sandbox = createSandbox({ clock: () => Date.now() + off });
  const client = new Client({ ...sandbox.clientOptions, clock: 'auto' });
  assert.equal((await client.registerMember(MEMBER).withReply()).attempts, 2);
  off = 0;
  assert.equal((await client.registerMember({ ...MEMBER, mobile: '13800000002' }).withReply()).attempts, 2);
  assert.equal((await client.registerMember({ ...MEMBER, mobile: '13800000003' }).withReply()).attempts, 1);
});
