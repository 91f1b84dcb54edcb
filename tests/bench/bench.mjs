// `npm run bench`: what the package's public functions take, beside others that do the same, in one process and the same
// rounds. `--json FILE` the figures, `--chart FILE` the picture of them, `--quick` rougher and sooner, `--only TEXT`
// the rows with it in their title, `--native` the core alone, without WebAssembly.

import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from '../../pkg-template/build/build.mjs';
import { ROOT, setUpBuild } from '../../pkg-template/build/setup.mjs';
import { chart, table } from './report.js';

/** @typedef {import('./rounds.js').Figure} Figure */
/** @typedef {{ what: string, of: string, bytes: number, insured: number, figures: Record<string, Figure> }} Row */
/** @typedef {{ machine: Record<string, string | number>, rows: Row[] }} Report */

const { values } = parseArgs({
  options: { json: { type: 'string' }, chart: { type: 'string' }, quick: { type: 'boolean' }, native: { type: 'boolean' }, only: { type: 'string' } },
});

if (values.native) {
  const { status } = spawnSync('cargo', ['bench', '--bench', 'core'], { cwd: ROOT, env: setUpBuild(), stdio: 'inherit' });
  process.exit(status ?? 1);
}

await build();
// Only now is there a package to import.
const { Client } = await import('aigobo');
const { CODES, CREDENTIALS, SIZES, ANSWERS } = await import('./bodies.js');
const { CONTENDERS, nodeCrypto, requireSame } = await import('./contenders.js');
const { startPhp } = await import('./php.js');
const { loop, loopAsync, sideBySide } = await import('./rounds.js');

const effort = values.quick ? { rounds: 9, sliceMs: 4, warmUpMs: 60 } : { rounds: 41, sliceMs: 15, warmUpMs: 400 };

/** @type {Row[]} */
const rows = [];

/**
 * @param {string} what
 * @param {{ name: string, bytes: number, insured: number }} of
 * @param {import('./rounds.js').Runner[]} runners
 */
async function measure(what, { name, bytes, insured }, runners) {
  if (values.only && !`${what} ${name}`.includes(values.only)) return;
  const row = { what, of: name, bytes, insured, figures: await sideBySide(runners, effort) };
  rows.push(row);
  console.log(table([row]));
}

const php = await startPhp(CREDENTIALS);
for (const size of SIZES) {
  const { body } = size;
  requireSame(body, CREDENTIALS);
  await php?.take(body);
  const text = JSON.stringify(body);
  // Who reads its answers does so within their life; a run is shorter than that.
  const envelope = nodeCrypto.seal(body, CREDENTIALS);
  for (const what of /** @type {const} */ (['seal', 'sign', 'encrypt', 'open'])) {
    // A second more or less of crypto-js tells nothing.
    const runners = CONTENDERS.filter(({ name }) => name !== 'crypto-js' || size.insured <= 1_000).map((one) => {
      const work = {
        seal: () => one.seal(body, CREDENTIALS),
        sign: () => one.sign(body, CREDENTIALS.md5SecretKey),
        encrypt: () => one.encrypt(text, CREDENTIALS.desKey),
        open: () => one.open(envelope, CREDENTIALS),
      };
      return { name: one.name, run: loop(work[what]) };
    });
    await measure(what, size, php ? [...runners, { name: 'PHP', run: php.run(what) }] : runners);
  }
}
php?.end();

// What reading costs: a whole call whose answer is already there, beside a seal, JSON.parse and nothing more by hand.
const [query] = SIZES;
for (const { name, insured, text } of ANSWERS) {
  const bytes = Buffer.from(text);
  const there = async () => new Response(bytes, { headers: { 'content-type': 'application/json' } });
  const client = new Client({ ...CREDENTIALS, ...CODES, fetch: there, rateLimit: false });
  await measure('call, answered at once', { name, insured, bytes: bytes.length }, [
    { name: 'aigobo', run: loopAsync(() => client.getOrderDetail(query.body)) },
    { name: 'node:crypto', run: loopAsync(async () => (nodeCrypto.seal(query.body, CREDENTIALS), (await there()).json())) },
  ]);
}

// What a call costs over the network, beside the same bytes over bare fetch.
const server = fork(new URL('./server.js', import.meta.url));
server.send(SIZES.map(({ path, answer }) => [path, answer]));
const [port] = await once(server, 'message');
const baseUrl = `http://127.0.0.1:${port}`;
const client = new Client({ ...CREDENTIALS, ...CODES, baseUrl, rateLimit: false });
for (const size of SIZES) {
  const headers = { 'content-type': 'application/json' };
  const post = async (/** @type {string} */ body) => (await fetch(baseUrl + size.path, { method: 'POST', headers, body })).json();
  const sealed = nodeCrypto.seal(size.body, CREDENTIALS);
  await measure('call over loopback', size, [
    { name: 'aigobo', run: loopAsync(() => client[size.method](/** @type {any} */ (size.body))) },
    { name: 'bare fetch', run: loopAsync(() => post(sealed)) },
    { name: 'node:crypto', run: loopAsync(() => post(nodeCrypto.seal(size.body, CREDENTIALS))) },
  ]);
}
server.kill();

/** @type {Report} */
const report = {
  machine: {
    cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), platform: `${process.platform} ${process.arch}`,
    node: process.version, openssl: process.versions.openssl ?? '', php: php ? `${php.about.version}, ${php.about.openssl}, ${php.about.cipher}` : 'none',
  },
  rows,
};
console.log(`\nmicroseconds, medians of ${effort.rounds} interleaved rounds [quartiles]; ${Object.values(report.machine).join(' · ')}`);
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 1)}\n`);
if (values.chart) writeFileSync(values.chart, chart(report));
