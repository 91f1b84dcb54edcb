// @ts-check
// The order form: issues appear beside their fields, by the same rules that the server will apply.

import { init, parseResidentId, validate } from '/aigobo/browser.js';
import { PRESELECTED, fromForm } from './form-data.mjs';

const form = /** @type {HTMLFormElement} */ (document.getElementById('order'));
const people = /** @type {HTMLElement} */ (document.getElementById('people'));
const rules = JSON.parse(form.dataset.rules ?? '{}');
/** @type {Set<string>} */
const touched = new Set();

/** The fields that the server adds, which do not concern the buyer. */
const BY_SERVER = {
  distrCode: 'D', mobile: '1', memberId: '1', outSerialNo: '1', productName: '1', deliverNotifyUrl: 'https://a.example', returnNotifyUrl: 'https://a.example',
  refundNotifyUrl: 'https://a.example', returnPage: 'https://a.example',
};

await init();
form.dataset.ready = 'true';

/** Shows the issues of the touched fields; returns the first field with one. */
function check() {
  const { request, fieldOf } = fromForm(new FormData(form));
  const issues = validate('createPreOrder', { ...request, ...BY_SERVER });
  /** @type {HTMLElement | undefined} */
  let first;
  for (const input of inputs()) {
    const issue = issues.find(({ path }) => fieldOf(path) === input.name);
    const text = issue && touched.has(input.name) ? (rules[issue.rule] ?? issue.message) : checksum(input);
    const place = document.getElementById(`${input.name}-issue`);
    if (place && place.textContent !== text) place.textContent = text;
    if (text !== '' && issue) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    if (issue && touched.has(input.name)) first ??= input;
  }
  return first;
}

/** A wrong check digit is worth a word, but no rule of the platform's. @param {Field} input */
function checksum(input) {
  if (!isResidentNumber(input) || !touched.has(input.name)) return '';
  return parseResidentId(input.value.trim())?.checksumOk === false ? (form.dataset.badId ?? '') : '';
}

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** @returns {Field[]} */
const inputs = () => [...form.querySelectorAll('.field input, .field select')].map((input) => /** @type {Field} */ (input));
const sibling = (/** @type {Field} */ input, /** @type {string} */ to) => /** @type {Field | null} */ (document.getElementById(input.name.replace('CardNo', to)));
const isResidentNumber = (/** @type {Field} */ input) => input.name.endsWith('CardNo') && sibling(input, 'CardType')?.value === '1';

/** @param {Field} input */
function fillIn(input) {
  const known = isResidentNumber(input) ? parseResidentId(input.value.trim()) : null;
  if (!known) return;
  for (const [to, value] of [['Birthday', known.birthday], ['Gender', known.gender]]) {
    const field = sibling(input, to);
    if (field) field.value = value;
  }
}

form.addEventListener('input', (event) => {
  const input = /** @type {Field} */ (event.target);
  touched.add(input.name);
  fillIn(input);
  check();
});

form.addEventListener('submit', (event) => {
  for (const input of inputs()) touched.add(input.name);
  const first = check();
  if (!first) return;
  event.preventDefault();
  first.focus();
});

document.getElementById('add')?.addEventListener('click', () => {
  const index = String(Number(/** @type {HTMLElement} */ (people.lastElementChild).dataset.index) + 1);
  const blank = document.getElementById('another')?.innerHTML ?? '';
  people.insertAdjacentHTML('beforeend', blank.replaceAll('[new]', `[${index}]`));
  const row = /** @type {HTMLElement} */ (people.lastElementChild);
  row.dataset.index = index;
  row.querySelector('input')?.focus();
});

people.addEventListener('click', (event) => {
  const button = /** @type {HTMLElement} */ (event.target);
  const row = /** @type {HTMLElement | null} */ (button.closest('.person'));
  if (!row) return;
  if (button.matches('.remove')) {
    row.remove();
    document.getElementById('add')?.focus();
  }
  if (button.matches('.same')) {
    const twin = (/** @type {string} */ name) => /** @type {Field | null} */ (document.getElementById(`insuredInfoList[${row.dataset.index}].insured${name}`));
    for (const { name, value } of inputs().filter(({ name }) => name.startsWith('holderInfo.'))) {
      const field = twin(name.replace('holderInfo.holder', ''));
      if (field) field.value = value;
    }
    const relation = twin('Relation');
    if (relation) relation.value = PRESELECTED.insuredRelation;
  }
  check();
});
