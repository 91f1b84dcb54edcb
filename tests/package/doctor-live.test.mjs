// The live doctor against real gateways of every kind: sandboxes of each dialect, wrong keys and clocks, closed ports, bad certificates.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer as createTcpServer } from 'node:net';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { checkGateway, probeDialects } from 'aigobo/doctor';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';
import { Client, StoreError } from 'aigobo';
import { generate } from 'selfsigned';
import { folder } from './folder.js';
import { CODES, KEYS, SECRETS, listen, say } from './lab.js';
import { MEMBER, SANDBOX } from './shop.js';

/** What was shown is searched for keys. @type {unknown[]} */
const shown = [];

/** @param {any} options */
async function checked(options) {
  const report = await checkGateway(options);
  shown.push(report);
  assert.deepEqual(report.checks.map(({ name }) => name), ['configuration', 'reachability', 'tls', 'clock', 'read']);
  const failed = report.checks.filter(({ status }) => status === 'failed');
  assert.equal(report.ok, failed.length === 0);
  for (const { message, cure } of failed) assert.ok(message && cure, message);
  /** @type {Record<string, import('aigobo/doctor').Check>} */
  const by = Object.fromEntries(report.checks.map((check) => [check.name, check]));
  return { ...report, ...by, statuses: report.checks.map(({ status }) => status).join(' ') };
}

/** @param {import('node:test').TestContext} t @param {any} [options] */
async function serving(t, options = {}) {
  const server = await serveSandbox({ port: 0, ...options });
  t.after(() => server.close());
  // The system's clock, as a shop's own client has it.
  const { clock, ...clientOptions } = server.clientOptions;
  return { ...server, options: clientOptions };
}

const DIALECTS = ['json', 'form', 'query'].flatMap((transport) =>
  ['java', 'json'].flatMap((nested) => ['lower', 'upper'].flatMap((digest) => ['1.0', '1.0.0'].map((version) => ({ transport, nested, digest, version })))),
);

for (const dialect of DIALECTS) {
  test(`${Object.values(dialect)}: the probe finds it, and the gateway then is well`, async () => {
    const sandbox = createSandbox({ dialect: /** @type {any} */ (dialect) });
    const { memberId } = await new Client(sandbox.clientOptions).registerMember(MEMBER);
    for (const known of [{ memberId }, {}]) {
      const asked = [];
      const { dialect: _, ...options } = sandbox.clientOptions;
      const found = await probeDialects({ ...options, ...known, onTry: (one) => asked.push(one) });
      shown.push(found);
      assert.deepEqual({ transport: 'json', nested: 'java', digest: 'lower', version: '1.0', ...found.dialect }, dialect, found.message);
      assert.deepEqual([found.open, found.tried], [undefined, asked]);
      assert.ok(found.tried.length <= 12 + 2, `${found.tried.length} calls`);
      const usual = { transport: 'json', nested: 'java', digest: 'lower', version: '1.0' };
      assert.ok(Object.entries(found.dialect ?? {}).every(([axis, value]) => value !== /** @type {any} */ (usual)[axis]), 'only what differs');
      const well = await checked({ ...options, ...known, dialect: found.dialect });
      assert.deepEqual([well.ok, well.read.detail?.gatewayCode], [true, 'memberId' in known ? '0000' : '9999'], well.read.message);
    }
  });
}

test('over HTTP all is well, and each step says what it saw', async (t) => {
  const { options, url } = await serving(t);
  const { memberId } = await new Client(options).registerMember(MEMBER);
  const well = await checked({ ...options, memberId });
  assert.equal(well.statuses, 'ok ok skipped ok ok');
  assert.equal(well.configuration.detail?.gateway, url);
  assert.equal(well.reachability.detail?.status, 200);
  assert.ok(Math.abs(Number(well.clock.detail?.offsetMs)) < 2_000);
  const unknown = await checked({ ...options, memberId, productCode: '1' });
  assert.ok(unknown.ok && /3000.*signature passed/.test(unknown.read.message) && /productCode/.test(unknown.read.cure ?? ''));
});

