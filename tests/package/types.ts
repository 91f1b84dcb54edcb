// Compiled, never run: what a user writes must compile in a strict project, and what is wrong must not.
import { Client, GatewayError, OutcomeUnknownError, ValidationError, init, isAigoboError, isGatewayError, seal, validate } from 'aigobo';
import type { ClientEvent, ClientOptions, CreatePreOrderRequest, Envelope, InitSource, RateLimiter, Reply } from 'aigobo';
import { createNotificationHandler, createReconciler, memoryNotificationStore, notifyUrls, toNodeHandler, type NotificationEvent } from 'aigobo/notifications';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';

export async function order(client: Client, request: CreatePreOrderRequest): Promise<string> {
  const { url, tempOrderCode } = await client.createPreOrder(request, { signal: AbortSignal.timeout(1000) });
  const detail = await client.getOrderDetail({ tempOrderCode, memberId: request.memberId });
  const status: string = detail.orderStatus;
  const amount: string | undefined = detail.orderTotalAmt;
  const nothing: void = await client.notifyPayment({ tempOrderCode, memberId: request.memberId, txnStatus: -1 });
  // @ts-expect-error: no such field
  await client.getOrderDetail({ tempOrderCode, memberID: '1' });
  // @ts-expect-error: no such choice
  await client.notifyPayment({ tempOrderCode, memberId: '1', txnStatus: 3 });
  // @ts-expect-error: required
  await client.createPreOrder({ memberId: '1' });
  // @ts-expect-error: no such option
  new Client({ ...createSandbox().clientOptions, retries: 3 });
  return `${url}${status}${amount ?? ''}${String(nothing)}`;
}

export async function whole(client: Client): Promise<string> {
  const { data, headers, status, code }: Reply<{ memberId: string }> = await client
    .registerMember({ mobile: '1', company: 'c', province: 'p', city: 'c', address: 'a' }, { timeoutMs: 1, deadlineMs: 2, maxRetries: 0 })
    .withReply();
  // @ts-expect-error: no such option of a call
  client.call('/api/x', {}, { retries: 1 });
  const untyped: unknown = await client.call('/api/x', { a: 1 });
  client[Symbol.dispose]();
  return `${data.memberId}${headers.get('date') ?? ''}${status}${code}${String(untyped)}`;
}

export class Limiter implements RateLimiter {
  async acquire({ signal, deadlineMs }: { signal?: AbortSignal; deadlineMs?: number }): Promise<void> {
    signal?.throwIfAborted();
    if (deadlineMs === 0) throw new Error('full');
  }
}

export const policy: Partial<ClientOptions> = {
  rateLimit: new Limiter(),
  clock: () => Date.now(),
  observe: ({ endpoint, next, retryInMs }: ClientEvent) => console.log(endpoint, next === 'retry' ? retryInMs : next),
};
// @ts-expect-error: no such clock
policy.clock = 'gps';

export function explainError(error: unknown): string {
  if (error instanceof OutcomeUnknownError) return `${error.remedy} ${error.cause.code}`;
  if (isGatewayError(error, '1000')) return error.gatewayMessage;
  if (isAigoboError(error) && error.retryable) return error.nonce ?? JSON.stringify(error.toJSON());
  if (error instanceof ValidationError) return error.issues.map(({ path, label }) => `${path} ${label}`).join();
  if (error instanceof GatewayError) return `${error.gatewayCode} ${error.remedy} ${error.code}`;
  return String(error);
}

export const sealed: Envelope = seal({ a: 1 }, { accessToken: 't', desKey: '12345678', md5SecretKey: 'm' }, { dialect: { nested: 'json' } });
export const issues = validate('createPreOrder', {});
export const serving = serveSandbox({ port: 0, clock: () => 0 });

export async function hooks(client: Client): Promise<void> {
  const urls: { deliverNotifyUrl: string; returnNotifyUrl: string; refundNotifyUrl: string } = await notifyUrls({ base: 'https://a.example', secret: 's', memberId: '1', outSerialNo: '2' });
  const store = memoryNotificationStore({ most: 5 });
  const onDeliver = async ({ kind, detail, policyCode }: NotificationEvent) => console.log(urls, kind, detail?.orderStatus, policyCode);
  const handler = createNotificationHandler({ client, secret: ['new', 'old'], store, onDeliver, onError: (error, { kind }) => console.error(error, kind) });
  const response: Response = await handler(new Request('https://a.example'));
  toNodeHandler(handler);
  const { asked, told, failed }: { asked: number; told: number; failed: number } = await createReconciler({ client, store, pending: () => [], onDeliver }).run();
  // @ts-expect-error: no such callback
  createNotificationHandler({ client, secret: 's', onDelivery: onDeliver });
  console.log(response.status, asked, told, failed);
}

const sandbox = createSandbox({ seed: 2 });
sandbox.faults([
  { fault: 'lost-answer', endpoint: 'createPreOrder', times: 1 },
  { fault: 'delay', ms: 5, chance: 0.5 },
  { fault: 'notification-late', kind: 'deliver', ms: 5 },
]);
// @ts-expect-error: no such fault
sandbox.faults([{ fault: 'earthquake' }]);
// @ts-expect-error: of callbacks, not of an endpoint
sandbox.faults([{ fault: 'notification-lost', endpoint: 'getOrderDetail' }]);

export async function loaded(module: WebAssembly.Module): Promise<void> {
  await init();
  const sources: InitSource[] = [new URL('https://shop.example.com/aigobo.wasm'), '/aigobo.wasm', new Response(), new Uint8Array(), new ArrayBuffer(0), module];
  for (const source of sources) await init(source);
  await init(fetch('/aigobo.wasm'));
}
