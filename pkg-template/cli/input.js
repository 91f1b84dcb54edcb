// @ts-check
// Reads what a command works on: from its flag, a file or the standard input.

import { once } from 'node:events';
import { existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { pause } from '../common/pause.js';
import { UsageError } from './failure.js';

/** @typedef {import('./terminal.js').Terminal} Terminal */

/** How long to wait for piped input to begin, in milliseconds; `-` waits for ever. */
const PATIENCE_MS = 2_000;

export const DATA_TEXT = { en: 'the JSON itself, @FILE, or - for the standard input', zh: 'JSON 本身、@文件，或 - 表示标准输入' };

/** Whether input was piped or redirected; nothing comes from /dev/null or a terminal. */
export function isPiped() {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket();
  } catch {
    return false;
  }
}

async function readStandardInputBytes() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The bytes unchanged, because evidence may be broken. */
export async function readStandardInput() {
  return (await readStandardInputBytes()).toString('utf8');
}

/**
 * Decodes a request or a key strictly: a character damaged on the way in would be sent as another. The > of Windows
 * PowerShell writes UTF-16.
 * @param {Uint8Array} bytes
 * @param {string} from
 */
export function decode(bytes, from) {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError({ en: `${from} is not UTF-8: save it as UTF-8 (it may be GBK)`, zh: `${from}不是 UTF-8 编码：请另存为 UTF-8（原来可能是 GBK）` });
  }
}

/** @param {string} file */
export function readText(file) {
  return decode(reading(file, () => readFileSync(file)), file);
}

async function readStandardInputText() {
  return decode(await readStandardInputBytes(), 'stdin');
}

/**
 * Reads piped input that was not asked for. A pipe that stays silent counts as no data: many programs leave one open
 * for the processes they start, and the command would wait for ever.
 */
export async function readPiped(read = readStandardInput) {
  if (!isPiped()) return undefined;
  const patience = new AbortController();
  const silent = pause(PATIENCE_MS, patience.signal).then(() => true, () => false);
  const speaks = once(process.stdin, 'readable').then(() => false);
  const nothing = await Promise.race([speaks, silent]);
  patience.abort();
  if (!nothing) return (await read()) || undefined;
  process.stdin.destroy();
  return undefined;
}

/** @param {string} file `-` is the standard input */
export async function readFile(file) {
  return file === '-' ? readStandardInput() : reading(file, () => readFileSync(file, 'utf8'));
}

