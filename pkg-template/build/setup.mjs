// @ts-check
// Finds what building and testing need, and installs what is missing. It uses only Node's own modules, because it runs
// before `npm ci` has run.

import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Outside the checkout, so that a fresh clone need not compile the tools again. */
const TOOLS =
  process.env.AIGOBO_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'aigobo', 'tools');

const WASM_TARGET = 'wasm32-unknown-unknown';

/**
 * Everything `npm run build` needs. Returns the environment to run the tools in.
 * @returns {NodeJS.ProcessEnv}
 */
export function setUpBuild() {
  requireCommand('cargo', 'to compile the Rust core', 'install Rust from https://rustup.rs');
  if (!output('rustup', ['target', 'list', '--installed']).split('\n').includes(WASM_TARGET)) {
    install('the wasm target', 'rustup', ['target', 'add', WASM_TARGET]);
  }
  const bins = [
    cargoTool('wasm-pack', '0.15.1', 'wasm-pack', ['--locked']),
    // Without --locked, because the crate's own lock file names a withdrawn version.
    cargoTool('wasm-bindgen-cli', lockedVersion('wasm-bindgen'), 'wasm-bindgen', []),
  ];
  npmPackages();
  // Only folders of the cache come first: a tool's own folder on PATH may also hold another cargo or node.
  return withPath([...bins.filter((folder) => folder.startsWith(TOOLS)), join(ROOT, 'node_modules', '.bin')]);
}

/**
 * What the tests also need: browsers and their drivers. A missing one is undefined, after its name and
 * the cure were printed; under CI it is an error.
 */
export function setUpBrowsers() {
  const found = fromSystem('the browser tests', ['chromium', 'chromium-driver', 'firefox-esr'], () => ({
    chromium: which('chromium') ?? which('google-chrome'),
    chromedriver: which('chromedriver'),
    firefox: which('firefox') ?? which('firefox-esr'),
  }));
  const geckodriver = found.firefox && join(cargoTool('geckodriver', '0.37.1', 'geckodriver', ['--locked']), 'geckodriver');
  return { ...found, geckodriver };
}

/** The same for the tests of shared state. */
export function setUpRedis() {
  return fromSystem('the tests of shared state', ['redis-server'], () => ({ redisServer: which('redis-server') })).redisServer;
}

/**
 * Looks for commands, and has the system's package manager install missing ones.
 * @template {Record<string, string | undefined>} T
 * @param {string} what
 * @param {string[]} packages Debian's
 * @param {() => T} look
 * @returns {T}
 */
function fromSystem(what, packages, look) {
  const missing = () => Object.entries(look()).filter(([, path]) => !path).map(([name]) => name);
  if (missing().length > 0 && which('apt-get')) {
    const sudo = process.getuid?.() === 0 ? [] : which('sudo') && run('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
    if (sudo) {
      const [command, ...args] = [...sudo, 'apt-get'];
      run(command, [...args, 'update', '-qq']);
      try {
        install(`the system's part of ${what}`, command, [...args, 'install', '-y', '-qq', ...packages]);
      } catch (error) {
        // Without a network the other runners still run; the missing commands are named below.
        console.error(error instanceof Error ? error.message : error);
      }
    }
  }
  const names = missing();
  if (names.length > 0) {
    const message = `missing for ${what}: ${names.join(', ')}; install them, on Debian with: apt-get install ${packages.join(' ')}`;
    if (process.env.CI === 'true') throw new Error(message);
    console.error(message);
  }
  return look();
}

/** Links the built package under its own name, for the demo and tests; a file: dependency would break `npm ci` before the first build. */
export function linkPackage() {
  const link = join(ROOT, 'node_modules', 'aigobo');
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  rmSync(link, { recursive: true, force: true });
  symlinkSync(join('..', 'pkg'), link, 'junction');
}

/**
 * @param {string} command
 * @returns {string | undefined}
 */
export function which(command) {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, command));
  return places.find((place) => existsSync(place) && statSync(place).isFile());
}

/** @param {string} crate */
function lockedVersion(crate) {
  const lock = readFileSync(join(ROOT, 'Cargo.lock'), 'utf8');
  const version = new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`).exec(lock)?.[1];
  if (!version) throw new Error(`Cargo.lock has no ${crate}`);
  return version;
}

/**
 * The folder of a tool in exactly this version: on PATH, in the cache, or just installed there.
 * @param {string} crate
 * @param {string} version
 * @param {string} binary
 * @param {string[]} flags
 */
function cargoTool(crate, version, binary, flags) {
  const found = which(binary);
  if (found && output(found, ['--version']).includes(version)) return join(found, '..');
  const root = join(TOOLS, `${crate}-${version}`);
  const folder = join(root, 'bin');
  if (!existsSync(join(folder, binary))) {
    // A separate target folder, so that a tool's build does not clean the project's, nor the other way round.
    install(`${crate} ${version}`, 'cargo', ['install', crate, '--version', version, ...flags, '--root', root, '--target-dir', join(root, 'target')]);
    rmSync(join(root, 'target'), { recursive: true, force: true });
  }
  return folder;
}

function npmPackages() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  const lock = join(ROOT, 'package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    install('npm packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  // Another Node there would replace the one that npm was called with.
  rmSync(join(ROOT, 'node_modules', '.bin', 'node'), { force: true });
}

/** @param {string[]} folders */
function withPath(folders) {
  return { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) };
}

/**
 * @param {string} command
 * @param {string} why
 * @param {string} cure
 */
function requireCommand(command, why, cure) {
  if (!which(command)) throw new Error(`${command} is missing, ${why}: ${cure}`);
}

/**
 * @param {string} what
 * @param {string} command
 * @param {string[]} args
 */
function install(what, command, args) {
  const started = Date.now();
  console.log(`setting up ${what} …`);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) {
    const tail = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`${what} could not be set up; run it by hand to see why:\n  ${command} ${args.join(' ')}\n${tail}`);
  }
  console.log(`${what}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function output(command, args) {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout ?? '';
}
