// @ts-check
// `npm test`: sets up what is missing, builds, and runs every test; stops at the first runner that fails.
// `npm test -- native wasm-node` runs some of them.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from '../pkg-template/build/build.mjs';
import { staleReference } from '../pkg-template/build/reference.mjs';
import { ROOT, setUpBrowsers, setUpBuild, setUpRedis } from '../pkg-template/build/setup.mjs';
import { ENGINE } from '../pkg-template/build/wasm.mjs';

const CONSUMER = join(ROOT, 'target', 'consumer');
const CONSUMERS = '{ "name": "consumer", "private": true, "type": "module" }\n';

/** Nothing runs for ever: the limits of one command and of one test of node's runner, in milliseconds. */
const LONGEST = 20 * 60_000;
const LONGEST_TEST = 5 * 60_000;

/** Only for tests: the published wasm must run without vectors, too. */
const WITH_VECTORS = { RUSTFLAGS: '-Ctarget-feature=+simd128' };

/** Set once the tools are found. @type {NodeJS.ProcessEnv} */
let environment;
/** @type {ReturnType<typeof setUpBrowsers> | undefined} */
let browsersFound;
/** On first use, because a runner without a browser must not install one. */
const browsers = () => (browsersFound ??= setUpBrowsers());

/** @typedef {{ passed: number, skipped?: number }} Count */

/** In order, with those that fail fast first. @type {Record<string, () => Promise<Count>>} */
const RUNNERS = {
  fmt: () => check('cargo', ['fmt', '--all', '--check']),
  clippy: async () => {
    await check('cargo', ['clippy', '--quiet', '--workspace', '--all-targets', '--all-features', '--', '-D', 'warnings']);
    const forWasm = ['clippy', '--quiet', '--target', 'wasm32-unknown-unknown', '--all-features', '--lib'];
    await check('cargo', [...forWasm, '--workspace', '--test', 'wasm', '--test', 'des', '--', '-D', 'warnings']);
    await check('cargo', [...forWasm, '--package', 'aigobo-engine', '--test', 'des', '--', '-D', 'warnings'], WITH_VECTORS);
    // The published client has neither std nor the sandbox.
    const published = (/** @type {string} */ feature) => check('cargo', ['clippy', '--quiet', '--target', 'wasm32-unknown-unknown', '--no-default-features', '--features', feature, '--lib', '--', '-D', 'warnings']);
    await published('envelope');
    return published('client');
  },
  native: async () => rustCount(await run('cargo', ['test', '--quiet', '--workspace', '--all-features'])),
  build: async () => {
    await build();
    return { passed: 1 };
  },
  'wasm-node': () => inWasm(['--node'], {}, WITH_VECTORS),
  'wasm-chromium': () => inBrowser('chrome', 'chromedriver', browsers().chromium && browsers().chromedriver),
  'wasm-firefox': () => inBrowser('firefox', 'geckodriver', browsers().geckodriver),
  // From here on runners read what `build` made; run alone, they must not test an old build.
  types: async () => {
    await build();
    return check(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'pkg-template']);
  },
  reference: async () => {
    const stale = await staleReference();
    if (stale.length > 0) throw new Error(`docs/api is stale, run npm run docs: ${stale.join(', ')}`);
    return { passed: 1 };
  },
  package: async () => {
    await build();
    await installPacked('consumer', 'package');
    writeGuides();
    return nodeTests(testFiles(CONSUMER), {}, CONSUMER);
  },
  redis: async () => {
    const server = setUpRedis();
    if (!server) return skipped('redis-server is missing; setting up named the command that installs it');
    await build();
    await installPacked('consumer', 'package');
    return nodeTests(testFiles(join(CONSUMER, 'redis')), { AIGOBO_REDIS_SERVER: server }, CONSUMER);
  },
  bundlers: () => projects('bundlers', '.'),
  frameworks: () => projects('frameworks', 'lib'),
  demo: async () => {
    const { chromium, firefox = '' } = browsers();
    if (!chromium) return skipped('chromium is missing; setting up named the command that installs it');
    await build();
    return nodeTests(testFiles(join(ROOT, 'tests', 'demo')), { AIGOBO_CHROMIUM: chromium, AIGOBO_FIREFOX: firefox });
  },
};

/**
 * Runs a command, shows its output as it comes, and returns it.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 * @param {string} [cwd]
 * @returns {Promise<string>}
 */
