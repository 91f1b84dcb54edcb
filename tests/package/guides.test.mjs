// The documents' own code, run as it stands there; the guides' with the real packages.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createNotificationHandler, memoryNotificationStore, notifyUrls } from 'aigobo/notifications';
import { createSandbox } from 'aigobo/sandbox';
import { serveSandbox } from 'aigobo/sandbox-server';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import pino from 'pino';
import { accept, clientFor, gateway, rejection, say } from './lab.js';
import { openTelemetryObserver } from './guides/telemetry.mjs';
import { pinoObserver } from './guides/logging.mjs';
import { MEMBER, REQUESTS, preOrder } from './shop.js';

test('OpenTelemetry: a span a try under the span of its own request, and the figures', async (t) => {
  const spans = new InMemorySpanExporter();
  const figures = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: figures, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(tracers);
  metrics.setGlobalMeterProvider(meters);
  t.after(() => Promise.all([meters.shutdown(), tracers.shutdown()]));

  const seen = new Set();
  const server = await gateway(t, (_request, response, { body: { memberId } }) => {
    if (memberId === 'refused') say(response, '1000', '订单不存在');
    else if (!seen.has(memberId)) seen.add(memberId) && response.writeHead(503).end();
    else accept(response, { orderListUrl: 'https://a.example/' });
  });
  const client = clientFor(server.baseUrl, { observe: openTelemetryObserver() });
  const shop = trace.getTracer('shop');
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      shop.startActiveSpan(`request ${index}`, async (span) => {
        await client.getOrderListUrl({ ...REQUESTS.getOrderListUrl, memberId: `M${index}` });
        span.end();
      }),
    ),
  );
  await rejection(client.getOrderDetail({ ...REQUESTS.getOrderDetail, memberId: 'refused' }));

  const finished = spans.getFinishedSpans();
  const requests = new Map(finished.filter(({ name }) => name.startsWith('request')).map((span) => [span.spanContext().spanId, span.name]));
  const tries = finished.filter(({ name }) => name === 'aigobo getOrderListUrl');
  assert.equal(tries.length, 40);
  const members = new Map(server.received.map(({ envelope, body }) => [envelope.nonce, body.memberId]));
  for (const { attributes, parentSpanContext } of tries) {
    assert.equal(requests.get(parentSpanContext?.spanId ?? '')?.replace('request ', 'M'), members.get(String(attributes['aigobo.nonce'])));
  }
  assert.deepEqual(tries.map(({ attributes }) => attributes['http.request.resend_count']).sort(), [...Array(20).fill(0), ...Array(20).fill(1)]);
  const refused = finished.find(({ name }) => name === 'aigobo getOrderDetail');
  assert.deepEqual(
    [refused?.attributes['error.type'], refused?.attributes['aigobo.gateway_code'], refused?.attributes['http.response.status_code'], refused?.status.code],
    ['gateway.1000', '1000', 200, 2],
  );

  await reader.forceFlush();
  const recorded = figures.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
  const durations = recorded.find(({ descriptor }) => descriptor.name === 'aigobo.client.duration')?.dataPoints ?? [];
  const counts = durations.map(({ attributes, value }) => [attributes['error.type'] ?? 'ok', /** @type {any} */ (value).count]).sort();
  assert.deepEqual(counts, [['gateway.1000', 1], ['http', 20], ['ok', 20]]);
});

test('pino: a line a try, and an error with its code', async (t) => {
  /** @type {any[]} */
  const lines = [];
  const logger = pino({}, new Writable({ write: (line, _encoding, done) => (lines.push(JSON.parse(line)), done()) }));
  const server = await gateway(t, (_request, response, _received, count) => (count === 1 ? void response.writeHead(503).end() : say(response, '1000', '订单不存在')));
  const error = await rejection(clientFor(server.baseUrl, { observe: pinoObserver(logger) }).getOrderDetail(REQUESTS.getOrderDetail));
  logger.error({ err: error });
  assert.deepEqual(lines.map(({ level, msg }) => [level, msg]), [[40, 'getOrderDetail http'], [50, 'getOrderDetail gateway.1000'], [50, error.message]]);
  assert.equal(lines[0].aigobo.nonce, server.received[0]?.envelope.nonce);
  assert.deepEqual([lines[2].err.code, lines[2].err.gatewayCode, lines[2].err.nonce], ['gateway.1000', '1000', error.nonce]);
});