test('each refusal is told by its cause', async (t) => {
  const { options } = await serving(t);
  for (const [changes, code, cure] of /** @type {[any, string, RegExp][]} */ ([
    [{ accessToken: 'other' }, '5000', /accessToken.*environment/],
    [{ desKey: 'otherkey' }, '2009', /desKey/],
    [{ md5SecretKey: 'other' }, '2000', /md5SecretKey.*offline/],
    [{ dialect: { version: '1.0.0', nested: 'json', digest: 'upper' } }, '2000', /probeDialects/],
    [{ clock: () => Date.now() - 600_000 }, '2008', /clock first/],
  ])) {
    const { read, reachability, ok } = await checked({ ...options, ...changes });
    assert.deepEqual([ok, reachability.status, read.status, read.detail?.gatewayCode], [false, 'ok', 'failed', code]);
    assert.match(read.cure ?? '', cure);
    const chinese = await checked({ ...options, ...changes, lang: 'zh' });
    assert.match(chinese.read.message + chinese.read.cure, new RegExp(`${code}[^]*[一-鿿]{4}`));
  }
  const insisting = await serving(t, { dialect: { transport: 'query' } });
  const { read } = await checked({ ...insisting.options, dialect: undefined });
  assert.match(read.cure ?? '', /clock is no reason.*probeDialects/);
});

test('the quota used up is no verdict', async (t) => {
  const { options, sandbox } = await serving(t);
  sandbox.faults([{ fault: 'code', code: '0002' }]);
  const { ok, read } = await checked({ ...options, maxRetries: 0 });
  assert.deepEqual([ok, read.status], [true, 'warning']);
  sandbox.faults([{ fault: 'code', code: '7777' }]);
  assert.match((await checked(options)).read.message, /7777.*not in its document/);
});

test('all wrong options are told at once, and nothing is sent', async () => {
  let sent = 0;
  const { statuses, configuration } = await checked({ ...SANDBOX, accessToken: ' a', desKey: 'short', baseUrl: 'http://gateway.example', retries: 3, fetch: () => sent++ });
  assert.equal(statuses, 'failed skipped skipped skipped skipped');
  assert.deepEqual(configuration.detail?.options, ['accessToken', 'desKey', 'baseUrl', 'retries']);
  assert.match(configuration.message, /accessToken: has white space.*desKey: has 5 bytes.*baseUrl: .*retries: /s);
  assert.equal(sent, 0);
  const missing = await checked({});
  assert.deepEqual(missing.configuration.detail?.options, ['accessToken', 'desKey', 'md5SecretKey', 'distrCode']);
  await assert.rejects(checkGateway(/** @type {any} */ (undefined)), { code: 'config' });
  await assert.rejects(checkGateway({ ...SANDBOX, lang: /** @type {any} */ ('fr') }), { option: 'lang' });
});

test('a limiter that refuses and a clock that fails are asked for the read alone, and told as what they are', async (t) => {
  const { options } = await serving(t);
  let asked = 0;
  const limited = await checked({ ...options, rateLimit: { acquire: () => void asked++ } });
  assert.deepEqual([limited.ok, asked], [true, 1]);
  const silent = new StoreError({ code: 'store', message: 'Redis did not answer: check the connection' });
  const refused = await checkGateway({ ...options, rateLimit: { acquire: () => Promise.reject(silent) } });
  assert.deepEqual([refused.ok, refused.checks[0]?.detail?.gateway], [false, options.baseUrl]);
  assert.match(refused.checks[4]?.message ?? '', /Redis did not answer/);
  await assert.rejects(checkGateway({ ...options, rateLimit: { acquire: () => Promise.reject(new Error('redis is down')) } }), /redis is down/);
  const { ok, read } = await checked({ ...options, clock: () => NaN });
  assert.deepEqual([ok, read.status], [false, 'failed']);
  assert.match(read.message, /clock/);
  const none = /** @type {any} */ ({ productCode: null, memberId: null, lang: null, dialect: null });
  assert.equal((await checked({ ...options, ...none })).ok, true);
  assert.ok((await probeDialects({ ...options, ...none, candidates: null, onTry: null, signal: null })).dialect);
});

