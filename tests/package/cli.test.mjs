// The command line: sandbox, help, errors of usage, languages, output.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { forEach, json, run, serve, shell } from './cli.js';
import { folder } from './folder.js';
import { MEMBER, preOrder } from './shop.js';

const COMMANDS = ['sandbox', 'endpoints', 'call', 'seal', 'open', 'explain', 'doctor', 'notify', 'vectors', 'completion'];
const CHINESE = /\p{Script=Han}/u;

test('a sandbox whose state outlives kill -9 and Ctrl-C', async (t) => {
  const state = join(folder(t), 'sandbox.state');
  const first = await serve(t, '--state', state);
  const { memberId } = await first.client.registerMember(MEMBER);
  const { tempOrderCode } = await first.client.createPreOrder(preOrder(memberId));
  const busy = await run(['sandbox', '--port', '0', '--state', state]);
  assert.deepEqual([busy.code, /state: is in use by process \d+/.test(busy.stderr)], [2, true]);
  const taken = await run(['sandbox', '--port', new URL(first.url).port]);
  assert.deepEqual([taken.code, /port \d+ is in use/.test(taken.stderr)], [2, true]);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await serve(t, '--state', state);
  const paid = await fetch(`${second.url}/_sandbox/pay`, { method: 'POST', body: JSON.stringify({ tempOrderCode }) });
  assert.equal(paid.status, 200);
  second.child.kill('SIGINT');
  assert.deepEqual(await once(second.child, 'exit'), [0, null]);

  const third = await serve(t, '--state', state);
  assert.equal((await third.client.getOrderDetail({ tempOrderCode, memberId })).orderStatus, '已支付');
});

