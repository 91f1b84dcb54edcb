// Marked people and keys go through every endpoint and every failure; then everything that was shown is searched.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { decrypt, endpoints } from 'aigobo';
import { KEYS, SECRETS, accept, clientFor, gateway, say } from './lab.js';
import { REQUESTS } from './shop.js';

/** In names, numbers, addresses: whatever shows it shows a person. */
const MARK = 'zzMARKzz';
const MOBILE = '13912345678';
const ID_NUMBER = '110101199003070011';
const MAIL = 'mark@people.example';
/** How people write the same numbers. */
const DIVIDED = ['139-1234-5678', '139 1234 5678', '1391234 5678', '139.1234.5678', '(139) 1234 5678', '（139）1234-5678', '110101 19900307 0011', '110101-1990-0307-0011'];
const WRITTEN = [...DIVIDED, `+86${MOBILE}`, `0086${MOBILE}`, `86-${MOBILE}`, `+86 139-1234-5678`, `tel-${MOBILE}`, `u_${MOBILE}`, `${MOBILE}%`, `${MOBILE}.1`, `${MOBILE}.50`, `m${MOBILE}x`, `ID${ID_NUMBER}`, `${ID_NUMBER}.`, `${MAIL}.`, `${MAIL}...`, `${MAIL}-`, `${MAIL}2`, `${MAIL}%20`, `mailto:${MAIL}`];
const FORBIDDEN = [MARK, MARK.toUpperCase(), MOBILE, ID_NUMBER, MAIL, ...DIVIDED, ...SECRETS, ...SECRETS.map((secret) => secret.toUpperCase())];

/**
 * A request whose personal texts are marked, by what the package itself says is personal.
 * @param {readonly import('aigobo').FieldInfo[]} fields
 * @param {any} request
 * @returns {any}
 */
function marked(fields, request) {
  const copy = { ...request };
  for (const { name, personal, type, fields: inner } of fields) {
    if (inner && Array.isArray(copy[name])) copy[name] = copy[name].map((item) => marked(inner, item));
    else if (inner && copy[name]) copy[name] = marked(inner, copy[name]);
    else if (personal && /mobile|account/i.test(name)) copy[name] = MOBILE;
    else if (personal && /email/i.test(name)) copy[name] = MAIL;
    else if (personal && /cardno/i.test(name)) copy[name] = ID_NUMBER;
    else if (personal && type === 'text') copy[name] = `王${MARK}${name}`.slice(0, 32);
  }
  return copy;
}

/**
 * The same people where the document has none, which a call by its path may send: as JSON within a text, in the place of a list, of a
 * text, of a number or of a date, in fields that nobody knows, and as names of fields.
 * @param {any} request
 */
function misplaced(request) {
  const entries = Object.entries(request);
  const each = (/** @type {(value: any) => unknown} */ change) => Object.fromEntries(entries.map(([name, value]) => [name, change(value)]));
  const person = `王${MARK}`;
  return [
    each((value) => (typeof value === 'object' ? JSON.stringify(value) : value)),
    each((value) => (typeof value === 'object' ? ` ${JSON.stringify({ inner: JSON.stringify(value) })}` : value)),
    each((value) => (Array.isArray(value) ? value[0] : [value])),
    each((value) => (typeof value === 'string' ? value : person)),
    each(() => [{ name: person }]),
    each(() => JSON.stringify({ [person]: [person] })),
    Object.fromEntries(entries.map(([name, value]) => [`other_${name}`, value])),
    { ...request, contactName: person, contact: { names: [person] }, [person]: 1, byName: { [`${MOBILE}`]: 1, [person]: {} } },
    { ...request, note: ` ${person}\n`, phone: Number(MOBILE) },
  ];
}

/** What a gateway may say that has seen the whole request: it quotes all of it. @param {import('./lab.js').Received} received */
const quoting = ({ body, envelope }) => `${JSON.stringify(body)} ${envelope.accessToken} ${KEYS.md5SecretKey} ${KEYS.desKey} ${JSON.stringify(body).toUpperCase()}`;

