// @ts-check
// Turns the form's fields into the request, on the server and in the page alike: a field's name is its path.

/** A field that is alone, one of the holder's, and one of an insured's: no other form is ours, and what a stranger names must reach no prototype. */
const ALONE = /^\w+$/;
const OF_HOLDER = /^holderInfo\.(\w+)$/;
const OF_INSURED = /^insuredInfoList\[(\d{1,3})\]\.(\w+)$/;

/** What was sent is none of our forms. */
export class FormError extends Error {
  name = 'FormError';
}

/** Returns the request; a field `insuredInfoList[0].insuredName` gets that place in it. @param {Iterable<[string, any]>} fields */
export function fromForm(fields) {
  // None of these has a prototype: `__proto__` is a field there like any other, which `validate` does not know.
  const request = plain();
  const holder = plain();
  /** @type {Record<string, string>[]} */
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
  if (Object.keys(holder).length > 0) request.holderInfo = holder;
  // A row that was removed leaves a hole.
  if (insured.length > 0) request.insuredInfoList = insured.filter(Boolean);
  return request;
}

/** @returns {Record<string, any>} */
function plain() {
  return Object.create(null);
}
