// The client in a page: the browser's own fetch, streams, timers and abort signals.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { open } from 'aigobo';
import { chromium } from 'playwright-core';
import { startDemo } from '../../www-demo/main.mjs';

const KEYS = { accessToken: 'page-access-token', desKey: 'page-des-key', md5SecretKey: 'page-md5-secret' };

/** @type {Awaited<ReturnType<typeof startDemo>>} */
let demo;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;
/** A gateway that lets pages of other origins in. @type {import('node:http').Server} */
let gateway;
/** @type {string} */
let baseUrl;
/** @type {string[]} */
const paths = [];

before(async () => {
  gateway = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*');
    if (request.method === 'OPTIONS') return void response.end();
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const envelope = JSON.parse(Buffer.concat(chunks).toString());
    const { memberId } = /** @type {any} */ (open(envelope, KEYS, { now: envelope.timestamp }));
    paths.push(memberId);
    const tries = paths.filter((path) => path === memberId).length;
    if (memberId === 'hangs') return;
    if (memberId === 'redirects') return void response.writeHead(302, { location: '/elsewhere' }).end();
    if (memberId === 'resets') return void response.socket?.destroy();
    if (memberId === 'busy' && tries === 1) return void response.writeHead(503).end();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ code: '0000', message: '成功', data: { orderListUrl: 'https://a.example/' } }));
  });
  await new Promise((listening) => gateway.listen(0, '127.0.0.1', () => listening(undefined)));
  baseUrl = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (gateway.address()).port}`;
  demo = await startDemo({ port: 0 });
  browser = await chromium.launch({ executablePath: process.env.AIGOBO_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
  // The shop's own policy lets its pages speak to the shop alone; this test's page speaks to the test's gateway.
  page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.goto(demo.url);
});

after(async () => {
  await browser.close();
  await demo.close();
  gateway.closeAllConnections();
  await new Promise((closed) => gateway.close(closed));
});

/** What a call in the page comes to. @param {string} memberId @param {object} [options] @param {boolean} [abort] */
const ask = (memberId, options = {}, abort = false) =>
  page.evaluate(
    async ({ keys, baseUrl, memberId, options, abort }) => {
      const { Client, init } = await import(/** @type {string} */ ('/aigobo/browser.js'));
      await init();
      const client = new Client({ ...keys, baseUrl, distrCode: 'D', allowBrowser: true, timeoutMs: 200, clock: () => performance.now() * 1_000, ...options });
      const controller = new AbortController();
      if (abort) setTimeout(() => controller.abort('enough'), 20);
      try {
        const { data, attempts } = await client.getOrderListUrl({ account: '1', memberId }, { signal: controller.signal }).withReply();
        return [data.orderListUrl, attempts];
      } catch (error) {
        return abort ? [error] : [error.code, error.attempts, error.status];
      }
    },
    { keys: KEYS, baseUrl, memberId, options, abort },
  );

test('in a page: answered, sent again, timed out, aborted, reset, not redirected', async () => {
  assert.deepEqual(await ask('answers'), ['https://a.example/', 1]);
  assert.deepEqual(await ask('busy'), ['https://a.example/', 2]);
  assert.deepEqual(await ask('hangs', { maxRetries: 1 }), ['timeout', 2, undefined]);
  assert.deepEqual(await ask('hangs', { timeoutMs: 60_000 }, true), ['enough']);
  assert.deepEqual((await ask('resets')).slice(0, 2), ['connection', 3]);
  // A browser hides what a redirect says; the client does not follow it all the same.
  assert.deepEqual((await ask('redirects')).slice(0, 2), ['http', 1]);
  assert.ok(!paths.includes('elsewhere'));
});
