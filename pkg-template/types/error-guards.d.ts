import type { GatewayCode } from '../generated/models.js';
import type {
  AigoboError,
  ConfigError,
  ValidationError,
  ConnectionError,
  TimeoutError,
  HttpError,
  GatewayError,
  ReplyError,
  OutcomeUnknownError,
  RateLimitError,
  EnvelopeError,
  NotificationError,
  StoreError,
  InternalError,
} from './errors.js';

/**
 * Every error that this package throws, as a union discriminated by `code`.
 * @example
 * ```ts
 * import { Client, isAigoboError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const client = new Client(createSandbox().clientOptions);
 * try {
 *   await client.getOrderDetail({ tempOrderCode: '1010', memberId: '' });
 * } catch (error) {
 *   if (!isAigoboError(error)) throw error;
 *   if (error.code === 'validation') console.log(error.issues.map(({ path }) => path)); // → [ 'memberId' ]
 *   else if (error.code === 'outcome-unknown') console.log(error.remedy);
 * }
 * ```
 */
export type AnyAigoboError =
  | ConfigError
  | ValidationError
  | ConnectionError
  | TimeoutError
  | HttpError
  | GatewayError
  | ReplyError
  | OutcomeUnknownError
  | RateLimitError
  | EnvelopeError
  | NotificationError
  | StoreError
  | InternalError
  // RecordingError from aigobo/replay.
  | (AigoboError & { readonly code: `recording.${string}` });

/**
 * Whether a value is an error of this package, from any copy of it and any realm.
 * @example
 * ```ts
 * import { isAigoboError, sign } from 'aigobo';
 *
 * try {
 *   sign({ memberId: '106225' }, '');
 * } catch (error) {
 *   if (isAigoboError(error)) console.log(error.code); // → config
 * }
 * console.log(isAigoboError(new Error('another'))); // → false
 * ```
 */
export function isAigoboError(error: unknown): error is AnyAigoboError;
/**
 * Whether the platform said no, and with this code if one is given.
 * @example
 * ```ts
 * import { Client, isGatewayError } from 'aigobo';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const client = new Client(createSandbox().clientOptions);
 * try {
 *   await client.getOrderDetail({ tempOrderCode: '1010', memberId: '106225' });
 * } catch (error) {
 *   if (isGatewayError(error, '9999')) console.log(error.code); // → gateway.9999
 * }
 * ```
 */
export function isGatewayError<Code extends GatewayCode = GatewayCode>(error: unknown, gatewayCode?: Code): error is GatewayError & { readonly gatewayCode: Code };
