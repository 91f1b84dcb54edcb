// A process that seals and calls for weeks: nothing grows.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { getHeapSnapshot } from 'node:v8';
import { collected, memories } from './memory.js';
import { Client, open, seal } from 'aigobo';
import { CODES, KEYS, clientFor, listen } from './lab.js';
import { REQUESTS, group } from './shop.js';

const sizes = async () => ({ heap: await collected(), wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) });

/**
 * @param {import('node:test').TestContext} t
 * @param {Awaited<ReturnType<typeof sizes>>} before
 * @param {string} what
 */
async function sameSize(t, before, what) {
  const after = await sizes();
  t.diagnostic(`${what}: wasm ${before.wasm} to ${after.wasm} bytes, JS heap ${before.heap} to ${after.heap}`);
  assert.equal(after.wasm, before.wasm);
  // Compiled code comes and goes with a few hundred kB; what a call would leave behind is more than 35 bytes.
  assert.ok(after.heap < before.heap + (1 << 20), `JS heap ${before.heap} to ${after.heap}`);
}

// First, while an instance has hardly any room to spare.
test('two hundred thousand bodies that are refused grow nothing', async (t) => {
  // Half of a character outside the sixteenth bit: JavaScript writes it, and JSON has no such character.
  const body = { name: '\ud800' };
  const some = (/** @type {number} */ count) => {
    for (let index = 0; index < count; index++) assert.throws(() => seal(body, KEYS), { code: 'validation' });
  };
  some(1_000);
  const before = await sizes();
  some(200_000);
  await sameSize(t, before, '200,000 refusals');
});

test('sealing takes at most six times the body, all in all, and opening eight', async (t) => {
  // So large that pages of the wasm's memory, of 64 KiB, hardly count.
  const body = group(20_000);
  const bytes = Buffer.byteLength(JSON.stringify(body));
  seal({}, KEYS);
  /** What is held at once: the wasm's memory never shrinks, and in JavaScript there are the body's text and what came of it. What an engine leaves lying is its affair. */
  const held = async (/** @type {() => unknown} */ work) => {
    const before = await sizes();
    const kept = [JSON.stringify(body), work()];
    const after = await sizes();
    assert.equal(kept.length, 2);
    const [wasm, heap] = [after.wasm - before.wasm, after.heap - before.heap];
    t.diagnostic(`${bytes} bytes: wasm ${(wasm / bytes).toFixed(2)}, JavaScript ${(heap / bytes).toFixed(2)} times as much`);
    return wasm + heap;
  };
  /** @type {any} */
  let envelope;
  const sealed = await held(() => (envelope = seal(body, KEYS)));
  assert.ok(sealed <= 6 * bytes, `sealing: ${sealed} bytes`);
  // Among it the body as objects, which it returns.
  const opened = await held(() => open(envelope, KEYS));
  assert.ok(opened <= 8 * bytes, `opening: ${opened} bytes`);
});

test('a million seals grow nothing', async (t) => {
  const body = { tempOrderCode: '1010202107180001', distrCode: 'DL1000100', memberId: '106225' };
  const some = (/** @type {number} */ count) => {
    for (let index = 0; index < count; index++) seal(body, KEYS);
  };
  some(1_000);
  const before = await sizes();
  some(1_000_000);
  await sameSize(t, before, '1,000,000 seals');
});

test('thirty thousand calls, every second one failing, grow nothing', async (t) => {
  const answers = [() => Response.json({ code: '0000', data: { orderListUrl: 'https://a.example/' } }), () => Response.json({ code: '1000', message: '订单不存在' })];
  let count = 0;
  const client = new Client({ ...KEYS, ...CODES, rateLimit: { calls: 100_000, periodMs: 1 }, fetch: async () => /** @type {() => Response} */ (answers[count++ % 2])() });
  const { signal } = new AbortController();
  const some = async (/** @type {number} */ rounds) => {
    for (let round = 0; round < rounds; round++) {
      await Promise.allSettled(Array.from({ length: 100 }, () => client.getOrderListUrl(REQUESTS.getOrderListUrl, { signal })));
    }
  };
  await some(10);
  const before = await sizes();
  await some(300);
  await sameSize(t, before, '30,000 calls');
});

/** Whether the JSON text of an object with that first property is on the JS heap. @param {string} name */
async function onHeap(name) {
  let snapshot = '';
  for await (const chunk of getHeapSnapshot()) snapshot += chunk;
  // Put together only now: it would be found itself.
  return snapshot.includes(`{\\"${name}\\":`);
}

test("while a call waits for its answer, its request's text is kept nowhere", async (t) => {
  /** @type {(arrived: unknown) => void} */
  let arrive = () => {};
  const arrived = new Promise((resolve) => (arrive = resolve));
  const baseUrl = await listen(t, createServer((request) => request.resume().on('end', arrive)));
  const end = new AbortController();
  const running = clientFor(baseUrl).call('/some/path', { markOfSent: 'x' }, { signal: end.signal });
  const held = JSON.stringify({ markOfHeld: 'x' });
  await arrived;
  assert.deepEqual([await onHeap('markOfHeld'), await onHeap('markOfSent')], [true, false]);
  end.abort();
  await assert.rejects(running, { name: 'AbortError' });
  assert.match(held, /x/);
});
