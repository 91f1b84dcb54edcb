// Every public name has an example, and every example does what it says.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { ENTRIES, examples, matches, membersOf, namesOf, run, write } from './examples.js';

/** Where the wasm is inside: the main entry's names, once more. */
const INLINE = 'aigobo/inline';
/** Run with a real Redis, in redis/. */
const REDIS = 'aigobo/redis';

const all = Object.keys(ENTRIES).flatMap((entry) => examples(entry).filter(({ of }) => entry !== INLINE || of === INLINE));

test('the types name what is there, entry by entry', async () => {
  assert.equal(Object.keys(ENTRIES).length, 8);
  for (const entry of Object.keys(ENTRIES)) {
    const typed = namesOf(entry).filter(({ value }) => value).map(({ name }) => name);
    assert.deepEqual(typed.sort(), Object.keys(await import(entry)).sort(), entry);
  }
});

test('each public name, and each method of a class and of what a function gives back, has an example', () => {
  const missing = [];
  for (const entry of Object.keys(ENTRIES).filter((entry) => entry !== INLINE)) {
    for (const { name, symbol, value } of namesOf(entry)) {
      const shown = (/** @type {string} */ of) => all.some((example) => example.of === of);
      if (value && !shown(name)) missing.push(`${entry} ${name}`);
      if (!value && !['ClientMethods', 'ReplayFetch', 'Sandbox', 'Sent'].includes(name)) continue;
      for (const { name: member, method, symbol: { parent } } of /** @type {any[]} */ (membersOf(symbol))) {
        if (method && parent === symbol && !shown(`${name}.${member}`)) missing.push(`${entry} ${name}.${member}`);
      }
    }
  }
  assert.deepEqual(missing, []);
});

test('each type has a comment, and each of its fields', () => {
  const missing = Object.keys(ENTRIES).flatMap((entry) =>
    namesOf(entry).flatMap(({ name, symbol, doc }) => [
      ...(doc ? [] : [`${entry} ${name}`]),
      ...membersOf(symbol).filter(({ name: member, doc }) => !doc && member !== 'prototype' && name !== 'Endpoints').map(({ name: member }) => `${entry} ${name}.${member}`),
    ]),
  );
  assert.deepEqual([...new Set(missing)], []);
});

test('the examples compile strictly', () => {
  const files = all.map((example) => write(example, 'mts'));
  const tsc = createRequire(import.meta.url).resolve('typescript-newest/package.json').replace('package.json', 'bin/tsc');
  const flags = ['--strict', '--noEmit', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022', '--types', 'node', '--skipLibCheck'];
  try {
    execFileSync(process.execPath, [tsc, ...flags, ...files], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    assert.fail(/** @type {any} */ (error).stdout);
  }
});

test('… stands for anything but nothing, and all else for itself', () => {
  assert.ok(matches('http://a.b:1/?x', 'http://…/?x') && matches('[ 1 ]', '[ 1 ]'));
  assert.ok(!matches('http:///?x', 'http://…/?x') && !matches('axb', 'a.b'));
});

describe('the examples do what they say', { concurrency: 2 }, () => {
  for (const example of all.filter(({ entry }) => entry !== REDIS)) test(`${example.entry}: ${example.of}`, () => run(example));
});
