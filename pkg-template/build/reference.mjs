// @ts-check
// Generates docs/api/ from the types and their comments: `npm run docs` writes it, and the tests fail if it is stale.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, setUpBuild } from './setup.mjs';

const REFERENCE = join(ROOT, 'docs', 'api');
const TEMPLATE = join(ROOT, 'pkg-template');

/** One page each, in this order: the entries, and what they share. */
const PAGES = ['index', 'inline', 'notifications', 'redis', 'sandbox', 'sandbox-server', 'doctor', 'replay', 'generated/models'];

/** @type {Partial<import('typedoc').TypeDocOptions> & Partial<import('typedoc-plugin-markdown').PluginOptions>} */
const OPTIONS = {
  name: 'aigobo',
  tsconfig: join(TEMPLATE, 'tsconfig.json'),
  entryPoints: PAGES.map((page) => join(TEMPLATE, `${page}.d.ts`)),
  plugin: ['typedoc-plugin-markdown'],
  router: 'module',
  readme: 'none',
  logLevel: 'Warn',
  sort: ['source-order'],
  sortEntryPoints: false,
  groupOrder: ['Classes', 'Functions', 'Variables', 'Interfaces', '*'],
  excludeExternals: true,
  excludeReferences: true,
  // The pages must not depend on the machine, the day or line numbers.
  disableSources: true,
  hideGenerator: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  // Anchors made of headings would collide: Sandbox.snapshot and SandboxSnapshot.
  useHTMLAnchors: true,
  expandObjects: true,
  expandParameters: true,
  parametersFormat: 'table',
  classPropertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
};

/**
 * The pages as they should be.
 * @returns {Promise<Map<string, string>>} by their path below docs/api
 */
async function render() {
  // Imported only here, because setUpBuild may just have installed it.
  const { Application, Converter, ReflectionKind, TSConfigReader } = await import('typedoc');
  const out = join(ROOT, 'target', 'reference');
  rmSync(out, { recursive: true, force: true });
  const outputs = [{ name: 'markdown', path: out }];
  const application = await Application.bootstrapWithPlugins(/** @type {any} */ ({ ...OPTIONS, outputs }), [new TSConfigReader()]);
  application.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.ClassMember)) {
      // Inherited members are documented at their origin; only this package constructs errors.
      const made = reflection.isDeclaration() && reflection.kind === ReflectionKind.Constructor && reflection.parent?.name !== 'Client';
      if (reflection.flags.isInherited || made) project.removeReflection(reflection);
    }
  });
  const project = await application.convert();
  if (!project) throw new Error('the types do not compile');
  // Typedoc takes Client's own constructor for that of the interface merged into it.
  for (const reflection of project.getReflectionsByKind(ReflectionKind.Constructor | ReflectionKind.ConstructorSignature)) Reflect.deleteProperty(reflection, 'inheritedFrom');
  application.validate(project);
  await application.generateOutputs(project);
  if (application.logger.hasErrors() || application.logger.hasWarnings()) throw new Error('the comments of the types have faults: see above');
  const pages = new Map(files(out).map((file) => [relative(out, file), `${readFileSync(file, 'utf8').trimEnd()}\n`]));
  pages.set('README.md', index(String(pages.get('README.md')), pages));
  return pages;
}

/**
 * Typedoc's list of pages, each with its first sentence and its names.
 * @param {string} list
 * @param {Map<string, string>} pages
 */
function index(list, pages) {
  const entries = [...list.matchAll(/^- \[(.+)\]\((.+)\)$/gm)].map(([, title, path = '']) => {
    const page = String(pages.get(path));
    const [, about = ''] = page.match(/^# .+\n\n([^]*?\.)\s/) ?? [];
    const kinds = page.split(/^## (?=\w+s$|Type Aliases$)/m).slice(1).map((part) => {
      const names = [...part.matchAll(/^### (\w+)/gm)].map(([, name = '']) => `[${name}](${path}#${name.toLowerCase()})`);
      return names.length > 0 ? `- ${part.slice(0, part.indexOf('\n'))}: ${names.join(', ')}\n` : '';
    });
    return `## [${title}](${path})\n\n${about.replace(/\]\((?!https?:)[^)]*\)/g, '').replace(/\[/g, '')}\n\n${kinds.join('')}`.trimEnd();
  });
  return `# API reference\n\nMade from the types by \`npm run docs\`; don't edit. Every example runs as it stands here; what it prints stands behind \`// →\`.\n\n${entries.join('\n\n')}\n`;
}

/** @param {string} folder @returns {string[]} */
function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** The pages that differ from the types, by their path below docs/api. */
export async function staleReference() {
  const pages = await render();
  const found = new Map(files(REFERENCE).map((file) => [relative(REFERENCE, file), readFileSync(file, 'utf8')]));
  return [...new Set([...pages.keys(), ...found.keys()])].filter((path) => pages.get(path) !== found.get(path));
}

async function writeReference() {
  const pages = await render();
  rmSync(REFERENCE, { recursive: true, force: true });
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(REFERENCE, path)), { recursive: true });
    writeFileSync(join(REFERENCE, path), text);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setUpBuild();
  await writeReference();
}
