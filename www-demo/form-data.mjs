// @ts-check
// Turns the form's fields into the request, on the server and in the page alike: a field's name is its path.

/** Returns the request; a field `insuredInfoList[0].insuredName` gets that place in it. @param {Iterable<[string, any]>} fields */
export function fromForm(fields) {
  /** @type {Record<string, any>} */
  const request = {};
  for (const [path, raw] of fields) {
    const value = String(raw).trim();
    const [, top = path, index, field] = /^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?$/.exec(path) ?? [];
    if (field === undefined) request[top] = value;
    else if (index === undefined) (request[top] ??= {})[field] = value;
    else ((request[top] ??= [])[Number(index)] ??= {})[field] = value;
  }
  // A row that was removed leaves a hole.
  if (Array.isArray(request.insuredInfoList)) request.insuredInfoList = request.insuredInfoList.filter(Boolean);
  return request;
}
