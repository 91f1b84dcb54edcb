// @ts-check
// The sandbox on a port of this machine.

import { serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConfigError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';

const HOST = '127.0.0.1';

/** The names of this machine, as a browser gives them. */
const OURS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** @type {typeof import('./sandbox-server.js').serveSandbox} */
export async function serveSandbox({ port = 6062, ...options } = {}) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError({ code: 'config', option: 'port', message: 'port: must be a whole number from 0 (any free one) to 65535' });
  }
  /** @type {import('./sandbox.js').Sandbox | undefined} */
  let sandbox;
  const { server, url } = await new Promise((resolve, reject) => {
    /** @param {Request} request @param {{ incoming: import('node:http').IncomingMessage }} connection */
    const fetch = async (request, { incoming }) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/_sandbox/') && isForeign(incoming.headers)) return Response.json({ error: 'the controls are for this machine alone' }, { status: 403 });
      if (pathname === '/' || pathname === '/_sandbox') return new Response(null, { status: 303, headers: { location: '/_sandbox/' } });
      try {
        return await /** @type {NonNullable<typeof sandbox>} */ (sandbox).fetch(request);
      } catch (error) {
        if (error instanceof ConfigError) return Response.json({ error: error.message }, { status: 500 });
        // A fault: the connection breaks, and nothing is answered.
        incoming.socket.resetAndDestroy();
        return RESPONSE_ALREADY_SENT;
      }
    };
    // The globals stay the runtime's own: this is a guest in somebody's process.
    const server = serve({ fetch, port, hostname: HOST, overrideGlobalObjects: false }, (info) => {
      // Only now is the port known, which the addresses in the sandbox's replies carry.
      const url = `http://${HOST}:${info.port}`;
      try {
        sandbox = createSandbox({ ...options, baseUrl: url });
        resolve({ server, url });
      } catch (error) {
        server.close();
        reject(error);
      }
    });
    server.once('error', reject);
  });
  const running = /** @type {NonNullable<typeof sandbox>} */ (/** @type {unknown} */ (sandbox));
  const { fetch, ...clientOptions } = running.clientOptions;
  return {
    url,
    sandbox: running,
    clientOptions,
    async close() {
      await running.close();
      server.closeAllConnections?.();
      await new Promise((done) => server.close(done));
    },
  };
}

/**
 * Whether a page of another site asks: its own request, or one by a name that it made point here.
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function isForeign(headers) {
  return ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'])) || !OURS.test(String(headers.host));
}
