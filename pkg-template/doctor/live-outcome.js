// @ts-check
// What became of the harmless read.

import { isAigoboError } from 'aigobo';
import { codeOf } from './live-network.js';

/** What the client calls; a body of it holds nothing nested. */
export const READ = 'getProductDetail';

/** The codes of calls of which no answer of the platform came. */
export const UNANSWERED = ['connection', 'timeout', 'rate-limit', 'http'];

/**
 * What a call came to: the platform's code, or the error's.
 * @typedef {{ code: string, message: string, gatewayCode?: string, remedy?: string, cause?: string, status?: number }} Outcome
 */

/**
 * Anything that is none of the package's own errors is thrown on.
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
    // It said 0000, and its data are not as documented: the envelope is none the worse for that.
    if (code === 'reply' && error.message.includes(' at data')) return { code: 'ok', gatewayCode: '0000', message };
    return { code, message: gatewayMessage ?? message, gatewayCode, remedy, cause: codeOf(error.cause), status };
  }
}

/** Older runtimes have no Symbol.dispose. @param {import('aigobo').Client} client */
export function dispose(client) {
  client[/** @type {typeof Symbol.dispose} */ (Symbol.dispose ?? Symbol.for('Symbol.dispose'))]();
}
