// What is wrong with a sandbox reaches whoever calls it through a client: as it is, and at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ConfigError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { rejection } from './lab.js';
import { MEMBER } from './shop.js';

/** A client of this sandbox, and how often it sent. @param {import('aigobo/sandbox').Sandbox} sandbox */
function counted({ clientOptions, fetch }) {
  let sent = 0;
  const client = new Client({ ...clientOptions, clock: Date.now, fetch: (url, init) => (sent++, fetch(url, init)) });
  return { client, sent: () => sent };
}

/** @param {ReturnType<typeof counted>} counted @param {string} option @param {RegExp} said */
async function demandTold({ client, sent }, option, said) {
  for (const call of [() => client.registerMember(MEMBER), () => client.getProductDetail({ productCode: '200437', memberId: '100001' })]) {
    const before = sent();
    const error = await rejection(call());
    assert.ok(error instanceof ConfigError && error.option === option, String(error));
    assert.match(error.message, said);
    assert.deepEqual([/** @type {any} */ (error).attempts, sent() - before], [0, 1], 'nothing was done, and nothing is tried again');
  }
}

test('a sandbox that is closed says so to a write and to a read', async () => {
  const sandbox = createSandbox();
  const calls = counted(sandbox);
  await calls.client.registerMember(MEMBER);
  await sandbox.close();
  await demandTold(calls, 'sandbox', /^sandbox: is closed; make a new one$/);
});

test('a clock that tells no time', async () => {
  let time = Date.now();
  const calls = counted(createSandbox({ clock: () => time }));
  await calls.client.registerMember(MEMBER);
  time = NaN;
  await demandTold(calls, 'clock', /^clock: must return milliseconds since 1970/);
});

test('a clock that throws', async () => {
  const thrown = new Error('no battery');
  let broken = false;
  const sandbox = createSandbox({
    clock() {
      if (broken) throw thrown;
      return Date.now();
    },
  });
  const calls = counted(sandbox);
  await calls.client.registerMember(MEMBER);
  broken = true;
  await demandTold(calls, 'clock', /^clock: threw instead of returning milliseconds since 1970; see cause$/);
  assert.equal((await rejection(calls.client.registerMember(MEMBER))).cause, thrown);
  assert.throws(() => sandbox.snapshot(), { option: 'clock', cause: thrown });
});

test('a clock that stops telling the time once the call is done leaves open what became of it', async () => {
  let readings = Infinity;
  const { client } = counted(createSandbox({ clock: () => (--readings < 0 ? NaN : Date.now()) }));
  readings = 1;
  const error = await rejection(client.registerMember(MEMBER));
  assert.equal(error.code, 'outcome-unknown');
});