test('help of every command, in both languages, within 80 columns and with examples', async () => {
  for (const lang of ['en', 'zh']) {
    const { stdout } = await run(['--help', '--lang', lang]);
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^  ${command}\\b`, 'm'));
    await forEach(COMMANDS, async (command) => {
      const { code, stdout } = await run([command, '--help', '--lang', lang]);
      assert.equal(code, 0);
      assert.match(stdout, lang === 'zh' ? /^用法：[^]*选项：[^]*示例：/ : /^Usage: [^]*Options:[^]*Examples:/);
      // The platform's own words stand in English texts, too.
      const [description] = stdout.split('\n').slice(2);
      assert.equal(CHINESE.test(description?.replace(/ ?(投保|退保|退款|爱购保)/g, '') ?? ''), lang === 'zh', `${command}: ${description}`);
      for (const line of stdout.split('\n')) {
        // A character of Chinese takes two columns; examples are for copying.
        const width = [...line].reduce((sum, character) => sum + (/[\u2e80-\uffe6]/u.test(character) ? 2 : 1), 0);
        assert.ok(width <= 80 || line.startsWith('  $ '), `${command} ${lang}: ${line}`);
      }
    });
  }
});

test('the language: --lang, else LC_ALL, LC_MESSAGES, LANG in this order', async () => {
  /** @type {[string[], Record<string, string>, boolean][]} */
  const cases = [
    [[], { LANG: 'zh_CN.UTF-8' }, true],
    [[], { LANG: 'en_US.UTF-8' }, false],
    [[], { LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW' }, true],
    [[], { LC_ALL: 'C', LC_MESSAGES: 'zh_TW', LANG: 'zh_CN.UTF-8' }, false],
    [[], { LC_ALL: 'zh_CN.UTF-8', LANG: 'C' }, true],
    [['--lang', 'en'], { LC_ALL: 'zh_CN.UTF-8' }, false],
    [['--lang=zh'], {}, true],
  ];
  await forEach(cases, async ([args, env, chinese]) => {
    const { stderr } = await run([...args, 'call', 'nothing'], { env });
    assert.equal(CHINESE.test(stderr), chinese, `${args} ${JSON.stringify(env)}: ${stderr}`);
  });
});

test('version, and what is used wrongly: exit 2, on stderr, and where the help is', async () => {
  assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  const nothing = await run([]);
  assert.deepEqual([nothing.code, nothing.stdout], [2, '']);
  assert.match(nothing.stderr, /Usage: aigobo/);
  /** @type {[string[], RegExp, RegExp][]} */
  const cases = [
    [['sandbox', '--port', 'x'], /port: must be a whole number/, /配置有误.*port/],
    [['sandbx'], /unknown command 'sandbx'\n\(Did you mean sandbox\?\)\nsee aigobo --help/, /没有命令 sandbx，是否想用 sandbox？\n参见 aigobo --help/],
    [['sandbox', '--prot', '1'], /unknown option '--prot'\n\(Did you mean --port\?\)\nsee aigobo sandbox --help/, /没有选项 --prot，是否想用 --port？/],
    [['call'], /missing required argument 'endpoint'/, /缺少参数 endpoint/],
    [['call', 'a', 'b'], /too many arguments/, /参数太多/],
    [['seal', '--data'], /argument missing/, /选项 .*--data.* 缺少值/],
    [['notify', 'told', 'http://127.0.0.1'], /Allowed choices are deliver, return, refund/, /可选：deliver, return, refund/],
    [['open', '--now', 'soon'], /must be a whole number/, /应为不小于 0 的整数/],
    [['call', 'getProductDetial'], /did you mean getProductDetail\?/, /是否想用 getProductDetail？/],
    [['endpoints', 'productdet'], /there is no endpoint productdet; did you mean getProductDetail\? All of them/, /没有接口 productdet，是否想用 getProductDetail？全部接口/],
    [['endpoints', 'qqqqqqqq'], /there is no endpoint qqqqqqqq\. There are .*All of them/, /没有接口 qqqqqqqq。可用：.*全部接口/],
    [['seal', '--data', '{}'], /AIGOBO_ACCESS_TOKEN, AIGOBO_DES_KEY, AIGOBO_MD5_SECRET_KEY are not set.*--env-file.*--sandbox/, /未设置 AIGOBO_ACCESS_TOKEN.*--env-file.*--sandbox/],
    [['seal', '--sandbox'], /there is no body: give --data/, /没有请求参数：用 --data/],
    [['seal', '--sandbox', '--data', '{a:1}'], /no JSON \(character 2\): put it into single quotes/, /不是 JSON（第 2 个字符）：请用单引号/],
    [['seal', '--sandbox', '--data', '[1]'], /must be a JSON object/, /应为 JSON 对象/],
    [['seal', '--sandbox', '--data', '{"price":2.0}'], /2\.0 would become 2/, /2\.0 会变成 2/],
    [['seal', '--sandbox', '--data', '{"id":12345678901234567890}'], /12345678901234567890 would become/, /会变成/],
    [['seal', '--sandbox', '--data', '{"b":1,"2":1}'], /the name "2" is a number/, /字段名 "2" 是数字/],
    [['explain', '--sandbox', '--data', '{"a":1,"b":2,"a":3}'], /the name "a" occurs a second time in its object \(character 14\).*remove one of the two/, /字段名 "a" .*重复出现（第 14 个字符）.*请删去其中一个/],
    [['seal', '--sandbox', '--data', '@nowhere.json'], /nowhere\.json cannot be read \(ENOENT\)/, /无法读取 nowhere\.json/],
    [['seal', '--sandbox', '--dialect', 'json', '--data', '{}'], /--dialect must be JSON/, /--dialect 应为 JSON/],
    [['seal', '--sandbox', '--dialect', '{"nestd":"json"}', '--data', '{}'], /nestd/, /nestd/],
    [['call', 'getProductDetail', '--data', '{}', '--sandbox', 'http://127.0.0.1:9', '--environment', 'test'], /--sandbox and --environment name two gateways: give one of them/, /--sandbox 与 --environment .*请只给一个/],
    [['doctor', '--environment', 'production', '--sandbox', '--yes'], /--sandbox and --environment name two gateways/, /请只给一个/],
    [['call', 'getProductDetail', '--data', '{}', '--sandbox', '--base-url', 'http://127.0.0.1:9'], /--sandbox and --base-url .*--sandbox URL/, /--sandbox 与 --base-url .*--sandbox URL/],
    [['doctor', '--environment', 'test', '--base-url', 'http://127.0.0.1:9'], /--environment and --base-url name two gateways/, /--environment 与 --base-url /],
    ...['seal', 'open', 'explain', 'vectors', 'doctor'].map((name) => /** @type {[string[], RegExp, RegExp]} */ ([[name, '--sandbox', '--env-file', 'package.json'], /--sandbox has keys of its own, and --env-file names others/, /--sandbox 自带密钥/])),
    [['open', '--sandbox'], /there is no log/, /没有日志/],
    [['notify', 'deliver', 'shop.example.com'], /absolute http or https/, /完整地址/],
  ];
  await forEach(cases, async ([args, english, chinese]) => {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [2, ''], `${args}: ${stderr}`);
    assert.match(stderr, english);
    assert.match((await run([...args.slice(0, 1), '--lang', 'zh', ...args.slice(1)])).stderr, chinese);
    const { error } = await json(args);
    assert.ok(['usage', 'config'].includes(error.code), JSON.stringify(error));
    assert.match(error.message, english.source.includes('see aigobo') ? /unknown/ : english);
  });
});

test('colour only on a terminal, or where it is forced', async () => {
  const coloured = async (/** @type {Record<string, string>} */ env) => (await run(['endpoints'], { env })).stdout.includes('\x1b[');
  assert.equal(await coloured({}), false);
  assert.equal(await coloured({ FORCE_COLOR: '1' }), true);
  assert.equal(await coloured({ FORCE_COLOR: '0' }), false);
  assert.equal(await coloured({ NO_COLOR: '1' }), false);
});

test('a reader that has seen enough ends it quietly', async () => {
  const { stdout, stderr, code } = await shell('for i in 1 2 3 4 5 6 7 8; do aigobo completion zsh; done | head -n 1; echo "${PIPESTATUS[0]}"; aigobo endpoints --json | true');
  assert.deepEqual([stdout, stderr, code], ['#compdef aigobo\n0\n', '', 0]);
});

test('endpoints: a record a line where it is piped, fields of one by name, path or section', async () => {
  const { stdout } = await run(['endpoints']);
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines.length, 12);
  assert.match(lines[5] ?? '', /^7\.5 +getProductDetail +read +Get a product +\/api\/product\/getDistrProductDetail$/);
  assert.match((await run(['endpoints', '--lang', 'zh'])).stdout, /7\.5 +getProductDetail +查询 +获取产品 +\/api/);
  assert.equal((await json(['endpoints'])).length, 11);
  for (const name of ['createPreOrder', 'createpreorder', '/api/order/addTemp', '7.4', '下预订单']) {
    const { code, stdout } = await run(['endpoints', name]);
    assert.equal(code, 0);
    assert.match(stdout, /^createPreOrder  7\.4 下预订单 \(Create a pre-order\), write, POST \/api\/order\/addTemp\n[^]*payType +支付方式 +yes +integer +How the buyer pays\. 1 授信, 2 现金支付\n[^]*\n  insuredName +被保人姓名/);
  }
  assert.match((await run(['endpoints', '7.4', '--lang', 'zh'])).stdout, /^refundNotifyUrl +退款回调地址 +地址 ≤ 512 +.*payType 为 1 时必填$/m);
  assert.equal((await json(['endpoints', '7.4'])).name, 'createPreOrder');
});
