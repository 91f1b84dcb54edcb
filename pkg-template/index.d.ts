/**
 * The client of the platform's gateway, and everything that needs no client: the envelope, the check of a request, the
 * callbacks' bodies, the register of endpoints and response codes, the errors. Requests and replies are in
 * {@link models! | models}, and exported from here, too.
 *
 * `import` and `require` give the same classes. In a browser, await {@link init} once.
 * @module aigobo
 */

export * from './types/client.js';
export * from './types/init.js';
export * from './types/envelope.js';
export * from './types/requests.js';
export * from './types/callbacks.js';
export * from './types/errors.js';
export * from './types/error-guards.js';
export * from './generated/models.js';
