// @ts-check
// The sandbox on a port of this machine.

import { serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConfigError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { withoutNull, wrong } from './common/options.js';

const HOST = '127.0.0.1';

/** The names of this machine, as a browser gives them. */
const OURS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** @type {typeof import('./sandbox-server.js').serveSandbox} */
export async function serveSandbox(given) {
  const { port = 6062, ...options } = withoutNull(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw wrong('port', 'must be a whole number from 0 (any free one) to 65535');
  }
  /** @type {import('./sandbox.js').Sandbox | undefined} */
  let sandbox;
  const { server, url } = await new Promise((resolve, reject) => {
    /** @param {Request} request @param {{ incoming: import('node:http').IncomingMessage }} connection */
    const fetch = async (request, { incoming }) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/_sandbox/') && isForeign(incoming)) return Response.json({ error: 'the controls are for this machine alone' }, { status: 403 });
      if (pathname === '/' || pathname === '/_sandbox') return new Response(null, { status: 303, headers: { location: '/_sandbox/' } });
      try {
        return await /** @type {NonNullable<typeof sandbox>} */ (sandbox).fetch(request);
      } catch (error) {
        if (isReset(error) || request.signal.aborted) {
          incoming.socket.resetAndDestroy();
          return RESPONSE_ALREADY_SENT;
        }
        return Response.json({ error: error instanceof ConfigError ? error.message : 'the sandbox itself failed; start it again' }, { status: 500 });
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
      try {
        // While callbacks are delivered the shop may ask for their orders.
        await running.close();
      } finally {
        const stopped = new Promise((done) => server.close(done));
        server.closeAllConnections?.();
        await stopped;
      }
    },
  };
}

/**
 * Whether a page of another site asks: its own request, or one by a name that it made point here. A link to the page is none.
 * @param {import('node:http').IncomingMessage} incoming
 */
function isForeign({ headers, method, url }) {
  if (!OURS.test(String(headers.host))) return true;
  if (method === 'GET' && url === '/_sandbox/' && headers['sec-fetch-dest'] === 'document') return false;
  const ours = [undefined, `http://${headers.host}`].includes(headers.origin);
  return !ours || ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']));
}

/** Whether a fault has the connection broken, with no answer. @param {unknown} error */
function isReset(error) {
  return error instanceof TypeError && /** @type {{ code?: string }} */ (error.cause)?.code === 'ECONNRESET';
}
