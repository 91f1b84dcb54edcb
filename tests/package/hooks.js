// A shop's order at a sandbox on a port, whose callbacks go to a server under test.

import assert from 'node:assert/strict';
import { Client } from 'aigobo';
import { notifyUrls } from 'aigobo/notifications';
import { serveSandbox } from 'aigobo/sandbox-server';
import { MEMBER, preOrder } from './shop.js';

export const SECRET = 'a secret of the shop';

/** Serves until the test ends. @param {import('node:test').TestContext} t */
export async function platform(t) {
  const serving = await serveSandbox({ port: 0 });
  t.after(() => serving.close());
  const { sandbox } = serving;
  const client = new Client(serving.clientOptions);
  const { memberId } = await client.registerMember(MEMBER);

  /** @param {string} base the server's address; it takes callbacks at /hooks */
  async function order(base) {
    const request = preOrder(memberId);
    const urls = await notifyUrls({ base: `${base}/hooks`, secret: SECRET, memberId, outSerialNo: request.outSerialNo });
    const { tempOrderCode } = await client.createPreOrder({ ...request, ...urls });
    return { ...urls, tempOrderCode };
  }

  return {
    serving,
    client,
    order,
    /** An order is paid: both callbacks arrive and are answered with 200, a forged one is not. @param {string} base */
    async callsBack(base) {
      const made = await order(base);
      await sandbox.pay(made.tempOrderCode);
      await sandbox.settled();
      assert.deepEqual(/** @type {any} */ (sandbox.snapshot()).notifications.map(({ answer }) => answer), [200, 200]);
      assert.equal((await fetch(`${base}/hooks`, { method: 'POST', body: '{}' })).status, 403);
      return made;
    },
  };
}
