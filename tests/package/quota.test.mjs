// The platform's quota: 400 calls in any 60 seconds, on a clock that the test moves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, RateLimitError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { CODES, KEYS, accept, gateway, rejection, until } from './lab.js';
import { MEMBER, REQUESTS } from './shop.js';

const PERIOD = 60_000;

/** A sandbox on a clock that stands until it is moved, and where the calls of its clients arrive. */
function platform() {
  let now = 1_626_570_000_000;
  let readings = 0;
  const sandbox = createSandbox({ clock: () => (readings++, now) });
  /** @type {number[]} */
  const arrivals = [];
  const options = {
    ...sandbox.clientOptions,
    fetch: async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
      arrivals.push(now);
      return sandbox.fetch(url, init);
    },
  };
  /** Lets time pass until everything is answered, each step seen by whoever waits. @param {Promise<unknown>} all */
  const pass = async (all) => {
    let open = true;
    void all.finally(() => (open = false));
    while (open) {
      now += 1_000;
      const seen = readings + 2;
      await until(() => !open || readings >= seen, 'the clock is read');
    }
    await all;
  };
  return { sandbox, options, arrivals, pass };
}

test('2,000 calls at once bring not one 0002 and use the quota', async (t) => {
  const { options, arrivals, pass } = platform();
  /** @type {string[]} */
  const codes = [];
  const client = new Client({ ...options, observe: ({ outcome }) => void codes.push(outcome) });
  const { memberId } = await client.registerMember(MEMBER);
  /** @type {number[]} */
  const answered = [];
  const calls = Array.from({ length: 2_000 }, async (_, index) => {
    await client.getProductDetail({ productCode: '200437', memberId });
    answered.push(index);
  });
  await pass(Promise.all(calls));
  assert.deepEqual([codes.length, codes.filter((code) => code !== 'ok')], [2_001, []]);
  assert.equal(arrivals.length, 2_001);
  for (const [index, at] of arrivals.entries()) {
    const before = arrivals[index - 400];
    assert.ok(before === undefined || at - before >= PERIOD, `call ${index} comes too early`);
  }
  // The 401st call can be sent a period after the first, the 2,001st five periods after it.
  const took = Number(arrivals.at(-1)) - Number(arrivals[0]);
  const use = (5 * PERIOD) / took;
  t.diagnostic(`2,001 calls in ${took} ms: ${(100 * use).toFixed(2)} % of the quota`);
  assert.ok(use >= 0.98, `${took} ms`);
  // Fair: in order of arrival, as far as calls that are let go together can be told apart.
  const rounds = answered.map((index) => Math.floor((index + 1) / 400));
  assert.deepEqual(rounds, rounds.toSorted((a, b) => a - b));
});

test('clients of one account share the quota, others have their own', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response, { orderListUrl: 'https://a.example/' }));
  const options = { ...KEYS, ...CODES, baseUrl: server.baseUrl };
  const [one, two] = [new Client(options), new Client(options)];
  const ask = (/** @type {Client} */ client) => client.getOrderListUrl(REQUESTS.getOrderListUrl, { deadlineMs: 20_000 });
  await Promise.all(Array.from({ length: 400 }, (_, index) => ask(index % 2 ? one : two)));
  assert.ok((await rejection(ask(one))) instanceof RateLimitError);
  assert.ok((await rejection(ask(new Client(options)))) instanceof RateLimitError);
  await ask(new Client({ ...options, rateLimit: { calls: 3, periodMs: 1 } }));
  await ask(new Client({ ...options, rateLimit: false }));
  assert.equal(server.received.length, 402);
});

test("a limiter of the caller's own is asked before each try", async (t) => {
  const server = await gateway(t, (_request, response, _received, count) => (count < 3 ? void response.writeHead(503).end() : accept(response, { orderListUrl: 'https://a.example/' })));
  let asked = 0;
  class Limiter {
    async acquire() {
      asked++;
    }
  }
  const client = new Client({ ...KEYS, ...CODES, baseUrl: server.baseUrl, clock: Date.now, rateLimit: new Limiter() });
  await client.getOrderListUrl(REQUESTS.getOrderListUrl);
  assert.equal(asked, 3);
});

test('five hundred calls at once on one client all answer, each with its own', async (t) => {
  const server = await gateway(t, (_request, response, { body }) => accept(response, { orderListUrl: `https://a.example/${body.memberId}` }));
  const client = new Client({ ...KEYS, ...CODES, baseUrl: server.baseUrl, rateLimit: false });
  const all = await Promise.all(Array.from({ length: 500 }, (_, index) => client.getOrderListUrl({ ...REQUESTS.getOrderListUrl, memberId: `M${index}` })));
  assert.deepEqual(all.map(({ orderListUrl }) => orderListUrl), all.map((_, index) => `https://a.example/M${index}`));
});