/** The descriptor of a file that is read piece by piece. @param {string} file */
export function openFile(file) {
  return reading(file, () => {
    const descriptor = openSync(file, 'r');
    if (fstatSync(descriptor).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return descriptor;
  });
}

/** A file that cannot be read is an error of usage. @template T @param {string} file @param {() => T} read @returns {T} */
export function reading(file, read) {
  try {
    return read();
  } catch (error) {
    const { code } = /** @type {{ code?: string }} */ (error);
    throw new UsageError({ en: `${file} cannot be read (${code})`, zh: `无法读取 ${file}（${code}）` });
  }
}

/**
 * The text given with `--data`, or else piped in; undefined if there is neither.
 * @param {string | undefined} data
 */
export async function readData(data) {
  if (data === undefined) return readPiped(readStandardInputText);
  if (data === '-' || data === '@-') return readStandardInputText();
  return data.startsWith('@') ? readText(data.slice(1)) : data;
}

/**
 * A body, which is required.
 * @param {string | undefined} data
 * @returns {Promise<object>}
 */
export async function readBody(data) {
  const text = await readData(data);
  if (text === undefined) throw new UsageError({ en: `there is no body: give --data (${DATA_TEXT.en}), or pipe it in`, zh: `没有请求参数：用 --data 给出（${DATA_TEXT.zh}），或通过管道输入` });
  return parseObject(text, sourceOf(data));
}

/**
 * The source of a body that is not the flag's own text.
 * @param {string | undefined} data as in `readData`
 * @returns {import('./language.js').Text | undefined}
 */
export function sourceOf(data) {
  if (data === undefined || data === '-') return { en: 'what was piped in', zh: '管道输入' };
  return data.startsWith('@') && data !== '@-' ? { en: data.slice(1), zh: ` ${data.slice(1)} ` } : undefined;
}

/**
 * Parses an object strictly, because what is signed must be what was written: numbers, orders and repetitions that JavaScript
 * does not keep are refused.
 * @param {string} given
 * @param {import('./language.js').Text} [source]
 * @returns {Record<string, unknown>}
 */
export function parseObject(given, source) {
  const text = given.replace(/^\ufeff/, '');
  const value = parse(text, source);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError({ en: 'the data must be a JSON object, such as {"productCode":"200437"}', zh: '数据应为 JSON 对象，例如 {"productCode":"200437"}' });
  }
  /** The names in each object that is open at a token. @type {Set<string>[]} */
  const open = [];
  for (const [token, name, at = 0] of tokensOf(text)) {
    const names = open.at(-1);
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (name === undefined) {
      if (JSON.stringify(Number(token)) === token) continue;
      throw new UsageError({ en: `the number ${token} would become ${Number(token)}: write it as text, "${token}", if it must stay as it is`, zh: `数字 ${token} 会变成 ${Number(token)}：若须保持原样，请写成文本 "${token}"` });
    } else if (/^(0|[1-9]\d*)$/.test(name)) {
      throw new UsageError({ en: `the name "${name}" is a number, and JavaScript would move it to the front of its object: such a body cannot be signed as it is written`, zh: `字段名 "${name}" 是数字，JavaScript 会把它移到对象最前面，无法按原样签名` });
    } else if (names?.has(name)) {
      throw new UsageError({ en: `the name "${name}" occurs a second time in its object (character ${at + 1}), and JavaScript would keep only the last value: remove one of the two`, zh: `字段名 "${name}" 在同一个对象中重复出现（第 ${at + 1} 个字符），JavaScript 只会保留最后一个值：请删去其中一个` });
    } else names?.add(name);
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * The numbers of a JSON text, the ends of its objects, and its names with their places. (A regular expression cannot handle a
 * string of millions.)
 * @param {string} json
 * @returns {Generator<[token: string, name?: string, at?: number]>}
 */
function* tokensOf(json) {
  const next = /["{}]|[-\d][-+.\deE]*/g;
  const colon = /\s*:/y;
  for (let found = next.exec(json); found !== null; found = next.exec(json)) {
    if (found[0] !== '"') yield [found[0]];
    else {
      let end = found.index + 1;
      while (json[end] !== '"') end += json[end] === '\\' ? 2 : 1;
      next.lastIndex = colon.lastIndex = end + 1;
      if (colon.test(json)) yield ['', JSON.parse(json.slice(found.index, end + 1)), found.index];
    }
  }
}

/** @param {string} text @param {import('./language.js').Text | undefined} source */
function parse(text, source) {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Shows only the position: the rest of the engine's message may quote a buyer.
    const [, place] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    const at = { en: place ? ` (character ${Number(place) + 1})` : '', zh: place ? `（第 ${Number(place) + 1} 个字符）` : '' };
    if (!source && existsSync(text)) throw new UsageError({ en: `the data is no JSON but the name of a file: --data @${text}`, zh: `数据不是 JSON，而是文件名：--data @${text}` });
    if (source) throw new UsageError({ en: `${source.en} is no JSON${at.en}`, zh: `${source.zh}不是 JSON${at.zh}`.trim() });
    throw new UsageError({
      en: `the data is no JSON${at.en}: put it into single quotes, --data '{"name":"value"}', or into a file, --data @FILE`,
      zh: `数据不是 JSON${at.zh}：请用单引号括起，--data '{"name":"value"}'，或放入文件，--data @FILE`,
    });
  }
}
