// @ts-check
// Envelopes out of whatever a log has around them: text, JSON in JSON, JSON as escaped text, a form, an indented document.

/** @typedef {Record<string, unknown>} Envelope */

/** Lines of one document that spans several; longer ones are text. */
const LONGEST_DOCUMENT = 200;

/**
 * @param {AsyncIterable<string> | Iterable<string>} lines
 * @returns {AsyncGenerator<{ line: number, envelope: Envelope }>} `line` is where it begins, 1 for the first
 */
export async function* envelopesIn(lines) {
  let number = 0;
  /** A document that began and is not closed yet. @type {string[]} */
  let begun = [];
  for await (const line of lines) {
    number++;
    let found = [...inText(line)];
    let at = number;
    if (found.length === 0 && (begun.length > 0 || /[[{]\s*$/.test(line))) {
      begun.push(line);
      found = [...inText(begun.join('\n'))];
      at = number - begun.length + 1;
    }
    if (found.length > 0 || begun.length > LONGEST_DOCUMENT) begun = [];
    for (const envelope of found) yield { line: at, envelope };
  }
}

/** @param {string} text @param {number} [depth] @returns {Generator<Envelope>} */
function* inText(text, depth = 0) {
  if (depth > 4 || !/requestBody/.test(text)) return;
  let place = text.indexOf('{');
  let any = false;
  while (place >= 0) {
    const end = endOfObject(text, place);
    const value = end === undefined ? undefined : parse(text.slice(place, end));
    if (value !== undefined) {
      for (const envelope of inValue(value, depth)) {
        any = true;
        yield envelope;
      }
    }
    place = text.indexOf('{', value === undefined ? place + 1 : end);
  }
  if (any) return;
  for (const [form] of text.matchAll(/[\w.%+*-]+=[^\s"'<>]*/g)) {
    const fields = new URLSearchParams(form.slice(form.indexOf('?') + 1));
    if (fields.has('requestBody') && fields.has('sign')) yield Object.fromEntries(fields);
  }
  // As a text within JSON that was cut off around it.
  if (/\\"requestBody\\"/.test(text)) yield* inText(text.replace(/\\(["\\/])/g, '$1'), depth + 1);
}

/** @param {unknown} value @param {number} depth @returns {Generator<Envelope>} */
function* inValue(value, depth) {
  if (typeof value === 'string') yield* inText(value, depth + 1);
  if (typeof value !== 'object' || value === null) return;
  if ('requestBody' in value && 'sign' in value) yield /** @type {Envelope} */ (value);
  else for (const inner of Object.values(value)) yield* inValue(inner, depth);
}

/** Where the object that begins at `start` ends. @param {string} text @param {number} start */
function endOfObject(text, start) {
  let depth = 0;
  let quoted = false;
  for (let place = start; place < text.length; place++) {
    const character = text[place];
    if (quoted) {
      if (character === '\\') place++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return place + 1;
  }
  return undefined;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
