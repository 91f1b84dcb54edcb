// Compiled, never run: what a user writes must compile in a strict project, and what is wrong must not. Behind each directive
// stands what the compiler must complain about. Each endpoint's wrong calls: wrong-calls.ts.
import { AigoboError, Client, GatewayError, OutcomeUnknownError, ValidationError, isAigoboError, isGatewayError, endpoints, explain, init, notificationKey, parseNotification, parseResidentId, responseCodes, seal, signingString, validate } from 'aigobo';
import type { AnyAigoboError, ClientEvent, ClientOptions, CreatePreOrderRequest, Envelope, GatewayCode, OrderDetailReply, RateLimiter, Reply } from 'aigobo';
import { diagnose, difference, explainText, type Diagnosis, type Evidence, type Finding } from 'aigobo/doctor';
import * as inline from 'aigobo/inline';
import { createNotificationHandler, createReconciler, memoryNotificationStore, notifyUrls, toNodeHandler, type NotificationEvent } from 'aigobo/notifications';
import { redisNotificationStore, redisRateLimiter } from 'aigobo/redis';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';

export async function order(client: Client, request: CreatePreOrderRequest): Promise<string> {
  const { url, tempOrderCode } = await client.createPreOrder(request, { signal: new AbortController().signal });
  const detail = await client.getOrderDetail({ tempOrderCode, memberId: request.memberId });
  const status: string = detail.orderStatus;
  const amount: string | undefined = detail.orderTotalAmt;
  const nothing: void = await client.notifyPayment({ tempOrderCode, memberId: request.memberId, txnStatus: -1 });
  return `${url}${status}${amount ?? ''}${String(nothing)}`;
}

export async function whole(client: Client): Promise<string> {
  const { data, headers, status, code }: Reply<{ memberId: string }> = await client
    .registerMember({ mobile: '1', company: 'c', province: 'p', city: 'c', address: 'a' }, { timeoutMs: 1, deadlineMs: 2, maxRetries: 0 })
    .withReply();
  // @ts-expect-error 'retries'
  client.call('/api/x', {}, { retries: 1 });
  // As it comes out of a database; a required field is never null.
  await client.registerMember({ mobile: '1', company: 'c', province: 'p', city: 'c', address: 'a', contact: null, employeeCode: null });
  // @ts-expect-error 'null'
  await client.registerMember({ mobile: null, company: 'c', province: 'p', city: 'c', address: 'a' });
  const untyped: unknown = await client.call('/api/x', { a: 1 });
  // @ts-expect-error 'urgent'
  client.call('/api/x', {}, { priority: 'urgent' });
  // @ts-expect-error 'object'
  client.call('/api/x', 'text');
  // @ts-expect-error 'memberID'
  data.memberID;
  client[Symbol.dispose]();
  return `${data.memberId}${headers.get('date') ?? ''}${status}${code}${String(untyped)}`;
}

export class Limiter implements RateLimiter {
  async acquire({ signal, deadlineMs }: { signal?: AbortSignal; deadlineMs?: number }): Promise<void> {
    if (signal?.aborted || deadlineMs === 0) throw new Error('full');
  }
}

export const policy: Partial<ClientOptions> = {
  rateLimit: new Limiter(),
  clock: () => Date.now(),
  observe: ({ endpoint, next, retryInMs }: ClientEvent) => console.log(endpoint, next === 'retry' ? retryInMs : next),
};
// @ts-expect-error 'gps'
policy.clock = 'gps';
// @ts-expect-error 'staging'
policy.environment = 'staging';
// @ts-expect-error 'periodMs'
policy.rateLimit = { calls: 1 };
// @ts-expect-error 'true'
policy.rateLimit = true;
// @ts-expect-error 'xml'
policy.dialect = { transport: 'xml' };
// @ts-expect-error 'string'
policy.timeoutMs = '10s';
// @ts-expect-error 'ClientEvent'
policy.observe = ({ url }) => console.log(url);
const keys = { accessToken: 't', desKey: '12345678', md5SecretKey: 'm' };
// @ts-expect-error 'distrCode'
new Client(keys);
// @ts-expect-error 'retries'
new Client({ ...keys, distrCode: 'D', retries: 3 });
// @ts-expect-error 'Expected 1 arguments'
new Client();
// @ts-expect-error 'number'
Client.fromEnv({ AIGOBO_DES_KEY: 1 });
Client.fromEnv(undefined, { timeoutMs: 3_000, observe: undefined, fetch: policy.fetch });
// @ts-expect-error 'retries'
Client.fromEnv({}, { retries: 3 });

