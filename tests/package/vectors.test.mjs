// The golden vectors as they ship, and other languages on them: the JDK makes the same of whatever is sealed here.

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { explain, open, seal } from 'aigobo';
import fc from 'fast-check';
import { folder } from './folder.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const JAVA = 'vectors/Vectors.java';
const SHIPPED = require.resolve('aigobo/vectors.json');

/** A user's machine need not have it; where there is one, it must agree. @param {string} command @param {string[]} args */
const missing = (command, ...args) => (spawnSync(command, args).status === 0 ? false : `there is no ${command} here`);
const noJava = missing('java', '-version');
const noPython = missing('python3', '--version');

/** A case a line, as the golden ones. @param {object[]} vectors */
const written = (vectors) => `[\n${vectors.map((vector) => `  ${JSON.stringify(vector)}`).join(',\n')}\n]\n`;

/** A guide's block of another language. @param {string} name */
function guide(name) {
  const text = readFileSync(require.resolve('aigobo/package.json').replace(/package\.json$/, 'docs/VECTORS.md'), 'utf8');
  const [, code] = text.match(new RegExp(`^\`\`\`\\w+\\n(?://|#) ${name}\\n([^]*?)^\`\`\`$`, 'm')) ?? assert.fail(`${name} is not in the guide`);
  return String(code);
}

// What occurs in names and addresses, and what upper-casing, sorting, JSON and UTF-16 stumble over; assigned since long, since a JDK knows
// the Unicode of its time.
const character = fc.oneof(
  fc.constantFrom(...'abzABZ019 _-&=+%"\\/{}[],:<>\n\t\u0000\u007f', ...'王明杭州李四', ...'ßŉǰΐΰﬁﬃſıİéñΆώςяЁｚÿµ', '𠮷', '😀', '𐐨', '\ue000', '\uffee'),
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
);
const text = fc.string({ unit: character, maxLength: 24 });
const number = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 1.5, 12.25, 100000.01));
const scalar = fc.oneof({ weight: 4, arbitrary: text }, number, fc.boolean(), fc.constant(null));
const name = fc.oneof(fc.constantFrom('memberId', 'insuredInfoList', 'a', 'A', 'a1', 'a10', '_'), fc.string({ unit: character, minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, { weight: 5, arbitrary: scalar }, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(name, tie('value'), { maxKeys: 4 })),
}));
const body = fc.dictionary(name, value, { maxKeys: 8 });
const desKey = fc.oneof(fc.constantFrom('sandbox8', '密钥密钥', 'longer than eight'), fc.stringMatching(/^[!-~]{8,20}$/));
const md5SecretKey = fc.stringMatching(/^[!-~]{1,32}$/);

/** What is sealed here, as vectors. */
function sealed(count) {
  const samples = fc.sample(fc.record({ body, desKey, md5SecretKey }), { numRuns: count, seed: Number(process.env.AIGOBO_SEED ?? 20261125) });
  return samples.map(({ body, ...keys }, place) => {
    const credentials = { accessToken: 'token', ...keys };
    const envelope = seal(body, credentials, { timestamp: 0 });
    assert.deepEqual(open(envelope, credentials, { now: 0 }), JSON.parse(JSON.stringify(body)));
    const { plaintext, signingString, firstDigest, sign, requestBody } = explain(body, credentials);
    assert.deepEqual([envelope.sign, envelope.requestBody], [sign, requestBody]);
    return { name: `random ${place}`, ...keys, plaintext, signingString, firstDigest, sign, requestBody };
  });
}

test('what ships is what is tested, by import and by require', async () => {
  const { default: imported } = await import('aigobo/vectors.json', { with: { type: 'json' } });
  assert.deepEqual(imported, require('aigobo/vectors.json'));
  assert.equal(readFileSync(SHIPPED, 'utf8'), readFileSync('vectors/envelope.json', 'utf8'));
  assert.equal(imported.length, 25);
  for (const { plaintext, desKey, md5SecretKey, ...expected } of imported) {
    const { signingString, firstDigest, sign, requestBody } = explain(JSON.parse(plaintext), { accessToken: 'token', desKey, md5SecretKey });
    assert.deepEqual({ name: expected.name, signingString, firstDigest, sign, requestBody }, expected);
  }
});

test('the JDK checks the golden vectors, makes them anew, and finds one that is wrong', { skip: noJava }, async (t) => {
  assert.equal((await run('java', [JAVA, 'check', SHIPPED])).stdout, '25 vectors agree byte for byte\n');
  const golden = readFileSync(SHIPPED, 'utf8');
  const place = folder(t);
  const bare = join(place, 'bare.json');
  writeFileSync(bare, JSON.stringify(JSON.parse(golden).map(({ name, desKey, md5SecretKey, plaintext }) => ({ name, desKey, md5SecretKey, plaintext })), null, 2));
  assert.equal((await run('java', [JAVA, 'generate', bare])).stdout, golden);
  const wrong = join(place, 'wrong.json');
  writeFileSync(wrong, golden.replace(/"sign":"../, '"sign":"zz'));
  await assert.rejects(run('java', [JAVA, 'check', wrong]), (error) => /** @type {any} */ (error).code === 1 && /sign is zz/.test(/** @type {any} */ (error).stderr));
});

test('the JDK makes the same of 2,000 random bodies that were sealed here', { skip: noJava }, async (t) => {
  const vectors = sealed(2_000);
  const nested = vectors.filter(({ signingString }) => /[{[]/.test(signingString)).length;
  assert.ok(nested > 500, `${nested} with nested values`);
  const place = folder(t);
  const file = join(place, 'random.json');
  writeFileSync(file, written(vectors));
  const { stdout } = await run('java', [JAVA, 'check', file]).catch((error) => assert.fail(`${error.stdout}${error.stderr}`.slice(0, 2_000)));
  assert.equal(stdout, '2000 vectors agree byte for byte\n');
  const { stdout: generated } = await run('java', [JAVA, 'generate', file], { maxBuffer: 1 << 26 });
  assert.equal(generated, readFileSync(file, 'utf8'));
});

test("the guide's Java prints the first vector", { skip: noJava }, async (t) => {
  const place = folder(t);
  writeFileSync(join(place, 'Sign.java'), guide('Sign.java'));
  const [first] = require('aigobo/vectors.json');
  assert.equal((await run('java', [join(place, 'Sign.java')])).stdout, `${first.sign}\n${first.requestBody}\n`);
});

test("the guide's Python agrees", { skip: noPython }, async (t) => {
  const place = folder(t);
  writeFileSync(join(place, 'vectors.py'), guide('vectors.py'));
  const encrypts = !missing('python3', '-c', 'from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES');
  t.diagnostic(encrypts ? 'signed and encrypted' : 'signed; there is no cryptography here');
  assert.equal((await run('python3', [join(place, 'vectors.py'), SHIPPED, ...(encrypts ? [] : ['--sign-only'])])).stdout, '25 vectors agree\n');
});