test('doubtful options are told', async (t) => {
  const { options } = await serving(t);
  const { configuration } = await checked({ ...options, accessToken: 'x'.repeat(40), md5SecretKey: options.desKey, rateLimit: false });
  assert.equal(configuration.status, 'warning');
  assert.match(configuration.message, /40 characters.*desKey and md5SecretKey are the same.*rateLimit/);
});

test('quotes that an environment file left on a key are told', async (t) => {
  const { options } = await serving(t);
  const { configuration } = await checked({ ...options, desKey: `"${options.desKey}"`, md5SecretKey: "'quoted'" });
  assert.equal(configuration.status, 'warning');
  assert.match(configuration.message, /quotes around desKey; There are quotes around md5SecretKey$/);
  assert.match(configuration.cure ?? '', /docker's --env-file keeps them/);
  const chinese = await checked({ ...options, desKey: `"${options.desKey}"`, lang: 'zh' });
  assert.match(chinese.configuration.message + chinese.configuration.cure, /desKey 的两边有引号去掉引号/);
  const blank = await checked({ ...options, desKey: `${options.desKey}\u200b` });
  assert.match(blank.configuration.message, /white space .* around desKey/);
});

test("the sandbox's keys at a foreign gateway are doubted", async () => {
  const { configuration, reachability } = await checked({ ...SANDBOX, baseUrl: 'https://no-such-gateway.invalid' });
  assert.match(configuration.message, /sandbox's keys/);
  assert.deepEqual([reachability.status, reachability.detail?.stage], ['failed', 'dns']);
  assert.match(reachability.message, /no-such-gateway\.invalid is not found \(E/);
});

test('a closed port, a silent one, and a server that breaks off are told apart', async (t) => {
  const closed = createTcpServer();
  await new Promise((listening) => closed.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (closed.address());
  await new Promise((done) => closed.close(done));
  const refused = await checked({ ...SANDBOX, baseUrl: `http://127.0.0.1:${port}` });
  assert.deepEqual(refused.reachability.detail, { stage: 'connect', code: 'ECONNREFUSED' });
  assert.equal(refused.statuses, 'ok failed skipped skipped skipped');

  const silent = await checked({ ...SANDBOX, baseUrl: await listen(t, createServer(() => {})), timeoutMs: 100, maxRetries: 0 });
  assert.deepEqual(silent.reachability.detail, { stage: 'answer', code: 'timeout' });

  const broken = await checked({ ...SANDBOX, baseUrl: await listen(t, createServer((request) => request.socket.resetAndDestroy())), maxRetries: 0 });
  assert.deepEqual([broken.reachability.detail?.stage, broken.read.status], ['answer', 'skipped']);
});

test("a proxy's page is none of the platform", async (t) => {
  const page = await listen(t, createServer((_request, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>')));
  const { reachability, clock, read } = await checked({ ...SANDBOX, baseUrl: page, maxRetries: 0 });
  assert.match(reachability.message, /HTTP 502/);
  assert.deepEqual([reachability.detail?.stage, clock.status, read.status], ['http', 'ok', 'skipped']);
  const shop = await listen(t, createServer((_request, response) => void response.end('<h1>Hello</h1>')));
  const other = await checked({ ...SANDBOX, baseUrl: shop });
  assert.deepEqual([other.reachability.status, other.read.status, other.read.detail?.code], ['ok', 'failed', 'reply']);
  assert.match(other.read.cure ?? '', /baseUrl/);
});

for (const [off, status, own] of /** @type {[number, string, any][]} */ ([[-3_600_000, 'warning', {}], [3_600_000, 'warning', {}], [-3_600_000, 'failed', { clock: 'system' }], [60_000, 'warning', { clock: 'system' }]])) {
  test(`a gateway whose clock is off by ${off / 1000} s, and a client with clock ${own.clock ?? 'auto'}`, async (t) => {
    const { options } = await serving(t, { clock: () => Date.now() + off });
    const { clock, read } = await checked({ ...options, ...own });
    assert.equal(clock.status, status);
    assert.ok(Math.abs(Number(clock.detail?.offsetMs) - off) <= 1_000 + Number(clock.detail?.uncertaintyMs), JSON.stringify(clock.detail));
    assert.match(clock.message, new RegExp(`${Math.abs(off / 1000)} s ${off < 0 ? 'ahead of' : 'behind'}|${Math.abs(off / 1000) - 1} s`));
    assert.equal(read.detail?.gatewayCode, status === 'failed' ? '2008' : '9999', 'auto corrects itself');
  });
}

/** @param {import('node:test').TestContext} t @param {object} dates @param {string} [name] */
async function certified(t, dates, name = 'localhost') {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], { keyType: 'ec', curve: 'P-256', ...dates, extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }] });
  const server = createTlsServer({ key, cert }, (_request, response) => say(response, '0000', 'must not be asked'));
  let asked = 0;
  server.on('request', () => asked++);
  const url = (await listen(t, server)).replace('http://127.0.0.1', 'https://localhost');
  return { url, cert, asked: () => asked };
}

const YEAR = 365 * 86_400_000;
const GOOD = { notBeforeDate: new Date(Date.now() - 86_400_000), notAfterDate: new Date(Date.now() + YEAR) };
const ENDED = { notBeforeDate: new Date(Date.now() - 2 * YEAR), notAfterDate: new Date('2026-02-03T00:00:00Z') };

for (const [what, dates, name, problems, said] of /** @type {[string, object, string, string[], RegExp][]} */ ([
  ['signed by itself', GOOD, 'localhost', ['selfSigned'], /NODE_EXTRA_CA_CERTS/],
  ['ended', ENDED, 'localhost', ['expired', 'selfSigned'], /renew/],
  ['not begun', { notBeforeDate: new Date(Date.now() + YEAR), notAfterDate: new Date(Date.now() + 2 * YEAR) }, 'localhost', ['notYet', 'selfSigned'], /machine's date/],
  ['of another name', GOOD, 'gateway.example', ['otherName', 'selfSigned'], /name into baseUrl/],
])) {
  test(`a certificate ${what}: told apart from the connection, and no key is sent`, async (t) => {
    const { url, asked } = await certified(t, dates, name);
    const { statuses, tls, reachability } = await checked({ ...KEYS, ...CODES, baseUrl: url });
    assert.equal(statuses, 'ok ok failed skipped skipped', tls.message);
    assert.deepEqual(tls.detail?.problems, problems);
    assert.match(tls.cure ?? '', said);
    assert.match(reachability.message, /connects in/);
    assert.equal(asked(), 0);
    if (problems[0] === 'expired') assert.match(tls.message, /ended on 2026-02-03/);
    if (problems[0] === 'otherName') assert.match(tls.message, /for gateway\.example, not for localhost/);
  });
}

test('http where TLS is expected', async (t) => {
  const plain = (await listen(t, createServer((_request, response) => void response.end()))).replace('http://127.0.0.1', 'https://localhost');
  const none = await checked({ ...KEYS, ...CODES, baseUrl: plain });
  assert.equal(none.statuses, 'ok ok failed skipped skipped');
  assert.match(none.tls.message, /speaks no TLS/);
});

test('a certificate that is trusted, one that soon ends, and nobody who checks', async (t) => {
  const ask = async (/** @type {string} */ url, /** @type {NodeJS.ProcessEnv} */ env) => {
    const code = `const { checkGateway } = await import('aigobo/doctor'); console.log(JSON.stringify(await checkGateway(${JSON.stringify({ ...KEYS, ...CODES, baseUrl: url })})));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { env: { ...process.env, ...env, NODE_NO_WARNINGS: '1' } });
    const { ok, checks } = JSON.parse(stdout);
    return { ok, tls: checks[2] };
  };
  for (const [days, status, extra] of /** @type {[number, string, NodeJS.ProcessEnv][]} */ ([[90, 'ok', {}], [5, 'warning', {}], [90, 'warning', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }]])) {
    const { url, cert, asked } = await certified(t, { ...GOOD, notAfterDate: new Date(Date.now() + days * 86_400_000 + 3_600_000) });
    const { ok, tls } = await ask(url, { NODE_EXTRA_CA_CERTS: join(folder(t, { 'ca.pem': cert }), 'ca.pem'), ...extra });
    assert.deepEqual([ok, tls.status], [true, status], JSON.stringify(tls));
    assert.ok(asked() > 0, 'the read is sent');
    if (!('NODE_TLS_REJECT_UNAUTHORIZED' in extra)) assert.equal(tls.detail.daysLeft, days);
  }
});

test('why no dialect is taken: the keys, the clock, the connection', async (t) => {
  const { options } = await serving(t);
  for (const [changes, reason] of /** @type {[any, RegExp][]} */ ([
    [{ md5SecretKey: 'other' }, /md5SecretKey is wrong/],
    [{ desKey: 'otherkey' }, /desKey is wrong/],
    [{ accessToken: 'other' }, /accessToken first/],
    [{ clock: () => Date.now() - 600_000 }, /first \(aigobo doctor, or checkGateway\(\)\)/],
    [{ baseUrl: 'http://127.0.0.1:1', maxRetries: 0 }, /no answer of the platform/],
  ])) {
    const { dialect, message, tried } = await probeDialects({ ...options, ...changes });
    shown.push(message, tried);
    assert.equal(dialect, undefined);
    assert.match(message, reason);
    assert.ok(tried.length <= 12 && tried.every(({ outcome }) => outcome !== 'taken'));
  }
});

test('a gateway that drops what it does not know before it signs does not tell nested', async (t) => {
  const gateway = createSandbox();
  const { memberId } = await new Client(gateway.clientOptions).registerMember(MEMBER);
  // It answers the question with the extra object as it answers the one without.
  const url = await listen(t, createServer((request, response) => (request.resume(), say(response, '3000', '分销产品不存在'))));
  const { dialect, open, message } = await probeDialects({ ...SANDBOX, baseUrl: url, memberId });
  assert.deepEqual([dialect, open], [{}, ['nested']]);
  assert.match(message, /nested could not be told/);
});

test('9999 to everything tells nothing', async (t) => {
  const url = await listen(t, createServer((request, response) => (request.resume(), say(response, '9999', '失败'))));
  const { dialect, message } = await probeDialects({ ...SANDBOX, baseUrl: url });
  assert.equal(dialect, undefined);
  assert.match(message, /wrong signatures too/);
});

test('candidates, a signal, and two at once', async (t) => {
  let [now, most] = [0, 0];
  const sandbox = createSandbox({ dialect: { transport: 'form', digest: 'upper' } });
  const { dialect: _, ...options } = sandbox.clientOptions;
  const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ init) => {
    most = Math.max(most, ++now);
    try {
      await new Promise((next) => setImmediate(next));
      return await sandbox.fetch(url, init);
    } finally {
      now--;
    }
  };
  const { dialect } = await probeDialects({ ...options, fetch });
  assert.deepEqual([dialect, most], [{ transport: 'form', digest: 'upper' }, 2]);
  const few = await probeDialects({ ...options, candidates: [{ transport: 'query' }, { version: '1.0.0' }] });
  assert.deepEqual([few.dialect, few.tried.length], [undefined, 2]);
  const at = new AbortController();
  const reason = new Error('enough');
  await assert.rejects(probeDialects({ ...options, signal: at.signal, onTry: () => at.abort(reason) }), reason);
  await assert.rejects(probeDialects({ ...options, candidates: [] }), { option: 'candidates' });
  await assert.rejects(probeDialects({ ...options, candidates: [{ nested: /** @type {any} */ ('php') }] }), { code: 'config' });
  t.diagnostic(`${most} at once`);
});

test('the guide prints each check with its cure', async (t) => {
  const { explainGateway } = await import('./guides/gateway-check.mjs');
  const { options } = await serving(t);
  /** @type {string[]} */
  const lines = [];
  t.mock.method(console, 'log', (/** @type {string} */ line) => void lines.push(line));
  assert.equal(await explainGateway({ ...options, desKey: 'otherkey' }), false);
  assert.match(lines.join('\n'), /^ok      configuration: [^]*\nfailed  read: [^\n]*2009[^\n]*\n        → check desKey/);
});

test('no key was shown', () => {
  const text = JSON.stringify(shown);
  assert.ok(text.length > 10_000);
  for (const secret of [...SECRETS, SANDBOX.accessToken, SANDBOX.md5SecretKey, SANDBOX.desKey]) assert.ok(!text.includes(secret), secret);
});
