// @ts-check
// The outcome of the harmless read.

import { isAigoboError } from 'aigobo';
import { codeOf } from './live-network.js';

/** The client's method; its body has no nested values. */
export const READ = 'getProductDetail';

/** The codes of calls to which the platform gave no answer. */
export const UNANSWERED = ['connection', 'timeout', 'rate-limit', 'http'];

/**
 * The outcome of a call: the platform's code, or the error's.
 * @typedef {{ code: string, message: string, gatewayCode?: string, remedy?: string, cause?: string, status?: number }} Outcome
 */

/**
 * Anything that is not one of the package's own errors is rethrown.
 * @param {Promise<unknown>} call
 * @returns {Promise<Outcome>}
 */
export async function outcomeOf(call) {
  try {
    await call;
    return { code: 'ok', gatewayCode: '0000', message: '成功' };
  } catch (error) {
    if (!isAigoboError(error)) throw error;
    const { code, message, status, gatewayCode, gatewayMessage, remedy } = /** @type {any} */ (error);
    // The gateway said 0000, but its data are not as documented. This says nothing against the envelope.
    if (code === 'reply' && error.message.includes(' at data')) return { code: 'ok', gatewayCode: '0000', message };
    return { code, message: gatewayMessage ?? message, gatewayCode, remedy, cause: codeOf(error.cause), status };
  }
}

/** Older runtimes do not have Symbol.dispose. @param {import('aigobo').Client} client */
export function dispose(client) {
  client[/** @type {typeof Symbol.dispose} */ (Symbol.dispose ?? Symbol.for('Symbol.dispose'))]();
}