async function run(command, args, extra = {}, cwd = ROOT) {
  const signal = AbortSignal.timeout(LONGEST);
  const child = spawn(command, args, { cwd, env: { ...environment, ...extra }, stdio: ['ignore', 'pipe', 'pipe'], signal });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text;
      process.stdout.write(text);
    });
  }
  const how = await new Promise((resolve) => {
    child.once('error', (error) => resolve(signal.aborted ? `no end within ${LONGEST / 60_000} minutes` : error.message));
    child.once('close', (status, by) => resolve(status === 0 ? undefined : `exit ${status ?? by}`));
  });
  if (how) throw new Error(`${command} ${args.join(' ')}: ${how}`);
  return printed;
}

/**
 * A check that counts as one.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {Promise<Count>}
 */
async function check(command, args, extra) {
  await run(command, args, extra);
  return { passed: 1 };
}

/**
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} extra
 * @param {string} [cwd]
 */
async function nodeTests(files, extra, cwd) {
  return nodeCount(await run(process.execPath, ['--test', `--test-timeout=${LONGEST_TEST}`, ...files], extra, cwd));
}

/**
 * @param {'chrome' | 'firefox'} browser
 * @param {'chromedriver' | 'geckodriver'} driver
 * @param {string | undefined} path the driver's
 */
async function inBrowser(browser, driver, path) {
  if (!path) return skipped(`${driver} or its browser is missing; setting up named the command that installs it`);
  const env = { WASM_BINDGEN_USE_BROWSER: '1', WASM_BINDGEN_TEST_TIMEOUT: '120' };
  // By flag, because wasm-pack would take any driver on PATH, or download one.
  return inWasm(['--headless', `--${browser}`, `--${driver}`, path], env);
}

/**
 * The tests of both crates; with `vectors`, DES again with words of 128 bits.
 * @param {string[]} where
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.ProcessEnv} [vectors]
 */
async function inWasm(where, env, vectors) {
  const test = (/** @type {string} */ crate, /** @type {string} */ name, extra = {}) => run('wasm-pack', ['test', ...where, crate, '--test', name], { ...env, ...extra });
  const printed = [await test('.', 'wasm'), await test(ENGINE, 'des')];
  if (vectors) printed.push(await test(ENGINE, 'des', vectors));
  return rustCount(printed.join(''));
}

/** Only if the machine has no browser and is not a CI, where setUpBrowsers fails. @param {string} why */
function skipped(why) {
  console.error(`SKIPPED: ${why}`);
  return { passed: 0, skipped: 1 };
}

/**
 * Installs the packed tarball in a project of its own under target/, anew only if it or the project's lock file changed. A project
 * without a lock file finds other packages that a user may have (servers, Redis clients) above it, in this checkout's
 * node_modules.
 * @param {string} name
 * @param {string} tests the folder of tests/ that goes into it
 * @returns {Promise<string>} its folder
 */
async function installPacked(name, tests) {
  const target = join(ROOT, 'target');
  const sources = join(ROOT, 'tests', tests);
  const folder = join(target, name);
  await run('npm', ['pack', './pkg', '--pack-destination', target, '--silent']);
  const version = JSON.parse(readFileSync(join(ROOT, 'pkg', 'package.json'), 'utf8')).version;
  const tarball = join(target, `aigobo-${version}.tgz`);
  const lock = join(sources, 'package-lock.json');
  const locked = existsSync(lock);
  const hash = createHash('sha256').update(readFileSync(tarball)).update(locked ? readFileSync(lock) : '').digest('hex');
  const stamp = join(folder, 'installed.sha256');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (locked) {
      // The whole folder, because of its workspaces.
      cpSync(sources, folder, { recursive: true });
      await run('npm', ['ci', ...quietly], {}, folder);
    } else {
      writeFileSync(join(folder, 'package.json'), CONSUMERS);
    }
    await run('npm', ['install', ...(locked ? ['--no-save'] : []), ...quietly, tarball], {}, folder);
    writeFileSync(stamp, hash);
  }
  // Files built last time, or since removed from the tests, must neither help nor hinder.
  clear(folder, ['node_modules', basename(stamp)]);
  if (!locked) writeFileSync(join(folder, 'package.json'), CONSUMERS);
  cpSync(sources, folder, { recursive: true });
  cpSync(join(ROOT, 'tests', 'vectors'), join(folder, 'vectors'), { recursive: true });
  return folder;
}

/**
 * Empties a folder, except for what is kept and for packages of its subfolders.
 * @param {string} folder
 * @param {string[]} kept
 */
