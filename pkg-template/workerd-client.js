// @ts-check
// workerd: all that takes the whole wasm, which the build bundles with its runtime.

// @ts-expect-error no file of that name, so TypeScript finds no types
import wasm from './wasm/aigobo_bg.wasm?module';
import { moduleOf } from './edge-module.js';
import { compileOnFirstUse } from './runtime.js';

compileOnFirstUse(() => moduleOf(wasm, 'aigobo_bg.wasm'));

export { Client } from './client.js';
export { confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './functions.js';