for (const folder of ['guides', 'guides/zh-CN']) {
  test(`README's samples run as pasted (${folder})`, async (t) => {
    const run = async (/** @type {string} */ file, /** @type {NodeJS.ProcessEnv} */ env) => (await promisify(execFile)(process.execPath, [`${folder}/${file}`], { env })).stdout;
    assert.match(await run('sandbox.mjs', {}), /^https:\/\/\S+\n已支付 PDAA\d+\n$/);
    const serving = await serveSandbox({ port: 0 });
    t.after(() => serving.close());
    const { accessToken, desKey, md5SecretKey, distrCode, employeeCode = '', invitateCode = '' } = serving.clientOptions;
    const env = { AIGOBO_ACCESS_TOKEN: accessToken, AIGOBO_DES_KEY: desKey, AIGOBO_MD5_SECRET_KEY: md5SecretKey, AIGOBO_DISTR_CODE: distrCode, AIGOBO_EMPLOYEE_CODE: employeeCode, AIGOBO_INVITATE_CODE: invitateCode, AIGOBO_BASE_URL: serving.url };
    assert.match(await run('gateway.mjs', env), /旅途无忧一日游[^]*计划一/);
  });
}

for (const folder of ['guides', 'guides/zh-CN']) {
  test(`README's notifications and shared state (${folder})`, async () => {
    process.env.AIGOBO_NOTIFICATION_SECRET = 'a secret of the shop';
    const { urlsOf, handlerFor, nodeHandlerFor } = await import(`./${folder}/notifications.mjs`);
    const { clientOver, storeOver } = await import(`./${folder}/shared.mjs`);
    const { reconcile } = await import('./guides/reconcile.mjs');
    /** @type {unknown[]} */
    const told = [];
    /** @type {(request: Request) => Promise<Response>} */
    let handler = async () => new Response();
    const sandbox = createSandbox({ deliver: (url, init) => handler(new Request(String(url), init)) });
    const redis = { call: async () => 0 };
    const client = clientOver(redis, sandbox.clientOptions);
    handler = handlerFor(client, { insured: (/** @type {unknown[]} */ ...news) => told.push(news) });
    assert.equal(typeof nodeHandlerFor(client, {}), 'function');
    assert.equal(typeof storeOver(redis).claim, 'function');
    const { memberId } = await client.registerMember(MEMBER);
    const request = preOrder(memberId);
    const { tempOrderCode } = await client.createPreOrder({ ...request, ...(await urlsOf(memberId, request.outSerialNo)) });
    await sandbox.pay(tempOrderCode);
    await sandbox.settled();
    assert.deepEqual(told.map((news) => /** @type {any} */ (news)[0]), [request.outSerialNo, request.outSerialNo]);
    const waiting = [{ tempOrderCode, memberId, outSerialNo: request.outSerialNo }];
    const result = await reconcile(client, memoryNotificationStore(), { waiting: () => waiting }, { onDeliver: () => {} });
    assert.deepEqual(result, { asked: 1, told: 2, failed: 0 });
  });
}

