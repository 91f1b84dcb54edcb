// The published types' @example blocks: found by TypeScript, and run as they stand there.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';

/**
 * `of`: the public name, or `name.member`; `code`: with what it goes on from, where it imports nothing itself; `printed`: what its
 * `// →` comments say, where `…` stands for anything.
 * @typedef {{ entry: string, of: string, code: string, printed: string[] }} Example
 */

const FOLDER = fileURLToPath(new URL('./', import.meta.url));
const PACKAGE = join(FOLDER, 'node_modules', 'aigobo');

/** The package's entries that have types, each with its file. @type {Record<string, string>} */
export const ENTRIES = Object.fromEntries(
  Object.keys(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).exports)
    .filter((path) => !/\.\w+$/.test(path.slice(1)))
    .map((path) => [join('aigobo', path), join(PACKAGE, `${path === '.' ? 'index' : path}.d.ts`)]),
);

const program = ts.createProgram(Object.values(ENTRIES), { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] });
const checker = program.getTypeChecker();

/** @param {ts.Symbol} symbol */
const resolved = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);

/** Everything that an entry exports; `value` is what is there when it runs. @param {string} entry */
export function namesOf(entry) {
  const module = checker.getSymbolAtLocation(/** @type {ts.SourceFile} */ (program.getSourceFile(ENTRIES[entry] ?? '')));
  return checker.getExportsOfModule(/** @type {ts.Symbol} */ (module)).map((exported) => {
    const symbol = resolved(exported);
    return { name: exported.name, symbol, value: Boolean(symbol.flags & ts.SymbolFlags.Value), doc: ts.displayPartsToString(symbol.getDocumentationComment(checker)) };
  });
}

/** The package's own members of a class or an interface, those that it inherits from another of the package too. @param {ts.Symbol} symbol */
export function membersOf(symbol) {
  if (!(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return [];
  const own = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
  return [...own, ...(symbol.flags & ts.SymbolFlags.Class ? checker.getTypeOfSymbol(symbol).getProperties() : [])]
    .filter((member) => member.declarations?.some((node) => node.getSourceFile().fileName.startsWith(PACKAGE)))
    .map((member) => ({
      name: member.name.startsWith('__@') ? 'Symbol.dispose' : member.name,
      symbol: member,
      method: Boolean(member.flags & ts.SymbolFlags.Method),
      doc: ts.displayPartsToString(member.getDocumentationComment(checker)),
      parent: /** @type {any} */ (member).parent,
    }));
}

/** @param {ts.Symbol} symbol @returns {string[]} */
function examplesOf(symbol) {
  const tags = symbol.getJsDocTags(checker).filter(({ name }) => name === 'example');
  return tags.map(({ text }) => ts.displayPartsToString(text).replace(/^```ts\n|\n```$/g, ''));
}

/** An entry's own, in the comment that names its module. @param {string} entry */
function examplesOfModule(entry) {
  const comment = readFileSync(ENTRIES[entry] ?? '', 'utf8').match(/^\/\*\*\n([^]*?)\*\//)?.[1] ?? '';
  return [...comment.replace(/^ \* ?/gm, '').matchAll(/```ts\n([^]*?)\n```/g)].map(([, code = '']) => code);
}

/** All of an entry; what it only passes on is its owner's. @param {string} entry @returns {Example[]} */
export function examples(entry) {
  const found = examplesOfModule(entry).map((code) => example(entry, entry, code));
  for (const { name, symbol } of namesOf(entry)) {
    const first = examplesOf(symbol);
    found.push(...first.map((code) => example(entry, name, code)));
    for (const member of membersOf(symbol)) {
      if (member.parent !== symbol) continue;
      for (const code of examplesOf(member.symbol)) found.push(example(entry, `${name}.${member.name}`, code, first[0]));
    }
  }
  return found;
}

/** @param {string} entry @param {string} of @param {string} code @param {string} [before] */
function example(entry, of, code, before = '') {
  const whole = /^import /m.test(code) ? code : `${before}\n{\n${code}\n}`;
  return { entry, of, code: `${whole}\n`, printed: [...whole.matchAll(/\/\/ → (.*)$/gm)].map(([, text = '']) => text) };
}

/** Writes it beside the package and says where. @param {Example} found @param {string} extension */
export function write({ entry, of, code }, extension) {
  const file = join(FOLDER, 'examples', `${entry.replaceAll('/', '-')}.${of.replaceAll('/', '-')}.${extension}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  return file;
}

/**
 * Runs it in a process of its own: it must print what it says, and nothing else.
 * @param {Example} found
 * @param {NodeJS.ProcessEnv} [extra]
 */
export async function run(found, extra) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [write(found, 'mjs')], { env: { ...process.env, ...extra, NO_COLOR: '1' }, timeout: 30_000 });
  const lines = stdout.split('\n').slice(0, -1);
  const right = lines.length === found.printed.length && lines.every((line, index) => matches(line, found.printed[index] ?? ''));
  assert.ok(right && stderr === '', `it printed\n${stdout}${stderr}and not\n${found.printed.join('\n')}`);
}

/** Whether a line is what a `// →` comment says. @param {string} line @param {string} text */
export function matches(line, text) {
  return new RegExp(`^${text.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.+')}$`).test(line);
}
