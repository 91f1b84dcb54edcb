// @ts-check
// A static server beside a sandbox, on one origin, and the page in Chromium.

import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before } from 'node:test';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';
import { chromium } from 'playwright-core';

export const DONE = '25 vectors, 11 endpoints, errors, abort, 50 at once';

/** The longest that a page may take, in milliseconds. */
const LONGEST = 60_000;

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.map': 'application/json', '.wasm': 'application/wasm' };

/** For output that is scripts alone. */
const PAGE = '<!doctype html><title>page</title><script type="module" src="/page.js"></script>';

/** What the tests of a file use: Chromium, and a sandbox with an address. They are there once the tests run. */
export function together() {
  const used = /** @type {{ browser: import('playwright-core').Browser, serving: Awaited<ReturnType<typeof serveSandbox>> }} */ ({});
  before(async () => {
    used.browser = await launch();
    used.serving = await serveSandbox({ port: 0, deliver: async () => new Response() });
  });
  after(async () => {
    await used.browser.close();
    await used.serving.close();
  });
  return used;
}

/**
 * Serves a folder; what is not in it the sandbox answers.
 * @param {string} folder
 */
export async function serveBeside(folder) {
  const sandbox = createSandbox({ deliver: async () => new Response() });
  /** The files that were asked for. @type {string[]} */
  const served = [];
  let origin = '';
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) {
      served.push(pathname);
      return void response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
    }
    if (pathname === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = 'GET', headers } = request;
    const answer = await sandbox.fetch(new Request(`${origin}${request.url}`, { method, headers: { 'content-type': String(headers['content-type']) }, body: method === 'POST' ? Buffer.concat(chunks) : null }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  return {
    origin,
    served,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const launch = () =>
  chromium.launch({ executablePath: process.env.AIGOBO_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });

/**
 * What the page at this address comes to: of the suite in it, and in its worker if it has one.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @returns {Promise<string[]>}
 */
export async function runPage(browser, address) {
  const page = await browser.newPage();
  /** @type {Promise<never>} */
  const failed = new Promise((_, fail) => page.once('pageerror', fail));
  // Raced below; a page that fails later must not end the process.
  failed.catch(() => {});
  try {
    await page.goto(address);
    await Promise.race([page.waitForFunction(() => 'done' in globalThis, undefined, { timeout: LONGEST }), failed]);
    return await Promise.race([page.evaluate(() => /** @type {any} */ (globalThis).done), failed]);
  } finally {
    await page.close();
  }
}