test('the guide to AWS Lambda: events of payload 2.0', async () => {
  const { lambdaOf } = await import('./guides/lambda.mjs');
  const secret = 'a secret of the shop';
  /** @type {unknown[]} */
  const told = [];
  const lambda = lambdaOf(createNotificationHandler({ secret, confirm: false, onDeliver: ({ outSerialNo, policyCode }) => void told.push([outSerialNo, policyCode]), onError: () => {} }));
  const { deliverNotifyUrl } = await notifyUrls({ base: 'https://shop.example.com/hooks/aigobo', secret, memberId: '100001', outSerialNo: 'GP 1&订单' });
  const { hostname, pathname, search } = new URL(deliverNotifyUrl);
  const event = (/** @type {string | undefined} */ body, more = {}) => ({
    version: '2.0',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: { 'content-type': 'application/json', 'content-length': String(body?.length ?? 0), host: hostname },
    requestContext: { domainName: hostname, http: { method: 'POST', path: pathname } },
    ...(body && { body }),
    isBase64Encoded: false,
    ...more,
  });
  const text = (/** @type {string} */ policyCode) => JSON.stringify({ tempOrderCode: 'TE1', policyCode, success: true });
  const right = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"code":"0000","message":"成功"}' };
  assert.deepEqual(await lambda(event(text('P1'))), right);
  assert.deepEqual(await lambda(event(Buffer.from(text('P2')).toString('base64'), { isBase64Encoded: true })), right);
  assert.deepEqual(told, [['GP 1&订单', 'P1'], ['GP 1&订单', 'P2']]);
  assert.equal((await lambda(event(text('P3'), { rawQueryString: '' }))).statusCode, 403);
  assert.equal((await lambda(event(undefined))).statusCode, 400);
  assert.equal((await lambda(event(undefined, { requestContext: { domainName: hostname, http: { method: 'GET' } } }))).statusCode, 405);
});

for (const [runner, args, file] of [
  ['node', ['--test'], 'insurance.node.test.mjs'],
  ['vitest', ['vitest/vitest.mjs', 'run', '--root', 'guides', '--cache=false'], 'insurance.vitest.test.mjs'],
  ['jest', ['jest/bin/jest.js', '--rootDir', 'guides', '--cache=false'], 'insurance.jest.test.cjs'],
]) {
  test(`the guide to tests, with ${runner}`, async () => {
    const [first = '', ...rest] = args;
    const program = first.startsWith('--') ? first : fileURLToPath(new URL(`../../node_modules/${first}`, import.meta.url));
    // As a user's own shell, not as a test within a test.
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...rest, runner === 'node' ? `guides/${file}` : file], { env: { ...env, NO_COLOR: '1' } });
    assert.match(stdout + stderr, /^(# pass 1|Tests: +1 passed, 1 total| +Tests +1 passed \(1\))$/m);
  });
}

test("a form's own issues", async () => {
  const { issuesOf } = await import('./guides/form.mjs');
  const issues = issuesOf({ mobile: '', insuredInfoList: [{ insuredBirthday: 'x' }] });
  assert.deepEqual(issues.map((/** @type {{ path: string }} */ { path }) => path), ['mobile', 'insuredInfoList[0].insuredBirthday']);
});

/** A document without its code. @param {URL} document */
const prose = (document) => readFileSync(document, 'utf8').replace(/^```[^]*?^```/gm, '');

/** What a link can lead to: the anchors, and the headings as GitHub names them. @param {string} text */
const anchorsOf = (text) => [
  ...[...text.matchAll(/<a id="(.+?)">/g)].map(([, id]) => id),
  ...[...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-')),
];

test('the links of the documents lead somewhere in the package', () => {
  const root = new URL('./node_modules/aigobo/', import.meta.url);
  const documents = readdirSync(new URL('docs/', root), { recursive: true }).map((path) => `docs/${path}`).filter((path) => path.endsWith('.md'));
  assert.ok(documents.length > 10);
  for (const document of ['README.md', 'README.zh-CN.md', ...documents]) {
    const at = new URL(document, root);
    for (const [, target = '', anchor] of prose(at).matchAll(/\]\(([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
      if (/^https?:/.test(target)) continue;
      const there = new URL(target, at);
      assert.ok(existsSync(there), `${document}: ${target}`);
      if (anchor) assert.ok(anchorsOf(prose(there)).includes(anchor), `${document}: ${target}#${anchor}`);
    }
  }
});
