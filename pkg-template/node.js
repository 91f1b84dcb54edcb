// @ts-check
// Node: what the envelope takes, with a small wasm of it alone, compiled at its first use, so that nothing need be awaited and
// nothing is compiled in vain. All else is in files of their own, loaded at their first use.

import { decrypt, encrypt, open, seal, sealText, sign, signingString } from './envelope.js';
import {
  AigoboError, ConfigError, ConnectionError, EnvelopeError, GatewayError, HttpError, InternalError, NotificationError, OutcomeUnknownError,
  RateLimitError, ReplyError, StoreError, TimeoutError, ValidationError, isAigoboError, isGatewayError,
} from './errors.js';
import { register } from './node-beside.js';
import { compile } from './node-instance.js';
import { Client, confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './node-later.js';
import { once } from './node-once.js';
import { draw } from './node-random.js';
import { compileOnFirstUse, drawBy } from './runtime.js';

compileOnFirstUse(compile);
drawBy(draw);

/** Nothing to wait for in Node; here so that the same code runs in a browser. */
async function init() {}

/** What there is to import, by its name. @satisfies {Record<keyof typeof import('./index.js'), unknown>} */
export const api = once({
  AigoboError, ConfigError, ConnectionError, EnvelopeError, GatewayError, HttpError, InternalError, NotificationError, OutcomeUnknownError,
  RateLimitError, ReplyError, StoreError, TimeoutError, ValidationError, isAigoboError, isGatewayError, Client,
  confirmNotification, decrypt, encrypt, explain, init, notificationKey, open, orderNews, parseNotification, parseResidentId, seal, sealText, sign, signingString, validate,
  get endpoints() {
    return register().endpoints;
  },
  get responseCodes() {
    return register().responseCodes;
  },
});
