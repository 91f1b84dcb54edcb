// The browsers, and an origin for their pages under the strictest policy in which WebAssembly runs.

import { createServer } from 'node:http';
import { after, before, describe } from 'node:test';
import puppeteer from 'puppeteer-core';

/** The runner found them, and passes an empty path for one that is missing (under CI that ends the run). */
const BROWSERS = [
  {
    name: 'Chromium',
    browser: /** @type {const} */ ('chrome'),
    executablePath: process.env.AIGOBO_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  },
  { name: 'Firefox', browser: /** @type {const} */ ('firefox'), executablePath: process.env.AIGOBO_FIREFOX ?? '/usr/bin/firefox-esr', args: [] },
];

export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' http://127.0.0.1:9";

/**
 * Tests that each browser runs.
 * @param {(newPage: (address: string) => Promise<import('puppeteer-core').Page>) => void} define gets what opens a page
 */
export function inEveryBrowser(define) {
  for (const { name, ...options } of BROWSERS) {
    describe(name, { skip: options.executablePath === '' && `${name} is missing` }, () => {
      /** @type {import('puppeteer-core').Browser} */
      let browser;
      before(async () => void (browser = await puppeteer.launch({ ...options, headless: true })));
      after(() => browser?.close());
      define(async (address) => {
        const page = await browser.newPage();
        await page.goto(address);
        return page;
      });
    });
  }
}

/** The scripts that PLACES needs. @param {string} run an expression, what is run */
export function placed(run) {
  return {
    '/page.js': `globalThis.run = () => ${run}.catch(String);`,
    '/worker.js': `${run}.catch(String).then((done) => postMessage(done));`,
    '/service.js': `addEventListener('message', (event) => event.waitUntil(${run}.catch(String).then((done) => event.source.postMessage(done))));`,
  };
}

/** Where code runs in a browser, and what in a page lets `placed` code run there. @type {[string, () => Promise<unknown>][]} */
export const PLACES = [
  ['a page', () => /** @type {any} */ (globalThis).run()],
  ['a module worker', () => new Promise((resolve) => (new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => resolve(data)))],
  [
    'a service worker',
    async () => {
      await navigator.serviceWorker.register('/service.js', { type: 'module' });
      const { active } = await navigator.serviceWorker.ready;
      return new Promise((resolve) => {
        navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
        navigator.serviceWorker.startMessages();
        active?.postMessage('run');
      });
    },
  ],
];

/** @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} answer */
export async function serve(answer) {
  const server = createServer(answer);
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  return {
    origin: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