function clear(folder, kept) {
  for (const name of readdirSync(folder)) {
    const entry = join(folder, name);
    if (kept.includes(name)) continue;
    if (existsSync(join(entry, 'node_modules'))) clear(entry, ['node_modules']);
    else rmSync(entry, { recursive: true });
  }
}

/** Writes the documents' code blocks that begin with a file name into that file, so that the tests run what the guides show. */
function writeGuides() {
  const folder = join(CONSUMER, 'guides');
  rmSync(folder, { recursive: true, force: true });
  const documents = ['README.md', 'README.zh-CN.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
  for (const document of documents) {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const into = document.endsWith('.zh-CN.md') ? join(folder, 'zh-CN') : folder;
    mkdirSync(into, { recursive: true });
    for (const [, name, code] of text.matchAll(/^```js\n\/\/ (\S+\.[cm]js)\n([^]*?)^```$/gm)) writeFileSync(join(into, String(name)), String(code));
  }
}

/**
 * Runs the suite of all runtimes in projects with their own dependencies, so that this checkout's `npm ci` need not wait for them.
 * @param {string} tests the folder of tests/
 * @param {string} into where in it the projects find the suite
 */
async function projects(tests, into) {
  const { chromium } = browsers();
  if (!chromium) return skipped('chromium is missing; setting up named the command that installs it');
  await build();
  const folder = await installPacked(tests, tests);
  for (const file of ['suite.js', 'shop.js', 'hooks.js']) cpSync(join(ROOT, 'tests', 'package', file), join(folder, into, file));
  cpSync(join(ROOT, 'tests', 'vectors', 'envelope.json'), join(folder, into, 'envelope.json'));
  return nodeTests(testFiles(folder), { AIGOBO_CHROMIUM: chromium }, folder);
}

/** A folder that is lost is no folder without tests. @param {string} folder */
function testFiles(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.mjs'));
  if (files.length === 0) throw new Error(`${folder} has no tests`);
  return files.sort().map((file) => join(folder, file));
}

/** @param {string} printed */
function rustCount(printed) {
  const rows = [...printed.matchAll(/test result: ok\. (\d+) passed; \d+ failed; (\d+) ignored/g)];
  return counted({ passed: sum(rows.map((row) => row[1])), skipped: sum(rows.map((row) => row[2])) });
}

/** @param {string} printed */
function nodeCount(printed) {
  const figure = (/** @type {string} */ name) => sum([...printed.matchAll(new RegExp(`^(?:ℹ|#) ${name} (\\d+)$`, 'gm'))].map((row) => row[1]));
  return counted({ passed: figure('pass'), skipped: figure('skipped') });
}

/**
 * A runner that ran no test has failed, whatever its exit code.
 * @param {Count} count
 */
function counted(count) {
  if (count.passed === 0) throw new Error('no test ran');
  return count;
}

/** @param {string[]} figures */
function sum(figures) {
  return figures.reduce((total, figure) => total + Number(figure), 0);
}

async function main() {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !Object.hasOwn(RUNNERS, name));
  if (unknown) {
    console.log(`npm test [-- RUNNER …]\nrunners, in order: ${Object.keys(RUNNERS).join(' ')}`);
    process.exit(unknown === '--help' ? 0 : 2);
  }
  environment = setUpBuild();
  const rows = [];
  let total = 0;
  let failures = 0;
  let skippedTotal = 0;
  for (const [name, runner] of Object.entries(RUNNERS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n=== ${name}`);
    const started = Date.now();
    let figures;
    try {
      const { passed, skipped = 0 } = await runner();
      total += passed;
      skippedTotal += skipped;
      figures = `${String(passed).padStart(6)} passed${String(skipped).padStart(4)} skipped`;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      failures = 1;
      figures = 'FAILED'.padStart(25);
    }
    rows.push(`${name.padEnd(14)}${figures}${((Date.now() - started) / 1000).toFixed(1).padStart(8)} s`);
    console.log(rows.at(-1));
    if (failures > 0) break;
  }
  console.log(`\n${rows.join('\n')}\n\n${total} passed, ${failures} failed${skippedTotal ? `, ${skippedTotal} skipped` : ''}`);
  process.exitCode = failures;
}

try {
  await main();
} catch (error) {
  // The set-up failed: no runner has begun.
  console.error(`\n${error instanceof Error ? error.message : error}\n\n0 passed, 1 failed`);
  process.exitCode = 1;
}
