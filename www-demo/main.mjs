// @ts-check
// The sandbox and the shop in one process, on this machine only.

import { serve } from '@hono/node-server';
import { Client } from 'aigobo';
import { serveSandbox } from 'aigobo/sandbox-server';
import { createShop } from './shop.mjs';

const HOST = '127.0.0.1';

/** Starts both; port 0 takes a free one. @param {{ port?: number, sandboxPort?: number }} [ports] */
export async function startDemo({ port = 8080, sandboxPort = 0 } = {}) {
  const platform = await serveSandbox({ port: sandboxPort });
  const client = new Client(platform.clientOptions);
  try {
    /** @type {ReturnType<typeof createShop> | undefined} */
    let shop;
    const { server, url } = await new Promise((resolve, reject) => {
      const server = serve({ fetch: (request) => shop?.fetch(request) ?? new Response(null, { status: 503 }), port, hostname: HOST, overrideGlobalObjects: false }, (info) => {
        const url = `http://${HOST}:${info.port}`;
        shop = createShop({ client, origin: url, platform: platform.url });
        resolve({ server, url });
      });
      server.once('error', reject);
    });
    return {
      url,
      /** The console for calls, orders and callbacks. */
      consoleUrl: `${platform.url}/_sandbox/`,
      sandbox: platform.sandbox,
      clientOptions: platform.clientOptions,
      async close() {
        await platform.close();
        server.closeAllConnections?.();
        await new Promise((done) => server.close(done));
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

/** `npm run demo` */
export async function runDemo() {
  const port = Number(process.env.PORT ?? 8080);
  const demo = await startDemo({ port, sandboxPort: 0 }).catch((/** @type {Error & { code?: string }} */ { code, message }) => {
    const why = code === 'EADDRINUSE' ? `port ${port} is taken by another program` : code === 'ERR_SOCKET_BAD_PORT' ? 'PORT must be a whole number from 0 to 65535' : message;
    console.error(`The demo cannot start: ${why}. Choose a port that is free, for example PORT=8081 npm run demo, or PORT=0 for any.`);
    process.exitCode = 1;
  });
  if (!demo) return;
  console.log(demo.url);
  console.log(`The sandbox's console: ${demo.consoleUrl}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => demo.close().then(() => process.exit(0)));
}
