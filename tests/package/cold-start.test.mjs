// From `import` to the first sealed envelope, in processes of their own, beside crypto-js doing the same by hand.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { NODES } from './nodes.js';
import { workerd } from './workerd.js';

/** What is timed behind the loading; each ends with the envelope's JSON in `envelope`. */
const OURS = `const envelope = JSON.stringify(seal({ orderCode: 'O1', memberId: 'M1' }, { accessToken: 't', desKey: '12345678', md5SecretKey: 's' }));`;
const CRYPTO_JS = `
const body = { orderCode: 'O1', memberId: 'M1' };
const joined = Object.keys(body).sort().map((name) => name + '=' + body[name]).join('&').toUpperCase();
const sign = C.MD5(C.MD5(joined + 's').toString()).toString();
const requestBody = C.DES.encrypt(JSON.stringify(body), C.enc.Utf8.parse('12345678'), { mode: C.mode.ECB, padding: C.pad.Pkcs7 }).toString();
const envelope = JSON.stringify({ accessToken: 't', ip: '127.0.0.1', nonce: crypto.randomUUID(), requestBody, sign, timestamp: Date.now(), version: '1.0' });`;

/** How both are loaded. */
const LOADERS = {
  import: { file: 'mjs', load: ["const { seal } = await import('aigobo');", "const { default: C } = await import('crypto-js');"] },
  require: { file: 'cjs', load: ["const { seal } = require('aigobo');", "const C = require('crypto-js');"] },
};
const RUNS = 14;
const WORKERS = 24;

/** Of crypto-js' time at most, where the machine has other work to do; docs/SIZE.md tells what it was where it had none. @param {string} version */
const gateOf = (version) => (/^v(20|21)\./.test(version) ? 0.42 : 0.38);
/** Of what crypto-js takes beyond an empty worker, of the fastest, since workers' starts vary as much as what is measured. */
const WORKERD_GATE = 0.75;

/** @param {number[]} figures */
const median = (figures) => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;

/** What ours took of theirs: one run with the next, which finds the machine as busy. @param {number[][]} took */
const ratio = ([ours = [], theirs = []]) => median(ours.map((ms, run) => ms / Number(theirs[run])));

/** The same fields, and the same signature and ciphertext. @param {string[]} envelopes */
function same(envelopes) {
  const [ours, theirs] = envelopes.map((text) => JSON.parse(text));
  assert.deepEqual([ours.sign, ours.requestBody, Object.keys(ours).sort()], [theirs.sign, theirs.requestBody, Object.keys(theirs).sort()]);
}

for (const [how, { file, load }] of Object.entries(LOADERS)) {
  const programs = [OURS, CRYPTO_JS].map((work, index) => {
    const path = new URL(`./cold-${how}-${index}.${file}`, import.meta.url).pathname;
    writeFileSync(path, `(async () => {\nconst began = performance.now();\n${load[index]}\n${work}\nconst took = performance.now() - began;\nconsole.log(JSON.stringify([took, envelope, process.version]));\n})();\n`);
    return path;
  });
  for (const [name, node] of NODES) {
    test(`${name}, by ${how}: well before crypto-js`, async (t) => {
      /** @type {[number[], number[]]} */
      const took = [[], []];
      /** @type {string[]} */
      const envelopes = [];
      let version = '';
      for (let run = 0; run < RUNS; run++) {
        for (const [index, program] of programs.entries()) {
          const [ms, envelope, ran] = JSON.parse((await promisify(execFile)(node, [program])).stdout);
          took[index]?.push(ms);
          envelopes[index] = envelope;
          version = ran;
        }
      }
      same(envelopes);
      const [ours, theirs] = /** @type {[number, number]} */ (took.map(median));
      t.diagnostic(`${version}, median of ${RUNS}: ${ours.toFixed(1)} ms, crypto-js ${theirs.toFixed(1)} ms: ${ratio(took).toFixed(2)}`);
      const gate = gateOf(version);
      assert.ok(ratio(took) < gate, `${ratio(took)} of crypto-js' time, ${gate} allowed`);
    });
  }
}

test('workerd: beyond an empty worker one takes less to answer its first call than one with crypto-js', async (t) => {
  const worker = (/** @type {string} */ work) => `export default { async fetch() {\n${work}\nreturn new Response(envelope); } };\n`;
  const workers = [`import { seal } from 'aigobo';\n${worker(OURS)}`, `import C from 'crypto-js';\n${worker(CRYPTO_JS)}`, worker("const envelope = '{}';")];
  /** @type {number[][]} */
  const took = workers.map(() => []);
  /** @type {string[]} */
  const envelopes = [];
  for (let run = 0; run < WORKERS; run++) {
    for (const [index, code] of workers.entries()) {
      // The clocks in workerd stand still while it computes: from outside, with its own start.
      const began = { at: 0 };
      const base = await workerd(t, code, {}, undefined, () => (began.at = performance.now()));
      envelopes[index] = await (await fetch(base)).text();
      took[index]?.push(performance.now() - began.at);
    }
  }
  same(envelopes.slice(0, 2));
  const [ours = 0, theirs = 0, empty = 0] = took.map((figures) => Math.min(...figures));
  const beyond = (ours - empty) / (theirs - empty);
  t.diagnostic(`workerd, fastest of ${WORKERS}, from its start to the first answer: ${ours.toFixed(1)} ms, crypto-js ${theirs.toFixed(1)} ms, an empty worker ${empty.toFixed(1)} ms: ${beyond.toFixed(2)}`);
  assert.ok(beyond < WORKERD_GATE, `${beyond} of crypto-js' time, ${WORKERD_GATE} allowed`);
});
