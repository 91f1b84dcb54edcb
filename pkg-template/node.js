// @ts-check
// Node: what the envelope takes, with a small wasm of it alone, compiled at its first use, so that nothing need be awaited and
// nothing is compiled in vain. All else is in files of their own, loaded at their first use.

import { compile } from './node-instance.js';
import { draw } from './node-random.js';
import { compileOnFirstUse, drawBy } from './runtime.js';

compileOnFirstUse(compile);
drawBy(draw);

export { decrypt, encrypt, open, seal, sealText, sign, signingString } from './envelope.js';
export * from './errors.js';
export { Client, confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './node-later.js';

/** Nothing to wait for in Node; here so that the same code runs in a browser. */
export async function init() {}