/** @type {Record<string, import('./lab.js').Answer>} */
const ANSWERS = {
  'a refusal that quotes': (_request, response, received) => say(response, '9999', quoting(received)),
  'numbers in any writing': (_request, response) => say(response, '9999', `手机号${WRITTEN.join('已注册，')}`),
  'a page with numbers in any writing': (_request, response) => void response.writeHead(502).end(`<p>${WRITTEN.join('</p><p>')}`),
  'a code that quotes': (_request, response, received) => say(response, quoting(received), ''),
  'JSON with HTTP 500 that quotes': (_request, response, received) => void response.writeHead(500).end(JSON.stringify({ message: quoting(received), data: received.body })),
  'HTML with HTTP 502 that quotes': (_request, response, received) => void response.writeHead(502).end(`<p>${quoting(received)}`),
  'a page that quotes': (_request, response, received) => void response.writeHead(200, { 'content-type': 'text/html' }).end(quoting(received)),
  'a cut reply that quotes': (_request, response, received) => void response.end(JSON.stringify({ code: '0000', data: received.body }).slice(0, -2)),
  'data of the wrong shape that quotes': (_request, response, received) => accept(response, [quoting(received)]),
  'data in the wrong field': (_request, response, received) => accept(response, { url: { a: quoting(received) }, memberId: [MARK], insuredInfoList: MARK, [MARK]: 1 }),
  'an order full of people': (_request, response) => accept(response, { holderName: MARK, holderPhone: MOBILE, insuredInfoList: [{ insuredName: MARK }] }),
  'a reset': (request) => void request.socket.resetAndDestroy(),
  'no answer': () => {},
};

/** Everything that was shown. @type {string[]} */
const shown = [];
/** @type {string[]} */
const printed = [];

// Standard output is the test runner's; a library prints by console, a warning of the runtime goes to standard error.
for (const method of /** @type {const} */ (['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'])) {
  console[method] = (/** @type {unknown[]} */ ...args) => void printed.push(inspect(args, { depth: Infinity }));
}
process.stderr.write = /** @type {any} */ ((/** @type {unknown} */ chunk) => (printed.push(String(chunk)), true));

/** @param {Promise<unknown>} call */
async function note(call) {
  await call.catch((error) => {
    shown.push(inspect(error, { depth: Infinity, showHidden: true, getters: true }), JSON.stringify(error), inspect(structuredClone(error), { depth: Infinity, showHidden: true }), `${error.stack}`);
  });
}

for (const [name, answer] of Object.entries(ANSWERS)) {
  test(`${name}: nobody is named`, async (t) => {
    shown.length = 0;
    printed.length = 0;
    const server = await gateway(t, answer);
    const observe = (/** @type {unknown} */ event) => void shown.push(JSON.stringify(event));
    for (const transport of /** @type {const} */ (['json', 'query'])) {
      const client = clientFor(server.baseUrl, { observe, timeoutMs: name === 'no answer' ? 20 : 10_000, maxRetries: 1, dialect: { transport } });
      for (const endpoint of endpoints) {
        const request = marked(endpoint.fields, REQUESTS[endpoint.name]);
        await note(client[endpoint.name](request));
        await note(client.call(endpoint.path, request));
        await note(client.call('/api/unknown/path', request));
        for (const twisted of name === 'no answer' ? [] : misplaced(request)) await note(client.call(endpoint.path, twisted));
      }
    }
    assert.ok(shown.length >= 2 * endpoints.length, 'something was shown');
    if (name.includes('any writing')) assert.ok(shown.some((text) => text.includes('***')));
    clean();
  });
}

