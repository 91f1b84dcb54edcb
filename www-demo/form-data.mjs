// @ts-check
// Turns the form's fields into the request, on the server and in the page alike: a field's name is its path.

/** A field that is alone, one of the holder's, and one of an insured's: no other form is ours, and what a stranger names must reach no prototype. */
const ALONE = /^\w+$/;
const OF_HOLDER = /^holderInfo\.(\w+)$/;
const OF_INSURED = /^insuredInfoList\[(\d{1,3})\]\.(\w+)$/;

/** What the form already says about a person whom the buyer has not described. */
export const PRESELECTED = { holderCardType: '1', insuredCardType: '1', insuredRelation: '1' };

/** What was sent is none of our forms. */
export class FormError extends Error {
  name = 'FormError';
}

/**
 * Returns the request, and the names of the fields that its paths stand for: `insuredInfoList[0].insuredName` in the request may be
 * `insuredInfoList[2].insuredName` in the form, where rows were removed or left as they were.
 * @param {Iterable<[string, any]>} fields
 * @returns {{ request: Record<string, any>, fieldOf: (path: string) => string }}
 */
export function fromForm(fields) {
  // None of these has a prototype: `__proto__` is a field there like any other, which `validate` does not know.
  const request = plain();
  const holder = plain();
  /** Sparse: the place is the row's. @type {Record<string, string>[]} */
  const insured = [];
  for (const [path, raw] of fields) {
    const value = String(raw).trim();
    const [, ofHolder] = OF_HOLDER.exec(path) ?? [];
    const [, row, ofInsured] = OF_INSURED.exec(path) ?? [];
    if (ofHolder !== undefined) holder[ofHolder] = value;
    else if (ofInsured !== undefined) (insured[Number(row)] ??= plain())[ofInsured] = value;
    else if (ALONE.test(path) && path !== 'holderInfo' && path !== 'insuredInfoList') request[path] = value;
    else throw new FormError('a field has a name that no form of this shop gives it');
  }
  if (isSomebody(holder)) request.holderInfo = holder;
  const rows = [...insured.keys()].filter((row) => isSomebody(insured[row] ?? {}));
  if (rows.length > 0) request.insuredInfoList = rows.map((row) => insured[row]);
  return { request, fieldOf: (path) => path.replace(/^insuredInfoList\[(\d+)\]/, (_, place) => `insuredInfoList[${rows[place]}]`) };
}

/** Whether the buyer said anything about this person: the platform would insure one without a name, too. @param {Record<string, string>} person */
function isSomebody(person) {
  return Object.entries(person).some(([name, value]) => value !== '' && value !== /** @type {Record<string, string>} */ (PRESELECTED)[name]);
}

/** @returns {Record<string, any>} */
function plain() {
  return Object.create(null);
}
