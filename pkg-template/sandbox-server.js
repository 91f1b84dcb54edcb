// @ts-check
// Serves the sandbox on a port of this machine.

import { serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConfigError } from 'aigobo';
import { createSandbox } from 'aigobo/sandbox';
import { withoutNull, wrong } from './common/options.js';

const HOST = '127.0.0.1';

/** This machine's names, as a browser sends them. */
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
    // The globals stay the runtime's own, because this is a guest in somebody's process.
    const server = serve({ fetch, port, hostname: HOST, overrideGlobalObjects: false }, (info) => {
      // The addresses in the sandbox's replies contain the port, which is known only now.
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
        // The shop may ask for its orders while callbacks are being delivered.
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
 * Whether a page of another site makes the request, either directly or through a name that it has pointed here.
 * Following a link to the page does not count.
 * @param {import('node:http').IncomingMessage} incoming
 */
function isForeign({ headers, method, url }) {
  if (!OURS.test(String(headers.host))) return true;
  if (method === 'GET' && url === '/_sandbox/' && headers['sec-fetch-dest'] === 'document') return false;
  const ours = [undefined, `http://${headers.host}`].includes(headers.origin);
  return !ours || ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']));
}

/** Whether a fault has the connection reset without an answer. @param {unknown} error */
function isReset(error) {
  return error instanceof TypeError && /** @type {{ code?: string }} */ (error.cause)?.code === 'ECONNRESET';
}