test('a field is told from a person alike, wherever it is told', async () => {
  const client = clientFor('https://gateway.example');
  for (const name of ['planCode', 'line2', 'rate2024', '_x-1.b', 'José', '王小明', 'a b', 'a@b.cn', MOBILE, 'm13800', 'a\nb']) {
    const told = [1, { of: NaN }].map(async (value) => (await client.registerMember(/** @type {any} */ ({ ...REQUESTS.registerMember, [name]: value })).catch((error) => error)).issues[0].path.split('.of')[0]);
    const [unknown, lost] = await Promise.all(told);
    assert.equal(unknown, lost, name);
  }
});

test('a request that breaks the rules: nobody is named', async () => {
  shown.length = 0;
  printed.length = 0;
  const client = clientFor('https://gateway.example', { observe: (event) => void shown.push(JSON.stringify(event)) });
  for (const { name, fields } of endpoints) {
    const request = marked(fields, REQUESTS[name]);
    const broken = Object.fromEntries(Object.entries(request).map(([field, value]) => [field, typeof value === 'string' ? `${value}${MARK}`.repeat(30) : value]));
    await note(client[name](/** @type {any} */ ({ ...broken, insuredInfoList: [{ insuredGender: MARK, insuredBirthday: MARK }], payType: MARK })));
    const keyed = { [`王${MARK}`]: 1, [MOBILE]: 1, [`m${MOBILE}`]: 1, [ID_NUMBER]: 1, [MAIL]: 1 };
    await note(client[name](/** @type {any} */ ({ ...request, ...keyed, holderInfo: keyed, insuredInfoList: [keyed] })));
    for (const key of Object.keys(keyed)) await note(client[name](/** @type {any} */ ({ ...request, [key]: { of: NaN } })));
  }
  assert.ok(shown.length >= endpoints.length);
  clean();
});

test("what the caller's own fetch throws: nobody is named, though the caller changed the request meanwhile", async () => {
  shown.length = 0;
  printed.length = 0;
  /** @param {string} url @param {RequestInit} init */
  const fetch = async (url, init) => {
    const { requestBody } = JSON.parse(String(init.body));
    const quoted = `${url}: ${quoting({ body: JSON.parse(decrypt(requestBody, KEYS.desKey)), envelope: /** @type {any} */ (init.body), path: url })} ${WRITTEN.join()} ${KEYS.desKey.slice(0, 8)}`;
    await new Promise((next) => setImmediate(next));
    const cause = Object.assign(new Error(quoted), { code: quoted, stack: `Error: ${quoted}\n    at ${quoted}`, request: { body: quoted } });
    throw Object.assign(new TypeError(quoted, { cause }), { name: quoted });
  };
  const client = clientFor('https://gateway.example', { fetch, maxRetries: 0 });
  for (const { name, fields, path } of endpoints) {
    for (const call of [(/** @type {any} */ request) => client[name](request), (/** @type {any} */ request) => client.call(path, request), (/** @type {any} */ request) => client.call('/api/unknown/path', request)]) {
      const request = marked(fields, REQUESTS[name]);
      const noted = note(call(request));
      for (const field of Object.keys(request)) delete request[field];
      await noted;
    }
  }
  assert.ok(shown.filter((text) => text.includes('***')).length >= 3 * endpoints.length, 'something was shown');
  clean();
});

test('the marks are in what is sent: the search can find', async (t) => {
  const server = await gateway(t, (_request, response) => accept(response));
  const order = endpoints.find(({ name }) => name === 'createPreOrder');
  await note(clientFor(server.baseUrl).createPreOrder(marked(order?.fields ?? [], REQUESTS.createPreOrder)));
  const sent = JSON.stringify(server.received);
  for (const mark of [MARK, MOBILE, ID_NUMBER, KEYS.accessToken]) assert.ok(sent.includes(mark), mark);
});

function clean() {
  for (const text of [...shown, ...printed]) {
    for (const mark of FORBIDDEN) assert.ok(!text.includes(mark), `${mark} stands in: ${text.slice(0, 1_000)}`);
  }
  assert.deepEqual(printed, []);
}
