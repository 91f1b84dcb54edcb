// @ts-check
// The other functions that need no client. index.d.ts describes shapes, units and errors. They read the caller's objects before they enter
// the wasm, where a RangeError counts as a trap.

import { bodyToJson, keys, onlyKnown, optionToJson, requireText, textOf } from './json.js';
import { withOrigins } from './origins.js';
import { withWasm } from './runtime.js';

/** @type {typeof import('./index.js').explain} */
export function explain(body, credentials, dialect) {
  const args = [bodyToJson(body), ...keys(credentials), optionToJson('dialect', dialect)];
  return withWasm((wasm) => JSON.parse(textOf(wasm.explain(args))));
}

/** @type {typeof import('./index.js').validate} */
export function validate(endpoint, request, options) {
  const text = bodyToJson(request);
  const { distrCode, employeeCode, invitateCode, enforceLengths = true } = onlyKnown(options, ['distrCode', 'employeeCode', 'invitateCode', 'enforceLengths']);
  for (const [option, value] of Object.entries({ distrCode, employeeCode, invitateCode })) optionalText(option, value);
  const args = [requireText('endpoint', endpoint), text, enforceLengths, distrCode, employeeCode, invitateCode];
  const issues = withWasm((wasm) => JSON.parse(textOf(wasm.validate(args))));
  return withOrigins({ aigobo: true, message: '', issues }, request).issues;
}

/** @type {typeof import('./index.js').parseResidentId} */
export function parseResidentId(number) {
  return withWasm((wasm) => JSON.parse(wasm.parseResidentId(requireText('number', number))));
}

/** @type {typeof import('./index.js').parseNotification} */
export function parseNotification(body) {
  const bytes = bytesOf(body);
  return withWasm((wasm) => JSON.parse(textOf(wasm.parseNotification(bytes))));
}

/** The bytes of a body that is bytes, from any realm, or text, or an object. @param {any} body */
function bytesOf(body) {
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if ({}.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body);
  return new TextEncoder().encode(typeof body === 'string' ? body : bodyToJson(body));
}

/** @type {typeof import('./index.js').notificationKey} */
export function notificationKey(kind, notification) {
  const args = [requireText('kind', kind), bodyToJson(notification)];
  return withWasm((wasm) => textOf(wasm.notificationKey(args)));
}

/** @type {typeof import('./index.js').confirmNotification} */
export function confirmNotification(kind, notification, detail) {
  const args = [requireText('kind', kind), bodyToJson(notification), bodyToJson(detail)];
  return withWasm((wasm) => JSON.parse(textOf(wasm.confirmNotification(args))));
}

/** @type {typeof import('./index.js').orderNews} */
export function orderNews({ outSerialNo, tempOrderCode }, detail) {
  const args = [requireText('outSerialNo', outSerialNo), requireText('tempOrderCode', tempOrderCode), bodyToJson(detail)];
  return withWasm((wasm) => JSON.parse(textOf(wasm.orderNews(args))));
}

/**
 * @param {string} option
 * @param {unknown} value
 */
function optionalText(option, value) {
  if (value !== undefined) requireText(option, value);
}
