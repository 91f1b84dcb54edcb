// @ts-check
// What a replacement for fetch returns.

/** Statuses of answers without a body. */
const BODILESS = [204, 205, 304];

/**
 * @param {number} status
 * @param {BodyInit} body
 * @param {HeadersInit} headers
 */
export function answer(status, body, headers) {
  return new Response(BODILESS.includes(status) ? null : body, { status, headers });
}

/** What Node's own fetch throws when no answer comes. @param {string} message @param {string} code the system's @param {string} syscall the one that failed */
export function noAnswer(message, code, syscall) {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code, syscall }) });
}
