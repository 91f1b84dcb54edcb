// @ts-check
// An empty request to fill in.

/**
 * Fields that the account fills in are left out. If it is sent unchanged, only the required fields and the items of
 * lists are reported.
 * @param {readonly import('../index.js').FieldInfo[]} fields
 * @param {import('./credentials.js').Account} account
 */
export function templateOf(fields, account) {
  /** @type {Record<string, unknown>} */
  const template = {};
  for (const field of fields) {
    if (field.filledFrom && account[field.filledFrom] !== undefined) continue;
    template[field.name] = emptyOf(field, account);
  }
  return template;
}

/** @param {import('../index.js').FieldInfo} field @param {import('./credentials.js').Account} account */
function emptyOf({ type, fields = [] }, account) {
  switch (type) {
    case 'integer':
      return null;
    case 'texts':
      return [''];
    case 'object':
      return templateOf(fields, account);
    case 'list':
      return [templateOf(fields, account)];
    default:
      return '';
  }
}
