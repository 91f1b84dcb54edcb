// A buyer's browser at the demo shop, and everything that its pages received.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startDemo } from '../../www-demo/main.mjs';

const SHOTS = new URL('../../target/screenshots/', import.meta.url);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @type {Awaited<ReturnType<typeof startDemo>>} */
export let demo;
/** @type {import('playwright-core').Browser} */
let browser;
/** Everything any page received, with what it sent. @type {string[]} */
const seen = [];
/** @type {Promise<unknown>[]} */
const reading = [];

/** Opens the shop for the tests of a file. */
export function openShop() {
  before(async () => {
    mkdirSync(SHOTS, { recursive: true });
    demo = await startDemo({ port: 0 });
    browser = await chromium.launch({ executablePath: process.env.AIGOBO_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
}

/** The last test of a file. */
export function noKeyWasSeen() {
  test('no page ever received a key', async () => {
    await Promise.all(reading);
    assert.ok(seen.length > 100);
    const all = seen.join('\n');
    for (const name of /** @type {const} */ (['accessToken', 'desKey', 'md5SecretKey'])) {
      assert.ok(!all.includes(demo.clientOptions[name]), name);
    }
  });
}

export async function open(path = '/', options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  page.on('response', (response) => {
    seen.push(response.url(), JSON.stringify(response.headers()), response.request().postData() ?? '');
    // A stream of events has no end to wait for; it holds numbers alone.
    if (response.headers()['content-type']?.startsWith('text/event-stream')) return;
    reading.push(response.body().then((body) => seen.push(body.toString('latin1')), () => {}));
  });
  page.setDefaultTimeout(15_000);
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(demo.url + path);
  return page;
}

/** @param {import('playwright-core').Page} page */
export const ready = (page) => page.locator('#order[data-ready=true]').waitFor();

/** @param {string} path */
export const field = (path) => `[id="${path}"]`;

/** @param {import('playwright-core').Page} page @param {string} name */
export const shot = (page, name) => page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname, fullPage: true });

/** @param {import('playwright-core').Page} page */
export async function fill(page) {
  await ready(page);
  await page.fill(field('holderInfo.holderName'), '王小明');
  await page.fill(field('holderInfo.holderCardNo'), '11010519491231002X');
  await page.click('.same');
}