/** The platform may say what nobody wrote down; what was written down is suggested. */
export const statuses: OrderDetailReply['orderStatus'][] = ['已支付', '一种新状态'];
export const codes: GatewayCode[] = ['1000', '7777'];
// @ts-expect-error '1'
statuses.push(1);
// @ts-expect-error '1000'
codes.push(1000);

export function explainError(error: unknown): string {
  if (error instanceof OutcomeUnknownError) return `${error.remedy} ${error.cause.code}`;
  if (isGatewayError(error, '1000')) return error.gatewayMessage;
  if (isAigoboError(error) && error.retryable) return error.nonce ?? JSON.stringify(error.toJSON());
  if (error instanceof ValidationError) return error.issues.map(({ path, label }) => `${path} ${label}`).join();
  if (error instanceof GatewayError) return `${error.gatewayCode} ${error.remedy} ${error.code}`;
  if (error instanceof AigoboError) {
    // @ts-expect-error 'gatewayCode'
    error.gatewayCode;
    // @ts-expect-error 'code'
    error.code = 'another';
  }
  if (isAigoboError(error)) {
    // @ts-expect-error 'remedy'
    error.remedy;
    // @ts-expect-error 'confg'
    if (error.code === 'confg') return '';
    if (error.code === 'validation') return error.issues.map(({ path }) => path).join();
    if (error.code === 'outcome-unknown') return error.cause.code === 'timeout' ? `${error.cause.timeoutMs}` : error.remedy;
    const other: AnyAigoboError = error;
    return other.message;
  }
  if (isGatewayError(error, '1001')) {
    const code: '1001' = error.gatewayCode;
    return code + error.gatewayMessage;
  }
  if (isGatewayError(error)) {
    // @ts-expect-error '"1001"'
    const code: '1001' = error.gatewayCode;
    return code;
  }
  // @ts-expect-error '1000'
  if (isGatewayError(error, 1000)) return '';
  // @ts-expect-error 'unknown'
  return error.message;
}

export const sealed: Envelope = seal({ a: 1 }, { accessToken: 't', desKey: '12345678', md5SecretKey: 'm' }, { dialect: { nested: 'json' } });
export const issues = validate('createPreOrder', {});
// @ts-expect-error 'md5SecretKey'
seal({ a: 1 }, { accessToken: 't', desKey: '12345678' });
// @ts-expect-error 'object'
signingString('a=1');
// @ts-expect-error '"createOrder"'
validate('createOrder', {});
// @ts-expect-error 'enforceLength'
validate('createPreOrder', {}, { enforceLength: false });
// @ts-expect-error 'null'
parseResidentId('x').birthday;
// @ts-expect-error 'undefined'
responseCodes['7777'].remedy;
// @ts-expect-error 'push'
endpoints.push(endpoints[0]);
// @ts-expect-error '"paid"'
notificationKey('paid', parseNotification('{}'));
// @ts-expect-error '5'
init(5);

/** The same types, whichever entry they come from. */
export const sameEntry: Client = new inline.Client({ ...keys, distrCode: 'D' });
export const serving = serveSandbox({ port: 0, clock: () => 0 });
// @ts-expect-error 'string'
serveSandbox({ port: '6062' });
// @ts-expect-error 'baseUrl'
serveSandbox({ baseUrl: 'https://a.example' });
// @ts-expect-error 'stop'
serving.then(({ stop }) => stop());

