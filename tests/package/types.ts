// Compiled, never run: what a user writes must compile in a strict project, and what is wrong must not.
import { Client, GatewayError, ValidationError, validate, type CreatePreOrderRequest, type Envelope, seal } from 'aigobo';
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

export function explainError(error: unknown): string {
  if (error instanceof ValidationError) return error.issues.map(({ path, label }) => `${path} ${label}`).join();
  if (error instanceof GatewayError) return `${error.gatewayCode} ${error.remedy} ${error.code}`;
  return String(error);
}

export const sealed: Envelope = seal({ a: 1 }, { accessToken: 't', desKey: '12345678', md5SecretKey: 'm' }, { dialect: { nested: 'json' } });
export const issues = validate('createPreOrder', {});
export const serving = serveSandbox({ port: 0, clock: () => 0 });
