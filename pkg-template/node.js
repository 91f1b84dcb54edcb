// @ts-check
// Node: what the envelope takes, with a small wasm of it alone, compiled at its first use, so that nothing need be awaited and
// nothing is compiled in vain. All else is in files of their own, loaded when they are first asked for.

import { decrypt, encrypt, open, seal, sealText, sign, signingString } from './envelope.js';
import { errors, register } from './node-beside.js';
import { isAigoboError, isGatewayError } from './node-errors-later.js';
import { compile } from './node-instance.js';
import { Client, confirmNotification, explain, notificationKey, orderNews, parseNotification, parseResidentId, validate } from './node-later.js';
import { once } from './node-once.js';
import { draw } from './node-random.js';
import { compileOnFirstUse, drawBy } from './runtime.js';

compileOnFirstUse(compile);
drawBy(draw);

/** Nothing to wait for in Node; here so that the same code runs in a browser. */
async function init() {}

/** What there is to require, by its name. (Functions are values, so that a test can replace them.) @satisfies {Record<keyof typeof import('./index.js'), unknown>} */
export const api = once({
  Client, confirmNotification, decrypt, encrypt, explain, init, isAigoboError, isGatewayError, notificationKey, open, orderNews, parseNotification, parseResidentId, seal, sealText, sign, signingString, validate,
  get AigoboError() {
    return errors().AigoboError;
  },
  get ConfigError() {
    return errors().ConfigError;
  },
  get ConnectionError() {
    return errors().ConnectionError;
  },
  get EnvelopeError() {
    return errors().EnvelopeError;
  },
  get GatewayError() {
    return errors().GatewayError;
  },
  get HttpError() {
    return errors().HttpError;
  },
  get InternalError() {
    return errors().InternalError;
  },
  get NotificationError() {
    return errors().NotificationError;
  },
  get OutcomeUnknownError() {
    return errors().OutcomeUnknownError;
  },
  get RateLimitError() {
    return errors().RateLimitError;
  },
  get ReplyError() {
    return errors().ReplyError;
  },
  get StoreError() {
    return errors().StoreError;
  },
  get TimeoutError() {
    return errors().TimeoutError;
  },
  get ValidationError() {
    return errors().ValidationError;
  },
  get endpoints() {
    return register().endpoints;
  },
  get responseCodes() {
    return register().responseCodes;
  },
});
