// @ts-check
// The other functions that need no client. Shapes, units and errors: index.d.ts.

import { bodyToJson, keys, onlyKnown, optionToJson, requireText, textOf } from './json.js';
import { withOrigins } from './origins.js';
import { withWasm } from './runtime.js';

/** @type {typeof import('./index.js').explain} */
export function explain(body, credentials, dialect) {
  const text = bodyToJson(body);
  return withWasm((wasm) => JSON.parse(textOf(wasm.explain([text, ...keys(credentials), optionToJson('dialect', dialect)]))));
}

/** @type {typeof import('./index.js').validate} */
export function validate(endpoint, request, options) {
  const text = bodyToJson(request);
  const { distrCode, employeeCode, invitateCode, enforceLengths = true } = onlyKnown(options, ['distrCode', 'employeeCode', 'invitateCode', 'enforceLengths']);
  for (const [option, value] of Object.entries({ distrCode, employeeCode, invitateCode })) optionalText(option, value);
  const issues = withWasm((wasm) => JSON.parse(textOf(wasm.validate([requireText('endpoint', endpoint), text, enforceLengths, distrCode, employeeCode, invitateCode]))));
  return withOrigins({ aigobo: true, message: '', issues }, request).issues;
}

/** @type {typeof import('./index.js').parseResidentId} */
export function parseResidentId(number) {
  return withWasm((wasm) => JSON.parse(wasm.parseResidentId(requireText('number', number))));
}

/** @type {typeof import('./index.js').parseNotification} */
export function parseNotification(body) {
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === 'string' ? body : bodyToJson(body));
  return withWasm((wasm) => JSON.parse(textOf(wasm.parseNotification(bytes))));
}

/** @type {typeof import('./index.js').notificationKey} */
export function notificationKey(kind, notification) {
  return withWasm((wasm) => textOf(wasm.notificationKey([requireText('kind', kind), bodyToJson(notification)])));
}

/** @type {typeof import('./index.js').confirmNotification} */
export function confirmNotification(kind, notification, detail) {
  withWasm((wasm) => textOf(wasm.confirmNotification([requireText('kind', kind), bodyToJson(notification), bodyToJson(detail)])));
}

/** @type {typeof import('./index.js').orderNews} */
export function orderNews({ outSerialNo, tempOrderCode }, detail) {
  return withWasm((wasm) => JSON.parse(textOf(wasm.orderNews([requireText('outSerialNo', outSerialNo), requireText('tempOrderCode', tempOrderCode), bodyToJson(detail)]))));
}

/**
 * @param {string} option
 * @param {unknown} value
 */
function optionalText(option, value) {
  if (value !== undefined) requireText(option, value);
}
