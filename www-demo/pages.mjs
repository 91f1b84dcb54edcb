// @ts-check
// The pages as HTML, except for the order form's. `html` escapes everything inserted into it.

import { html, raw } from 'hono/html';

/** @typedef {import('./texts.mjs').Texts & { otherHref: string }} Texts */
/** @typedef {any} Html */

/** @param {Texts} t @param {string} title @param {Html} body @param {Html} [script] @returns {Html} */
export function layout(t, title, body, script = '') {
  return html`<!doctype html>
<html lang="${t.htmlLang}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${t.shop}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<a class="skip" href="#main">${t.skip}</a>
<header><a class="brand" href="/">${t.shop}</a><a href="${t.otherHref}" lang="${t.other}">${t.otherName}</a></header>
<main id="main">${body}</main>
${script}
</body>
</html>`;
}

/** What the buyer must hear first. @param {string} notice @returns {Html} */
export const said = (notice) => (notice ? html`<div class="summary" role="alert">${notice}</div>` : '');

/** @param {Texts} t @param {import('aigobo').ProductDetailReply[]} products */
export function homePage(t, products) {
  const cards = products.map((product) => html`<li class="card">
    <h2>${product.productName}</h2>
    <p>${t.from} <b class="price">¥${product.plans[0]?.minPrice}</b> ${t.perPerson}</p>
    <a class="button" href="/buy?product=${product.productCode}" aria-label="${t.choose} ${product.productName}">${t.choose}</a>
  </li>`);
  return layout(t, t.shop, html`<h1>${t.tagline}</h1><ul class="products">${cards}</ul>`);
}

/** @param {Texts} t @param {string} title @param {string} detail */
export function messagePage(t, title, detail) {
  return layout(t, title, html`<h1>${title}</h1><p>${detail}</p><a class="button" href="/">${t.home}</a>`);
}

/**
 * @typedef {{ detail: import('aigobo').OrderDetailReply, policies: import('aigobo').PolicyUrlReply['policyDetailList'], invoices: import('aigobo').InvoiceUrlReply[] }} Seen
 * @param {Texts} t
 * @param {string} id
 * @param {import('./shop.mjs').Kept} kept
 * @param {Seen | undefined} seen
 * @param {{ notice?: string, typed?: URLSearchParams }} [refused] why the last step was refused, and what was typed for it
 */
export function orderPage(t, id, kept, seen, { notice = '', typed } = {}) {
  if (!seen) return layout(t, t.order, html`<h1>${t.notBought}</h1>${said(notice)}<p><a class="button" href="${kept.url}">${t.goOn}</a></p><a href="/">${t.another}</a>`);
  const { detail, policies, invoices } = seen;
  const owed = detail.orderStatus === '待支付' && kept.payType === '1';
  const inForce = detail.insuredInfoList.filter(({ policyStatus }) => policyStatus === '已承保');
  const codes = new Set(inForce.map(({ policyCode }) => policyCode));
  const status = (/** @type {string | undefined} */ word) => t.statuses[word ?? ''] ?? word;
  const surrender = (/** @type {string} */ label, /** @type {string | undefined} */ policyCode) => html`<form method="post" action="/orders/${id}/surrender" data-sure="${t.sure}">
    ${policyCode ? html`<input type="hidden" name="policyCode" value="${policyCode}">` : ''}<button class="quiet surrender">${label}</button></form>`;
  const rows = detail.insuredInfoList.map((insured, place) => {
    // A group shares one policy, and each insured has a certificate: the n-th insured of a policy has the n-th.
    const before = detail.insuredInfoList.slice(0, place).filter(({ policyCode }) => policyCode === insured.policyCode).length;
    const documents = policies.filter(({ policyCode }) => policyCode === insured.policyCode)[before];
    return html`<li class="card"><h3>${insured.insuredName}</h3>
    <dl><dt>${t.status}</dt><dd class="policy-status">${status(insured.policyStatus)}</dd>
    ${insured.policyCode ? html`<dt>${t.policyNo}</dt><dd class="policy-code">${insured.policyCode}</dd>` : ''}</dl>
    ${documents ? html`<a href="${documents.policyUrl}">${t.download}</a> <a href="${documents.certificateUrl}">${t.certificate}</a>` : ''}
    ${codes.size > 1 && inForce.includes(insured) ? surrender(t.surrender, insured.policyCode) : ''}</li>`;
  });
  const news = kept.news.map(({ kind, policyCode, success }) => html`<li>${t.news[kind]} ${success ? t.succeeded : t.didNot} ${policyCode}</li>`);
  // Not applied for yet, or failed: it can be applied for.
  const invoicing = !['已支付', '部分退保'].includes(detail.orderStatus ?? '') || !detail.isInvoice || ![0, 2].includes(detail.invoiceStatus ?? 0) ? '' : html`<form class="card" method="post" action="/orders/${id}/invoice"><h3>${t.invoice}</h3><div class="grid">
    <label>${t.invoiceFields.invoiceTitle}<input name="invoiceTitle" required maxlength="32" value="${typed?.get('invoiceTitle') ?? ''}"></label>
    <label>${t.invoiceFields.taxpayerNo}<input name="taxpayerNo" maxlength="32" value="${typed?.get('taxpayerNo') ?? ''}"></label></div>
    ${t.invoiceTypes.map((text, index) => html`<label class="choice"><input type="radio" name="invoiceType" value="${index + 1}" ${(typed?.get('invoiceType') === '2') === (index === 1) ? raw('checked') : ''}> ${text}</label>`)}
    <button class="quiet" id="apply">${t.apply}</button></form>`;
  return layout(t, t.order, html`<h1>${detail.productName}</h1>${said(notice)}
  <section class="card" id="live" data-order="/orders/${id}" data-news="${kept.news.length}"><dl><dt>${t.status}</dt><dd id="status">${status(detail.orderStatus)}</dd><dt>${t.total}</dt><dd class="price">¥${detail.orderTotalAmt}</dd>
  <dt>${t.period}</dt><dd>${detail.safeguardPeriod}</dd><dt>${t.order}</dt><dd>${detail.orderCode}</dd></dl>
  ${owed ? html`<form method="post" action="/orders/${id}/pay"><button class="button wide">${t.pay}</button></form>` : ''}
  ${inForce.length > 0 ? surrender(t.surrenderAll, undefined) : ''}<p><a href="/platform-orders">${t.allOrders}</a></p></section>
  ${news.length > 0 ? html`<section class="card"><h2>${t.told}</h2><ul id="news">${news}</ul></section>` : ''}
  <h2>${t.policy}</h2><ul class="products">${rows}</ul>
  ${detail.invoiceStatus ? html`<section class="card"><h2>${t.invoice}</h2><p>${t.invoiceStatuses[detail.invoiceStatus]}</p><ul id="invoices">${invoices.map(({ invoiceUrl, policyCode }) => html`<li><a href="${invoiceUrl}">${policyCode ?? t.invoice}</a></li>`)}</ul></section>` : ''}${invoicing}`, html`<script type="module" src="/assets/order.js"></script>`);
}
