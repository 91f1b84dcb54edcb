// @ts-check
// `aigobo endpoints`

import { endpoints as all } from 'aigobo';
import { NOTES, TYPE_NAMES, choicesOf } from './chinese.js';
import { examples } from './flags.js';
import { requireEndpoint } from './lookup.js';

/** @typedef {import('./terminal.js').Terminal} Terminal */
/** @typedef {import('../index.js').FieldInfo} FieldInfo */

const TEXTS = {
  description: { en: 'list the platform\'s endpoints, or the fields of one', zh: '列出平台接口，或某个接口的字段' },
  argument: { en: 'show the fields of this one', zh: '显示该接口的字段' },
  head: { en: ['section', 'name', 'kind', 'title', 'path'], zh: ['章节', '方法', '读写', '名称', '路径'] },
  fields: { en: ['field', 'label', 'needed', 'type', 'meaning'], zh: ['字段', '名称', '必填', '类型', '说明'] },
  read: { en: 'read', zh: '查询' },
  write: { en: 'write', zh: '写入' },
  required: { en: 'yes', zh: '是' },
  optional: { en: '', zh: '' },
  filled: { en: (/** @type {string} */ option) => `from ${option}`, zh: () => '自动填入' },
  next: { en: (/** @type {string} */ name) => `to call it: aigobo call ${name} --template`, zh: (/** @type {string} */ name) => `生成请求模板：aigobo call ${name} --template` },
};

/** @param {import('commander').Command} program @param {Terminal} terminal */
export function endpoints(program, terminal) {
  const command = program
    .command('endpoints')
    .description(terminal.t(TEXTS.description))
    .argument('[endpoint]', terminal.t(TEXTS.argument))
    .action((/** @type {string | undefined} */ given) => (given === undefined ? list(terminal) : show(requireEndpoint(given), terminal)));
  examples(command, terminal, ['aigobo endpoints', 'aigobo endpoints createPreOrder', 'aigobo endpoints --json']);
}

/** @param {Terminal} terminal */
function list(terminal) {
  const { t, lang } = terminal;
  terminal.result(all, () => {
    const rows = all.map(({ section, name, kind, titleEn, titleZh, path }) => [section, name, t(TEXTS[kind]), lang === 'zh' ? titleZh : titleEn, path]);
    return terminal.table([TEXTS.head[lang], ...rows], (cell, column, row) => (row === 0 ? terminal.paint('dim', cell) : column === 1 ? terminal.paint('cyan', cell) : cell));
  });
}

/** @param {import('../index.js').EndpointInfo} endpoint @param {Terminal} terminal */
function show(endpoint, terminal) {
  const { t, lang } = terminal;
  terminal.result(endpoint, () => {
    const { section, name, titleEn, titleZh, kind, path, fields } = endpoint;
    return [
      `${terminal.paint('cyan', name)}  ${section} ${titleZh}${lang === 'en' ? ` (${titleEn})` : ''}, ${t(TEXTS[kind])}, POST ${path}`,
      '',
      fieldTable(fields, terminal),
      '',
      TEXTS.next[lang](name),
    ].join('\n');
  });
}

/**
 * One row for each field; nested fields are indented below it.
 * @param {readonly FieldInfo[]} fields
 * @param {Terminal} terminal
 * @param {'out' | 'err'} [where]
 */
export function fieldTable(fields, terminal, where = 'out') {
  const rows = [TEXTS.fields[terminal.lang], ...fields.flatMap((field) => fieldRows(field, terminal, ''))];
  const paint = (/** @type {import('./terminal.js').Style} */ style, /** @type {string} */ cell) => terminal.paint(style, cell, where);
  return terminal.table(rows, (cell, column, row) => (row === 0 ? paint('dim', cell) : column === 0 ? paint('cyan', cell) : cell), terminal.widthOf(where));
}

/** @param {FieldInfo} field @param {Terminal} terminal @param {string} indent @returns {string[][]} */
function fieldRows(field, terminal, indent) {
  const { lang, t } = terminal;
  const needed = field.filledFrom ? TEXTS.filled[lang](field.filledFrom) : t(field.required ? TEXTS.required : TEXTS.optional);
  const type = `${lang === 'zh' ? TYPE_NAMES[field.type] : field.type}${field.max ? ` ≤ ${field.max}` : ''}`;
  const doc = lang === 'zh' ? NOTES[field.name] : field.doc;
  const meaning = [...(doc ? [doc] : []), ...(field.choices ? [choicesOf(field)] : [])].join(lang === 'zh' ? '；' : ' ');
  return [[indent + field.name, field.label, needed, type, meaning], ...(field.fields ?? []).flatMap((inner) => fieldRows(inner, terminal, `${indent}  `))];
}
