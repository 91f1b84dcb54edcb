// @ts-check
// The shop as a function of Request: it holds the client (and with it the keys); pages get HTML and nothing else.

import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GatewayError, OutcomeUnknownError, ReplyError, ValidationError, isGatewayError } from 'aigobo';
import { createNotificationHandler, notifyUrls } from 'aigobo/notifications';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { FormError, fromForm } from './form-data.mjs';
import { buyPage } from './form-page.mjs';
import { homePage, messagePage, orderPage } from './pages.mjs';
import { pick } from './texts.mjs';

const PRODUCTS = ['200437', '100371', '200161', '200104', '100434'];
const HERE = fileURLToPath(new URL('./', import.meta.url));
const ASSETS = join(HERE, 'public');
const PACKAGE = dirname(createRequire(import.meta.url).resolve('aigobo/package.json'));
/** Bytes: a form of a thousand insured, all filled in, has some 400 thousand. */
const LONGEST_FORM = 1 << 20;
const TYPES = /** @type {Record<string, string>} */ ({ js: 'text/javascript; charset=utf-8', mjs: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', wasm: 'application/wasm' });
const MEMBER = { mobile: '13800000001', company: '杭州示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '西湖区莫干山路1号' };

/**
 * @typedef {{ tempOrderCode: string, url: string, payType: string, news: import('aigobo/notifications').NotificationEvent[] }} Kept
 * @param {{ client: import('aigobo').Client, origin: string, platform: string }} options
 */
export function createShop({ client, origin, platform }) {
  const app = new Hono();
  /** The shop's orders by an unguessable id. @type {Map<string, Kept>} */
  const orders = new Map();
  /** The orders by the number in the platform's callbacks. @type {Map<string, Kept>} */
  const bySerial = new Map();
  /** The open pages that wait for changes of an order. @type {Map<Kept, Set<() => void>>} */
  const watching = new Map();
  // It lasts for one run, as the orders do. A real shop keeps both.
  const secret = randomBytes(32).toString('hex');
  /** @param {import('aigobo/notifications').NotificationEvent} event */
  const tell = (event) => {
    const kept = bySerial.get(event.outSerialNo);
    if (kept?.tempOrderCode !== event.tempOrderCode) throw new Error('news of an order that is none of ours');
    kept.news.push(event);
    for (const wake of watching.get(kept) ?? []) wake();
  };
  const notified = createNotificationHandler({ client, secret, onDeliver: tell, onReturn: tell, onRefund: tell });
  /** @type {Promise<string> | undefined} */
  let member;
  const memberId = () => (member ??= client.registerMember(MEMBER).then(({ memberId }) => memberId, (error) => {
    // The next page tries again.
    member = undefined;
    throw error;
  }));
  const product = async (/** @type {string} */ productCode) => client.getProductDetail({ productCode, memberId: await memberId() });

  app.use(async (c, next) => {
    const { host, pathname, search } = new URL(c.req.url);
    const from = c.req.header('origin');
    // Under another name of this machine (localhost) the forms would count as another site's.
    if (c.req.method === 'GET' && host !== new URL(origin).host) return c.redirect(origin + pathname + search);
    // Another site's form must not order in this buyer's name; the platform's notifications carry no Origin.
    if (c.req.method === 'POST' && from !== undefined && from !== origin) return c.html(messagePage(language(c), language(c).notOurs, language(c).startAgain), 403);
    await next();
    c.header('content-security-policy', `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${platform}`);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'same-origin');
  });
  app.use('/orders/*', bodyLimit({ maxSize: LONGEST_FORM, onError: (c) => c.html(messagePage(language(c), language(c).notOurs, language(c).startAgain), 413) }));
  app.onError((error, c) => {
    const t = language(c);
    if (error instanceof FormError) return c.html(messagePage(t, t.notOurs, t.startAgain), 400);
    // What is wrong with the shop itself (its keys, its clock) concerns its own people.
    console.error(error.name, error.message);
    if (error instanceof GatewayError) return c.html(messagePage(t, t.platformSaidNo, `${error.gatewayCode} ${error.gatewayMessage}`), 502);
    // A member who registers once more is the same member.
    if (error instanceof OutcomeUnknownError) return c.html(messagePage(t, t.noAnswer, error.endpoint === 'registerMember' ? t.tryAgain : t.lookFirst), 504);
    return c.html(messagePage(t, t.failed, t.tryAgain), 500);
  });
  app.notFound((c) => c.html(messagePage(language(c), language(c).notFound, ''), 404));

  app.get('/', async (c) => c.html(homePage(language(c), await Promise.all(PRODUCTS.map(product)))));
  app.get('/buy', async (c) => {
    const code = c.req.query('product') ?? '';
    if (!PRODUCTS.includes(code)) return c.notFound();
    return c.html(buyPage(language(c), await product(code)));
  });
  app.post('/orders', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const code = form.get('productCode') ?? '';
    if (!PRODUCTS.includes(code)) return c.notFound();
    const { request: filledIn, fieldOf } = fromForm(form);
    const detail = await product(code);
    const id = randomUUID();
    const outSerialNo = `S${id.replaceAll('-', '').slice(0, 24)}`;
    const request = {
      ...filledIn,
      mobile: MEMBER.mobile,
      memberId: await memberId(),
      outSerialNo,
      productName: detail.productName,
      ...(await notifyUrls({ base: `${origin}/hooks`, secret, memberId: await memberId(), outSerialNo })),
      returnPage: `${origin}/orders/${id}`,
    };
    try {
      const { url, tempOrderCode } = await client.createPreOrder(/** @type {any} */ (request));
      const kept = { tempOrderCode, url, payType: String(form.get('payType')), news: [] };
      orders.set(id, kept);
      bySerial.set(outSerialNo, kept);
      return c.redirect(url, 303);
    } catch (error) {
      const t = language(c);
      if (error instanceof ValidationError) return c.html(buyPage(t, detail, form, error.issues.map((issue) => ({ ...issue, path: fieldOf(issue.path) }))), 422);
      if (error instanceof GatewayError) return c.html(buyPage(t, detail, form, [], `${t.platformSaidNo}: ${error.gatewayCode} ${error.gatewayMessage}`), 502);
      // The next attempt has an outSerialNo of its own; this pre-order, whose url nobody has seen, is never bought.
      if (error instanceof OutcomeUnknownError) return c.html(buyPage(t, detail, form, [], `${t.noAnswer} ${t.submitAgain}`), 504);
      // It was carried out, but the reply lacks its url; again, nobody buys it. (The other steps on an order have replies without data.)
      if (error instanceof ReplyError) return c.html(buyPage(t, detail, form, [], `${t.oddAnswer} ${t.submitAgain}`), 502);
      throw error;
    }
  });
  /** Handles a step on an existing order; then its page shows the result. @param {string} path @param {(kept: Kept, form: URLSearchParams) => Promise<unknown>} step */
  const onOrder = (path, step) => {
    app.post(`/orders/:id/${path}`, async (c) => {
      const id = c.req.param('id');
      const kept = orders.get(id);
      if (!kept) return c.notFound();
      const form = new URLSearchParams(await c.req.text());
      try {
        await step(kept, form);
      } catch (error) {
        const t = language(c);
        const [status, notice] = refusal(t, error);
        // What became of a step that had no answer is seen in the order. If the order has none either, the step's error is the news.
        const seen = await lookUp(kept).catch(() => Promise.reject(error));
        return c.html(orderPage(t, id, kept, seen, { notice, typed: form }), status);
      }
      return c.redirect(`/orders/${id}`, 303);
    });
  };
  app.get('/orders/:id', async (c) => {
    const kept = orders.get(c.req.param('id'));
    if (!kept) return c.notFound();
    return c.html(orderPage(language(c), c.req.param('id'), kept, await lookUp(kept)));
  });
  app.get('/orders/:id/news', (c) => {
    const kept = orders.get(c.req.param('id'));
    if (!kept) return c.notFound();
    return streamSSE(c, async (stream) => {
      const watchers = watching.get(kept) ?? new Set();
      watching.set(kept, watchers);
      const send = () => void stream.writeSSE({ data: String(kept.news.length) });
      watchers.add(send);
      send();
      await new Promise((gone) => stream.onAbort(() => gone(undefined)));
      watchers.delete(send);
      if (watchers.size === 0) watching.delete(kept);
    });
  });
  onOrder('pay', async ({ tempOrderCode }) => client.notifyPayment({ tempOrderCode, memberId: await memberId(), txnStatus: 2 }));
  onOrder('surrender', async (kept, form) => {
    const policyCode = form.get('policyCode');
    const { orderCode = '', insuredInfoList } = await detailOf(kept);
    if (policyCode === null) return client.surrenderByOrderCode({ orderCode, memberId: await memberId() });
    // All buyers are one member: the platform would surrender another buyer's policy, too.
    if (!insuredInfoList.some((insured) => insured.policyCode === policyCode)) throw new FormError('the policy is none of this order');
    return client.surrenderByPolicyCode({ policyCodes: [policyCode], memberId: await memberId() });
  });
  onOrder('invoice', async (kept, form) => {
    const { invoiceType, invoiceTitle, taxpayerNo } = /** @type {any} */ (Object.fromEntries(form));
    return client.applyInvoice({ invoiceType, invoiceTitle, taxpayerNo, orderCode: (await detailOf(kept)).orderCode ?? '', memberId: await memberId() });
  });
  // The returned address opens all of the member's orders, which is for the shop's own people: it is fetched when needed, and stored nowhere.
  app.get('/platform-orders', async (c) => c.redirect((await client.getOrderListUrl({ account: MEMBER.mobile, memberId: await memberId() })).orderListUrl, 303));
  app.post('/hooks', (c) => notified(c.req.raw));
  app.get('/assets/form-data.mjs', (c) => asset(c, HERE, 'form-data.mjs'));
  app.get('/assets/:file', (c) => asset(c, ASSETS, c.req.param('file')));
  app.get('/aigobo/*', (c) => asset(c, PACKAGE, c.req.path.slice('/aigobo/'.length)));

  /** Everything the platform says about an order. @param {Kept} kept @returns {Promise<import('./pages.mjs').Seen | undefined>} */
  async function lookUp({ tempOrderCode }) {
    const asked = { tempOrderCode, memberId: await memberId() };
    try {
      const detail = await client.getOrderDetail(asked);
      const [policies, invoices] = await Promise.all([
        client.getPolicyUrl(asked).then(({ policyDetailList }) => policyDetailList, unless('1001')),
        client.getInvoiceUrl({ memberId: asked.memberId, orderCode: detail.orderCode ?? '' }),
      ]);
      return { detail, policies, invoices };
    } catch (error) {
      // 1000: the buyer has not bought yet.
      if (isGatewayError(error, '1000')) return undefined;
      throw error;
    }
  }

  /** @param {Kept} kept */
  async function detailOf({ tempOrderCode }) {
    return client.getOrderDetail({ tempOrderCode, memberId: await memberId() });
  }

  return app;
}

/** An empty list, if the platform answers with this code. @param {string} code @returns {(error: unknown) => never[]} */
const unless = (code) => (error) => {
  if (isGatewayError(error, code)) return [];
  throw error;
};

/**
 * What the buyer hears of a step that was not carried out, or perhaps was.
 * @param {import('./pages.mjs').Texts} t
 * @param {unknown} error
 * @returns {[status: 422 | 502 | 504, notice: string]}
 */
function refusal(t, error) {
  if (error instanceof ValidationError) return [422, `${t.check}: ${error.issues.map(({ path, label, rule }) => `${t.invoiceFields[path] ?? label} ${t.rules[rule]}`).join('; ')}`];
  if (error instanceof GatewayError) return [502, `${t.platformSaidNo}: ${error.gatewayCode} ${error.gatewayMessage}`];
  if (error instanceof OutcomeUnknownError) return [504, `${t.noAnswer} ${t.lookFirst}`];
  throw error;
}

/** @param {import('hono').Context} c @returns {import('./pages.mjs').Texts} */
function language(c) {
  const asked = c.req.query('lang');
  if (asked === 'en' || asked === 'zh') c.header('set-cookie', `lang=${asked}; Path=/; SameSite=Lax; HttpOnly`);
  const texts = pick(asked ?? /lang=(en|zh)/.exec(c.req.header('cookie') ?? '')?.[1]);
  // The same page in the other language; the answer to a form has no address of its own.
  const here = new URL(c.req.method === 'GET' ? c.req.url : '/', c.req.url);
  here.searchParams.set('lang', texts.other);
  return { ...texts, otherHref: here.pathname + here.search };
}

/**
 * @param {import('hono').Context} c
 * @param {string} folder
 * @param {string} file
 */
async function asset(c, folder, file) {
  const path = join(folder, normalize(`/${file}`));
  const type = TYPES[path.split('.').at(-1) ?? ''];
  const bytes = type ? await readFile(path).catch(() => undefined) : undefined;
  if (!type || !bytes) return c.notFound();
  return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'no-cache' });
}
