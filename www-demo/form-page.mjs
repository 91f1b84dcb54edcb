// @ts-check
// The page with the order form, empty or as it was sent.

import { html, raw } from 'hono/html';
import { PRESELECTED } from './form-data.mjs';
import { layout, said } from './pages.mjs';

/** @typedef {import('./pages.mjs').Texts} Texts */
/** @typedef {import('./pages.mjs').Html} Html */
/** @typedef {readonly import('aigobo').Issue[]} Issues */

const ROW = /^insuredInfoList\[(\d+)\]/;

/**
 * @param {Texts} t
 * @param {import('aigobo').ProductDetailReply} product
 * @param {URLSearchParams} [typed] what the buyer typed before it was refused
 * @param {Issues} [issues] their paths are the names of the form's fields
 * @param {string} [notice] why it was refused otherwise
 */
export function buyPage(t, product, typed = new URLSearchParams(), issues = [], notice = '') {
  const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);
  const form = fieldsOf(t, typed, issues);
  // Those that were sent: a row that was removed must not come back.
  const sent = new Set([...typed.keys()].flatMap((name) => ROW.exec(name)?.[1] ?? []));
  const rows = sent.size > 0 ? [...sent] : ['0'];
  const fields = html`
  <fieldset class="card grid"><legend>${t.period}</legend>${form.input('safeguardStartTime', t.start, 'date', tomorrow)}${form.input('safeguardEndTime', t.end, 'date', tomorrow)}</fieldset>
  <fieldset class="card" id="payType"><legend>${t.payment}</legend>${form.choices('payType', [['2', t.cash], ['1', t.credit]])}</fieldset>
  <fieldset class="card"><legend>${t.holder}</legend><p class="hint">${t.optional}</p><div class="grid">${person(t, form, 'holderInfo', 'holder')}</div></fieldset>
  <fieldset class="card"><legend>${t.insured}</legend><p class="hint">${t.insuredHint}</p><div id="people">${rows.map((index) => row(t, form, index))}</div>
    <template id="another">${row(t, form, 'new')}</template><button type="button" class="quiet" id="add">${t.add}</button></fieldset>`;
  const whose = (/** @type {string} */ path) => {
    const index = ROW.exec(path)?.[1];
    return index !== undefined ? `${t.person} ${rows.indexOf(index) + 1} · ` : path.startsWith('holderInfo.') ? `${t.holder} · ` : '';
  };
  const summary = issues.map(({ path, rule, label, message }) => html`<li><a href="#${path}">${whose(path)}${form.labels.get(path) ?? (label || path)}</a> ${t.rules[rule] ?? message}</li>`);
  return layout(t, product.productName, html`<h1>${product.productName}</h1>
  <section class="card"><h2>${t.plan}</h2><ul class="plans">${product.plans.map((plan) => html`<li><span>${plan.planName}</span><b class="price">¥${plan.minPrice}</b></li>`)}</ul><p class="hint">${t.planHint}</p></section>
  <form id="order" method="post" action="/orders" novalidate data-bad-id="${t.badId}" data-rules="${JSON.stringify(t.rules)}">
  ${issues.length > 0 ? html`<div class="summary" role="alert"><b>${t.check}</b><ul>${summary}</ul></div>` : said(notice)}
  <input type="hidden" name="productCode" value="${product.productCode}">${fields}
  <button class="button wide">${t.submit}</button></form>`, html`<script type="module" src="/assets/buy.js"></script>`);
}

/** @typedef {[value: string, text: string][]} Choices */

/** Makes fields, each with what was typed into it and what is wrong with it, and keeps their labels. @param {Texts} t @param {URLSearchParams} typed @param {Issues} issues */
function fieldsOf(t, typed, issues) {
  /** By the fields' names, which may be a stranger's. @type {Map<string, string>} */
  const labels = new Map([['payType', t.payment]]);
  /** @param {string} name @param {string} label @param {(attributes: Html) => Html} control @returns {Html} */
  const field = (name, label, control) => {
    labels.set(name, label);
    const issue = issues.find(({ path }) => path === name);
    return html`<div class="field"><label for="${name}">${label}</label>
      ${control(html`id="${name}" name="${name}" aria-describedby="${name}-issue" ${issue ? raw('aria-invalid="true"') : ''}`)}
      <p class="issue" id="${name}-issue" aria-live="polite">${issue ? (t.rules[issue.rule] ?? issue.message) : ''}</p></div>`;
  };
  return {
    labels,
    /** @param {string} name @param {string} label @param {string} [type] @param {string} [fallback] */
    input: (name, label, type = 'text', fallback = '') => field(name, label, (attributes) => html`<input ${attributes} type="${type}" value="${typed.get(name) ?? fallback}">`),
    /** @param {string} name @param {string} label @param {Choices} options @param {string} [fallback] */
    select: (name, label, options, fallback = '') => field(name, label, (attributes) => html`<select ${attributes}><option value="">${t.none}</option>
      ${options.map(([value, text]) => html`<option value="${value}" ${(typed.get(name) ?? fallback) === value ? raw('selected') : ''}>${text}</option>`)}</select>`),
    /** The first is chosen. @param {string} name @param {Choices} options */
    choices: (name, options) => options.map(([value, text], place) => {
      const chosen = options.some(([other]) => other === typed.get(name)) ? typed.get(name) === value : place === 0;
      return html`<label class="choice"><input type="radio" name="${name}" value="${value}" ${chosen ? raw('checked') : ''}> ${text}</label>`;
    }),
  };
}

/** @typedef {ReturnType<typeof fieldsOf>} Fields */

/** @param {Texts} t @param {Fields} form @param {string} at @param {'holder' | 'insured'} who */
function person(t, form, at, who) {
  const name = (/** @type {string} */ of) => `${at}.${who}${of}`;
  return html`${form.input(name('Name'), t.name)}${form.select(name('CardType'), t.cardType, numbered(t.cards), PRESELECTED[`${who}CardType`])}
      ${form.input(name('CardNo'), t.cardNo)}${form.input(name('Birthday'), t.birthday, 'date')}
      ${form.select(name('Gender'), t.gender, [['M', t.male], ['F', t.female]])}${form.input(name('Mobile'), t.mobile, 'tel')}${form.input(name('Email'), t.email, 'email')}`;
}

/** One of the insured; the first is taken to be the holder. @param {Texts} t @param {Fields} form @param {string} index */
function row(t, form, index) {
  const at = `insuredInfoList[${index}]`;
  return html`<div class="person" data-index="${index}"><h3>${t.person}</h3><div class="grid">${person(t, form, at, 'insured')}
      ${form.select(`${at}.insuredRelation`, t.relation, numbered(t.relations), index === '0' ? PRESELECTED.insuredRelation : '')}</div>
      <div class="row"><button type="button" class="quiet same">${t.same}</button><button type="button" class="quiet remove">${t.remove}</button></div></div>`;
}

/** @param {string[]} texts @returns {Choices} */
const numbered = (texts) => texts.map((text, place) => [String(place + 1), text]);
