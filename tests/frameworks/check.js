// @ts-check
// What holds in every framework: the packed package, built or in development, served, and asked.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveSandbox } from 'aigobo/sandbox-server';
import { SECRET, platform } from './lib/hooks.js';
import { MEMBER } from './lib/shop.js';
import { NODE, PATIENCE, project, until, within } from './project.js';

const DONE = '25 vectors, 11 endpoints, errors, abort, 50 at once';

/**
 * @typedef {object} App
 * @property {string} app its folder
 * @property {[string, string][]} suites the routes that run the suite, and the file of each
 * @property {string[]} [pages] they show the member whom they register
 * @property {string} [lib] where the server's own files lie
 * @property {boolean} [joins] the first page has a form whose action registers, on the server
 */

/**
 * Without `build` it is a development server, and its files are changed under it.
 * @typedef {{ build?: string, output?: string, copies?: { inCode: number, files: number }, serve: string, more?: Record<string, string> }} Mode
 */

/** Where the wasm may be, and how often: once, or the framework has bundled its server more than once. */
export const IN_CODE = { inCode: 1, files: 0 };
export const AS_FILE = { inCode: 0, files: 1 };
/** Nitro copies the package's own files: the wasm, which Node reads, and the text that stands in for it. */
export const TRACED = { inCode: 1, files: 1 };

if (process.env.CI === 'true') assert.ok(NODE, 'no Node of 22 or newer');

/** @param {App} app @param {Record<string, Mode>} modes */
export function check(app, modes) {
  describe(app.app, { concurrency: 2, skip: NODE ? false : 'it needs Node 22 or newer' }, () => {
    for (const [name, mode] of Object.entries(modes)) test(name, (t) => holds(t, app, mode));
  });
}

/** @param {import('node:test').TestContext} t @param {App} app @param {Mode} mode */
async function holds(t, { app, suites, pages = ['/'], lib = 'lib', joins }, { build, output, copies, serve, more }) {
  const { serving, client, callsBack } = await platform(t);
  // A sandbox of its own: its orders' callbacks have nobody to go to.
  const mute = await serveSandbox({ port: 0, deliver: async () => new Response() });
  t.after(() => mute.close());
  const { memberId } = await client.registerMember(MEMBER);
  const { accessToken, desKey, md5SecretKey, distrCode, employeeCode, invitateCode } = /** @type {any} */ (serving.clientOptions);
  const keys = { AIGOBO_ACCESS_TOKEN: accessToken, AIGOBO_DES_KEY: desKey, AIGOBO_MD5_SECRET_KEY: md5SecretKey, AIGOBO_DISTR_CODE: distrCode, AIGOBO_EMPLOYEE_CODE: employeeCode, AIGOBO_INVITATE_CODE: invitateCode };
  const copy = project(app, lib, { ...keys, AIGOBO_BASE_URL: serving.url, AIGOBO_NOTIFICATION_SECRET: SECRET, ...more });
  if (build) {
    await copy.build(build);
    assert.deepEqual(copy.copies(String(output)), copies);
  }
  const { base, printed } = await copy.serve(t, serve);
  try {
    await answers();
  } catch (error) {
    t.diagnostic(printed());
    throw error;
  }

  async function answers() {
    await all('first edition');
    if (!build) {
      for (const [path, file] of suites) {
        copy.edit(file, 'first edition', 'second edition');
        await until(`${file} is served anew`, async () => ((await suite(path, PATIENCE).catch(() => []))[0] === 'second edition' ? true : undefined));
      }
      await all('second edition');
    }
    await callsBack(base);
    assert.equal((await (await fetch(`${base}/hooks`)).json()).length, 2);
  }

  /** @param {string} edition */
  async function all(edition) {
    for (const [path] of suites) assert.deepEqual(await suite(path), [edition, DONE], path);
    for (const path of pages) {
      const answer = await fetch(base + path);
      assert.deepEqual([answer.status, /member \d+/.exec(await answer.text())?.[0]], [200, `member ${memberId}`], path);
    }
    if (joins) assert.equal(await join(base), `/joined/${memberId}`);
  }

  /** @param {string} path @param {number} [ms] */
  async function suite(path, ms = 60_000) {
    mute.sandbox.reset();
    return within(ms, async (signal) => {
      const answer = await fetch(`${base}${path}?base=${mute.url}`, { signal });
      return [answer.headers.get('edition'), await answer.text()];
    });
  }
}

/** Sends the first page's form as a browser without scripts does. @param {string} base @returns {Promise<string | undefined>} where it leads */
async function join(base) {
  const page = await (await fetch(base)).text();
  const form = new FormData();
  for (const [input] of page.matchAll(/<input type="hidden"[^>]*>/g)) form.set(String(/name="([^"]*)"/.exec(input)?.[1]), /value="([^"]*)"/.exec(input)?.[1] ?? '');
  // A form without fields is a body all the same.
  form.set('agreed', 'yes');
  const answer = await fetch(base, { method: 'POST', body: form, redirect: 'manual', headers: { accept: 'text/html', origin: base, 'x-forwarded-proto': 'http' } });
  const location = answer.headers.get('location');
  return location ? new URL(location, base).pathname : `${answer.status} ${await answer.text()}`;
}