export async function hooks(client: Client): Promise<void> {
  const urls: { deliverNotifyUrl: string; returnNotifyUrl: string; refundNotifyUrl: string } = await notifyUrls({ base: 'https://a.example', secret: 's', memberId: '1', outSerialNo: '2' });
  const store = memoryNotificationStore({ most: 5 });
  const onDeliver = async ({ kind, detail, policyCode }: NotificationEvent) => console.log(urls, kind, detail?.orderStatus, policyCode);
  const handler = createNotificationHandler({ client, secret: ['new', 'old'], store, onDeliver, onError: (error, { kind }) => console.error(error, kind) });
  const response: Response = await handler(new Request('https://a.example'));
  toNodeHandler(handler);
  const { asked, told, failed }: { asked: number; told: number; failed: number } = await createReconciler({ client, store, pending: () => [], onDeliver }).run();
  // @ts-expect-error 'onDelivery'
  createNotificationHandler({ client, secret: 's', onDelivery: onDeliver });
  // @ts-expect-error 'secret'
  createNotificationHandler({ client, onDeliver });
  // @ts-expect-error 'status'
  createNotificationHandler({ client, secret: 's', onDeliver: ({ status }) => console.log(status) });
  // @ts-expect-error 'outSerialNo'
  await notifyUrls({ base: 'https://a.example', secret: 's', memberId: '1' });
  // @ts-expect-error 'store'
  createReconciler({ client, pending: () => [] });
  // @ts-expect-error 'memberId'
  createReconciler({ client, store, pending: () => [{ tempOrderCode: '1', outSerialNo: '2' }] });
  // @ts-expect-error 'ttl'
  memoryNotificationStore({ ttl: 5 });
  // @ts-expect-error '"old"'
  if ((await store.claim('k', 1)) === 'old') return;
  // @ts-expect-error 'Promise<Response>'
  toNodeHandler(() => 200);
  console.log(response.status, asked, told, failed);
}

const sandbox = createSandbox({ seed: 2 });
sandbox.faults([
  { fault: 'lost-answer', endpoint: 'createPreOrder', times: 1 },
  { fault: 'delay', ms: 5, chance: 0.5 },
  { fault: 'notification-late', kind: 'deliver', ms: 5 },
]);
createSandbox({ deliver: async (url, init) => new Response(JSON.stringify([url, JSON.parse(init.body)])) });
createSandbox({ deliver: (url, init) => fetch(url, init) });
// @ts-expect-error 'url'
createSandbox({ deliver: async (_, init) => new Response(init.url) });
// @ts-expect-error 'earthquake'
sandbox.faults([{ fault: 'earthquake' }]);
// @ts-expect-error 'endpoint'
sandbox.faults([{ fault: 'notification-lost', endpoint: 'getOrderDetail' }]);
// @ts-expect-error 'ms'
sandbox.faults([{ fault: 'delay' }]);
// @ts-expect-error 'seeds'
createSandbox({ seeds: 2 });
// @ts-expect-error 'number'
sandbox.credit(1000);
// @ts-expect-error 'tempOrderCode'
sandbox.pay({ tempOrderCode: '1' });
// @ts-expect-error 'clientOptions'
sandbox.clientOptions = { ...sandbox.clientOptions };
// @ts-expect-error '"bought"'
sandbox.snapshot().orders[0]?.history[0]?.stage === 'bought';

const redis = { call: async (command: string, ...args: (string | number)[]): Promise<unknown> => [command, ...args] };
export const shared: Partial<ClientOptions> = { rateLimit: redisRateLimiter(redis, { key: 'k', fallback: 'allow' }) };
redisNotificationStore(redis, { prefix: 'p' });
const cluster = { sendCommand: async (_firstKey: string | undefined, _isReadonly: boolean | undefined, command: readonly string[]): Promise<unknown> => command, getSlotRandomNode: (slot: number) => slot };
redisRateLimiter(cluster, { key: 'k', prefix: 'p' });
// @ts-expect-error 'key'
redisRateLimiter(redis, {});
// @ts-expect-error 'wait'
redisRateLimiter(redis, { key: 'k', fallback: 'wait' });
// @ts-expect-error 'RedisConnection'
redisRateLimiter('redis://127.0.0.1', { key: 'k' });
// @ts-expect-error 'ttl'
redisNotificationStore(redis, { ttl: 5 });

const evidence: Evidence = { envelope: '{}', body: { memberId: '1' }, sign: 's', refusal: { code: '2000' } };
const diagnosis: Diagnosis = diagnose(evidence, { md5SecretKey: 's' }, { now: 1, lang: 'zh', dialect: { nested: 'json' } });
export const found: (Finding['at'] | undefined)[] = diagnosis.findings.map(({ at }) => at);
export const parted: number | undefined = difference('a', 'b')?.byte;
export const shown: string = explainText(explain({}, { accessToken: 'a', desKey: '12345678', md5SecretKey: 's' }), { color: true });
export const diagnosed = (error: GatewayError): string[] => [diagnose(error, {}), diagnose({ refusal: error }, {})].map(({ summary }) => summary);
// @ts-expect-error 'sgin'
diagnose({ sgin: 's' }, {});
// @ts-expect-error '"de"'
diagnose('2000', {}, { lang: 'de' });
// @ts-expect-error '"fine"'
diagnosis.verdict === 'fine';
