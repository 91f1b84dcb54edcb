// A shop whose handler the platform's callbacks go to.

import { Client } from 'aigobo';
import { createNotificationHandler, memoryNotificationStore, notifyUrls } from 'aigobo/notifications';
import { createSandbox } from 'aigobo/sandbox';
import { MEMBER, preOrder } from './shop.js';

export const SECRET = 'a secret of the shop, 32 bytes long';
export const BASE = 'https://shop.example.com/hooks/aigobo';

/**
 * A shop and the platform. What the platform sends goes to the handler, unless `lost`.
 * @param {Partial<import('aigobo/notifications').NotificationHandlerOptions> & { lost?: boolean }} [options]
 */
export async function shop({ lost = false, ...options } = {}) {
  /** @type {import('aigobo/notifications').NotificationEvent[]} */
  const events = [];
  /** @type {any[]} */
  const errors = [];
  /** @type {{ status: number, body: any }[]} */
  const answers = [];
  /** @type {(request: Request) => Promise<Response>} */
  let handler = async () => new Response(null, { status: 404 });
  const sandbox = createSandbox({
    clock: () => 1_626_570_000_000,
    deliver: async (url, init) => {
      const answer = lost ? new Response(null, { status: 404 }) : await handler(new Request(String(url), init));
      answers.push({ status: answer.status, body: await answer.clone().json().catch(() => undefined) });
      return answer;
    },
  });
  const client = new Client(sandbox.clientOptions);
  const store = memoryNotificationStore();
  const note = (/** @type {import('aigobo/notifications').NotificationEvent} */ event) => void events.push(event);
  handler = createNotificationHandler({ client, secret: SECRET, store, onDeliver: note, onReturn: note, onRefund: note, onError: (error) => void errors.push(error), ...options });
  const { memberId } = await client.registerMember(MEMBER);
  const order = async (changes = {}) => {
    const request = preOrder(memberId, changes);
    Object.assign(request, await notifyUrls({ base: BASE, secret: SECRET, memberId, outSerialNo: request.outSerialNo }), changes);
    return { ...request, ...(await client.createPreOrder(request)) };
  };
  return { sandbox, client, store, handler, events, errors, answers, memberId, order };
}

/** @param {string} url @param {unknown} body @param {RequestInit} [init] */
export const callback = (url, body, init) => new Request(url, { method: 'POST', body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body), ...init });
