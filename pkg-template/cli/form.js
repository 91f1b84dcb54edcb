// @ts-check
// Asks for a request field by field.

import { validate } from 'aigobo';
import { agrees, asking } from './ask.js';
import { NOTES, choicesOf, issueText } from './chinese.js';
import { codesOf } from './credentials.js';
import { LIBRARY_ONLY } from './failure.js';

/** @typedef {import('../index.js').FieldInfo} FieldInfo */
/** @typedef {import('./terminal.js').Terminal} Terminal */
/** @typedef {(question: string) => Promise<string>} Ask */

const TEXTS = {
  begin: {
    en: (/** @type {string} */ title) => `${title}: each field, please; Ctrl-C ends it, and nothing is sent.`,
    zh: (/** @type {string} */ title) => `${title}：请逐项填写；Ctrl-C 退出，不发送任何内容。`,
  },
  optional: { en: 'Fill in optional fields, too (Enter leaves one out)?', zh: '还要填写可选字段吗（直接回车则跳过该字段）？' },
  object: { en: 'Fill in', zh: '是否填写' },
  item: { en: 'Add', zh: '是否添加' },
  mark: { en: '?', zh: '？' },
  several: { en: 'several with commas', zh: '多个用逗号分隔' },
};

/**
 * Asks for the required fields, then for optional ones if wanted. Each answer is checked immediately.
 * @param {import('../index.js').EndpointInfo} endpoint
 * @param {import('./credentials.js').Account} account
 * @param {Terminal} terminal
 */
export function fillIn(endpoint, account, terminal) {
  const { t, lang } = terminal;
  /** @type {Record<string, any>} */
  const request = {};
  const issues = () => validate(endpoint.name, request, codesOf(account));

  return asking(async (ask) => {
    terminal.note(TEXTS.begin[lang](`${endpoint.section} ${lang === 'zh' ? endpoint.titleZh : endpoint.titleEn}`), 'bold');
    const open = endpoint.fields.filter(({ filledFrom }) => !filledFrom || account[filledFrom] === undefined);
    for (const field of open) if (field.required) await one(ask, field, request, field.name);
    // Some fields are required because of the values of others.
    for (const field of open) if (!field.required && issues().some(({ path, rule }) => path === field.name && rule === 'required')) await one(ask, field, request, field.name);
    const rest = open.filter(({ name }) => request[name] === undefined);
    if (rest.length > 0 && (await agrees(ask, t(TEXTS.optional)))) for (const field of rest) await one(ask, field, request, field.name);
    terminal.note(JSON.stringify(request, null, 2), 'dim');
    return request;
  });

  /**
   * @param {Ask} ask
   * @param {FieldInfo} field
   * @param {Record<string, any>} into
   * @param {string} path
   */
  async function one(ask, field, into, path) {
    const title = `${path} ${field.label}`;
    if (field.type === 'object') {
      if (!(await agrees(ask, `${t(TEXTS.object)} ${title}${t(TEXTS.mark)}`))) return;
      into[field.name] = {};
      for (const inner of field.fields ?? []) await one(ask, inner, into[field.name], `${path}.${inner.name}`);
      return;
    }
    if (field.type === 'list') {
      const items = [];
      while (await agrees(ask, `${t(TEXTS.item)} ${path}[${items.length}] ${field.label}${t(TEXTS.mark)}`)) {
        /** @type {Record<string, any>} */
        const item = {};
        items.push(item);
        into[field.name] = items;
        for (const inner of field.fields ?? []) await one(ask, inner, item, `${path}[${items.length - 1}].${inner.name}`);
      }
      return;
    }
    for (;;) {
      const answer = (await ask(`${title}${rule(field, terminal)}: `)).trim();
      if (answer === '') delete into[field.name];
      else into[field.name] = read(field, answer);
      // An optional field that is left out has no issues, whatever another field says.
      const wrong = answer === '' && !field.required ? [] : issues().filter((issue) => issue.path === path || issue.path.startsWith(`${path}[`));
      if (wrong.length === 0) return;
      for (const issue of wrong) terminal.note(`  ${lang === 'zh' ? issueText(endpoint.name, issue) : issue.message.replace(LIBRARY_ONLY, '')}`, 'red');
    }
  }
}

/** @param {FieldInfo} field @param {Terminal} terminal */
function rule(field, { t, lang }) {
  const parts = [
    ...[lang === 'zh' ? NOTES[field.name] : field.doc.replace(/\.$/, '')].filter(Boolean),
    ...(field.choices ? [choicesOf(field)] : []),
    ...(field.type === 'date' && lang === 'en' && !field.doc.includes('yyyy') ? ['yyyy-MM-dd'] : []),
    ...(field.type === 'texts' ? [t(TEXTS.several)] : []),
    ...(field.max ? [`≤ ${field.max}`] : []),
  ];
  if (parts.length === 0) return '';
  return lang === 'zh' ? `（${parts.join('；')}）` : ` (${parts.join('; ')})`;
}

/** @param {FieldInfo} field @param {string} answer */
function read({ type }, answer) {
  if (type === 'integer' && /^-?\d{1,15}$/.test(answer)) return Number(answer);
  if (type === 'texts') return answer.split(/[,，\s]+/).filter((text) => text !== '');
  return answer;
}
