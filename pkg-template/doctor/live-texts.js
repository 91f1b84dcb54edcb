// @ts-check
// The live doctor's messages in English and Chinese. They never contain a key, because no text accepts one.

import { responseCodes } from 'aigobo';
import { codesInChinese } from '../generated/chinese.js';

/** @param {number} ms */
const seconds = (ms) => (Math.abs(ms) / 1000).toFixed(Math.abs(ms) < 10_000 ? 1 : 0);

/** Removes the end of a sentence, because another may follow. @param {string} [sentence] */
export const unended = (sentence = '') => sentence.replace(/[.。]$/, '');

/** @typedef {keyof typeof en} TextName */

const en = {
  configured: (/** @type {string} */ gateway) => `every option is sound; the gateway is ${gateway}`,
  misconfigured: (/** @type {string} */ faults) => faults,
  configure: () => 'mend these options; everything else waits for them',
  doubtful: (/** @type {string} */ doubts) => doubts,
  lookAgain: () => 'compare the options with what the platform issued to you',
  longToken: (/** @type {number} */ length) => `accessToken has ${length} characters, and the document allows 32`,
  sameKeys: (/** @type {string} */ one, /** @type {string} */ other) => `${one} and ${other} are the same text: one was copied twice`,
  sandboxKeys: () => "these are the sandbox's keys, and the gateway is none on this machine",
  unlimited: () => 'rateLimit is false: nothing keeps these calls inside 400 in 60 seconds',

  reached: (/** @type {string} */ host, /** @type {number} */ ms, /** @type {number | undefined} */ status) => `${host} is found, connects in ${ms} ms, and answers${status === undefined ? '' : ` HTTP ${status}`}`,
  connects: (/** @type {string} */ host, /** @type {number} */ ms) => `${host} is found and connects in ${ms} ms; nothing was asked over it`,
  ownFetch: (/** @type {number | undefined} */ status) => `the calls go through a function of yours (fetch), which sees to names and connections itself${status === undefined ? '' : `; it brought HTTP ${status}`}`,
  noName: (/** @type {string} */ host, /** @type {string} */ code) => `the name ${host} is not found (${code}): nothing was sent`,
  findName: () => "check baseUrl's spelling, then this machine's DNS: try to resolve the name with nslookup from here",
  noConnection: (/** @type {string} */ host, /** @type {number} */ port, /** @type {string} */ code) => `${host} is found, but port ${port} does not connect (${code}): nothing was sent`,
  connect: /** @returns {string} */ (/** @type {string} */ code) =>
    code === 'ECONNREFUSED'
      ? "nothing listens on that port: check baseUrl's port, and that the gateway runs"
      : 'a firewall or a missing route swallows it: let this machine go out to that port, and ask the platform whether your outgoing address is allowed',
  answersBadly: (/** @type {string} */ host, /** @type {number} */ status) => `${host} connects, but its front answers HTTP ${status}, not the platform`,
  tellFront: () => "is baseUrl the gateway's? If it is, show the platform's support the status and the time",
  breaks: (/** @type {string} */ host, /** @type {string} */ code) => `${host} connects, but gives no answer (${code})`,
  askWhy: () => "try again; if it stays, ask the platform's support with the time",

  noTls: () => 'http to this machine alone: there is no certificate to check',
  trusted: (/** @type {string} */ protocol, /** @type {number} */ days) => `the certificate is trusted and good for ${days} days more (${protocol})`,
  endsSoon: (/** @type {number} */ days) => `the certificate is trusted, but ends in ${days} days`,
  renew: () => 'tell whoever runs the gateway',
  unchecked: () => 'NODE_TLS_REJECT_UNAUTHORIZED is 0: no certificate is checked, and the keys go to whoever answers',
  checkThem: () => 'take NODE_TLS_REJECT_UNAUTHORIZED out of the environment; trust one certificate by NODE_EXTRA_CA_CERTS=FILE instead',
  expired: (/** @type {string} */ when) => `the certificate ended on ${when}`,
  notYet: (/** @type {string} */ when) => `the certificate begins only on ${when}`,
  selfSigned: () => 'the certificate is signed by itself, so nobody vouches for it',
  untrusted: (/** @type {string} */ code) => `nobody whom this machine trusts vouches for the certificate (${code})`,
  otherName: (/** @type {string} */ host, /** @type {string} */ names) => `the certificate is for ${names}, not for ${host}`,
  cureExpired: () => "check this machine's date first; if it is right, whoever runs the gateway must renew the certificate",
  cureUntrusted: () => 'does a proxy on the way read TLS, or is baseUrl not the platform? If you know this certificate and trust it: NODE_EXTRA_CA_CERTS=FILE with it as PEM',
  cureOtherName: () => 'put a name into baseUrl for which the certificate is, or correct it',
  speaksNoTls: (/** @type {string} */ code) => `it connects, but speaks no TLS there (${code})`,
  cureNoTls: () => "check baseUrl's scheme and port: https usually is 443",

  clockRight: (/** @type {number} */ ms, /** @type {number} */ unsure) => `the clock agrees with the gateway's: ${seconds(ms)} s ${ms < 0 ? 'ahead' : 'behind'}, give or take ${seconds(unsure)} s`,
  clockOff: (/** @type {number} */ ms, /** @type {number} */ unsure) => `the clock is ${seconds(ms)} s ${ms < 0 ? 'ahead of' : 'behind'} the gateway's, give or take ${seconds(unsure)} s`,
  corrects: () => "the client corrects it by itself (clock: 'auto'); set this machine's time all the same",
  setClock: () => "set this machine's time (NTP), or leave clock at 'auto': beyond 5 minutes every call is refused with 2008",
  noDate: () => 'no answer with a Date header came, so the clock cannot be compared',

  skipped: () => 'not tried, because of what failed above',
  unanswered: () => 'it was asked, and no answer of the platform came: see reachability',
  done: () => 'the platform answered 0000: keys, signature, dialect and clock are right',
  refusedLate: (/** @type {string} */ code, /** @type {string} */ message) => `the platform answered ${code} ${message}: the envelope was decrypted and its signature passed`,
  cure3000: () => 'pass the productCode of a product that is yours (--product-code)',
  curePlain: () => 'pass a productCode and a memberId of yours (--product-code, --member-id) to see 0000',
  said9999: (/** @type {string} */ message) => `the platform answered 9999 ${message}: it failed, or refused a parameter. As far as is known it checks the envelope first, so that is likely to be right`,
  said: (/** @type {string} */ code) => `the platform answered ${code} ${responseCodes[code]?.message}: ${unended(responseCodes[code]?.meaning)}`,
  cure2000: () => 'check md5SecretKey; then let the offline doctor look at an envelope of yours (aigobo doctor FILE, or diagnose()), and try other dialects (aigobo doctor --probe, or probeDialects())',
  cure2009: () => 'check desKey: it is text of which the first 8 bytes count, neither hex nor base64; the offline doctor (aigobo doctor FILE, or diagnose()) tells a wrong key from damaged base64',
  cure2008Clock: () => 'set the clock first: it is further off than the 5 minutes that a timestamp lives',
  cure2008: () => 'the clock is no reason; check that baseUrl has no path too many, and try other transports and versions (aigobo doctor --probe, or probeDialects())',
  cure5000: () => "check accessToken, and that it was issued for this environment: test and production have keys of their own",
  cure0002: () => 'try again in a minute; share the quota between your processes (aigobo/redis)',
  saidOther: (/** @type {string} */ code, /** @type {string} */ message) => `the platform answered ${code} ${message}, which is not in its document`,
  noReply: (/** @type {string} */ message) => message,
  cureNoReply: () => 'something answers in the platform\'s place: check baseUrl, and what stands between',

  found: (/** @type {string} */ dialect, /** @type {string} */ code) => `the gateway takes dialect ${dialect} (it answered ${code})`,
  foundUsual: (/** @type {string} */ code) => `the gateway takes the usual dialect (it answered ${code}): leave dialect out`,
  nestedTold: () => "nested was told by a second question with an extra object in it",
  nestedOpen: () => 'nested could not be told: product detail has no nested value, and the gateway makes no difference with an extra one. Leave it as it is; a pre-order with people in it tells',
  noneFound: (/** @type {number} */ count) => `none of ${count} dialects is taken`,
  all2000: () => 'some envelopes arrive and only their signature is refused: md5SecretKey is wrong, rather than the dialect',
  all2009: () => 'envelopes arrive and cannot be decrypted: desKey is wrong, rather than the dialect',
  all5000: () => 'envelopes arrive and their accessToken is refused, before any signature is looked at: mend accessToken first',
  all2008: () => 'all are refused with 2008, whatever the dialect: look at clock, path and nonce first (aigobo doctor, or checkGateway())',
  only9999: () => 'some answer 9999, wrong signatures too, so it tells nothing; pass a productCode and a memberId of yours (--product-code, --member-id)',
  // Goes between two sentences, and before a reason.
  stop: () => '. ',
  colon: () => ': ',
  stopped: (/** @type {string} */ what) => `no answer of the platform came, so no dialect can be told: ${what}`,
};

/** @type {typeof en} */
const zh = {
  configured: (gateway) => `各配置项均正确；网关为 ${gateway}`,
  misconfigured: (faults) => `配置有误：${faults}`,
  configure: () => '请先改正这些配置项，其余检查都依赖它们',
  doubtful: (doubts) => `配置可疑：${doubts}`,
  lookAgain: () => '请与平台下发的参数逐项核对',
  longToken: (length) => `accessToken 有 ${length} 个字符，而文档规定最多 32 个`,
  sameKeys: (one, other) => `${one} 与 ${other} 内容相同，可能粘贴错了`,
  sandboxKeys: () => '这是沙箱的密钥，但网关并不在本机',
  unlimited: () => 'rateLimit 为 false：没有任何限制保证 60 秒内不超过 400 次',

  reached: (host, ms, status) => `${host} 域名可解析，${ms} 毫秒内连通${status === undefined ? '' : `，返回 HTTP ${status}`}`,
  connects: (host, ms) => `${host} 域名可解析，${ms} 毫秒内连通；未发送请求`,
  ownFetch: (status) => `请求由您自己的 fetch 发送，域名与连接由它负责${status === undefined ? '' : `；返回 HTTP ${status}`}`,
  noName: (host, code) => `域名 ${host} 无法解析（${code}），未发送任何内容`,
  findName: () => '请检查 baseUrl 拼写，再检查本机 DNS：在本机用 nslookup 解析该域名',
  noConnection: (host, port, code) => `${host} 可解析，但端口 ${port} 无法连接（${code}），未发送任何内容`,
  connect: (code) => (code === 'ECONNREFUSED' ? '该端口无服务监听：请检查 baseUrl 的端口，以及网关是否在运行' : '可能被防火墙拦截或没有路由：请放行本机到该端口的出站连接，并向平台确认您的出口 IP 是否已加白名单'),
  answersBadly: (host, status) => `${host} 可连通，但其前置返回 HTTP ${status}，而不是平台本身的应答`,
  tellFront: () => 'baseUrl 是否为网关地址？若是，请把状态码与时间告知平台技术支持',
  breaks: (host, code) => `${host} 可连通，但没有应答（${code}）`,
  askWhy: () => '请重试；若仍如此，请带上时间联系平台技术支持',

  noTls: () => '仅在本机使用 http，没有证书可检查',
  trusted: (protocol, days) => `证书可信，还有 ${days} 天到期（${protocol}）`,
  endsSoon: (days) => `证书可信，但 ${days} 天后到期`,
  renew: () => '请告知网关的运营方',
  unchecked: () => 'NODE_TLS_REJECT_UNAUTHORIZED 为 0：不检查任何证书，密钥会发给任何应答者',
  checkThem: () => '请从环境变量中去掉 NODE_TLS_REJECT_UNAUTHORIZED；要信任某张证书，请用 NODE_EXTRA_CA_CERTS=文件',
  expired: (when) => `证书已于 ${when} 过期`,
  notYet: (when) => `证书要到 ${when} 才生效`,
  selfSigned: () => '证书是自签名的，无人担保',
  untrusted: (code) => `证书的签发者不受本机信任（${code}）`,
  otherName: (host, names) => `证书属于 ${names}，而不是 ${host}`,
  cureExpired: () => '请先检查本机日期；若日期正确，须由网关运营方更新证书',
  cureUntrusted: () => '途中是否有解密 TLS 的代理，或 baseUrl 不是平台？若确认信任该证书：设 NODE_EXTRA_CA_CERTS=PEM 文件',
  cureOtherName: () => '请在 baseUrl 中使用证书所含的域名，或改正拼写',
  speaksNoTls: (code) => `可连通，但该端口不是 TLS（${code}）`,
  cureNoTls: () => '请检查 baseUrl 的协议与端口：https 通常为 443',

  clockRight: (ms, unsure) => `时钟与网关一致：${ms < 0 ? '快' : '慢'} ${seconds(ms)} 秒，误差 ±${seconds(unsure)} 秒`,
  clockOff: (ms, unsure) => `时钟比网关${ms < 0 ? '快' : '慢'} ${seconds(ms)} 秒，误差 ±${seconds(unsure)} 秒`,
  corrects: () => "客户端会自动校正（clock: 'auto'）；仍请校准本机时间",
  setClock: () => "请校准本机时间（NTP），或让 clock 保持 'auto'：偏差超过 5 分钟，所有请求都会返回 2008",
  noDate: () => '没有收到带 Date 头的应答，无法比较时钟',

  skipped: () => '因上面的失败而未检查',
  unanswered: () => '已发送请求，但没有得到平台的应答：见“连通”一项',
  done: () => '平台返回 0000：密钥、签名、方言与时钟均正确',
  refusedLate: (code, message) => `平台返回 ${code} ${message}：报文已解密，签名已通过`,
  cure3000: () => '请传入您已开通的产品的 productCode（--product-code）',
  curePlain: () => '传入您自己的 productCode 与 memberId（--product-code、--member-id），即可看到 0000',
  said9999: (message) => `平台返回 9999 ${message}：处理失败或某个参数不被接受。据目前所知，平台先校验报文，因此报文很可能是正确的`,
  said: (code) => `平台返回 ${code} ${responseCodes[code]?.message}：${unended(codesInChinese[code]?.meaning)}`,
  cure2000: () => '请检查 md5SecretKey；再用离线 doctor 检查您的一个报文（aigobo doctor 文件，或 diagnose()），并尝试其他方言（aigobo doctor --probe，或 probeDialects()）',
  cure2009: () => '请检查 desKey：它是文本，取前 8 个字节，不是十六进制也不是 base64；离线 doctor（aigobo doctor 文件，或 diagnose()）能区分密钥错误与 base64 损坏',
  cure2008Clock: () => '请先校准时钟：偏差已超过 timestamp 的 5 分钟有效期',
  cure2008: () => '与时钟无关；请检查 baseUrl 是否多了路径，并尝试其他传输方式与版本（aigobo doctor --probe，或 probeDialects()）',
  cure5000: () => '请检查 accessToken 及其所属环境：测试与生产的密钥不同',
  cure0002: () => '请一分钟后重试；多个进程请共享配额（aigobo/redis）',
  saidOther: (code, message) => `平台返回 ${code} ${message}，该码不在文档中`,
  noReply: (message) => `应答不是平台的格式：${message}`,
  cureNoReply: () => '有别的服务代替平台应答：请检查 baseUrl 以及途中的设备',

  found: (dialect, code) => `网关接受方言 ${dialect}（返回 ${code}）`,
  foundUsual: (code) => `网关接受默认方言（返回 ${code}）：不必设置 dialect`,
  nestedTold: () => 'nested 是通过再发一次请求（多带一个对象）判断出来的',
  nestedOpen: () => 'nested 无法判断：产品详情没有嵌套值，多带一个对象时网关也不加区分。请保持原样；带投保人、被保人的预订单可以得知',
  noneFound: (count) => `${count} 种方言均不被接受`,
  all2000: () => '报文能送达，只是签名被拒：应是 md5SecretKey 有误，而不是方言',
  all2009: () => '报文能送达但无法解密：应是 desKey 有误，而不是方言',
  all5000: () => '报文能送达但 accessToken 被拒，尚未校验签名：请先改正 accessToken',
  all2008: () => '无论何种方言都返回 2008：请先检查时钟、路径与 nonce（aigobo doctor，或 checkGateway()）',
  only9999: () => '有的返回 9999，错误的签名也是如此，因此说明不了问题；请传入您自己的 productCode 与 memberId（--product-code、--member-id）',
  stop: () => '。',
  colon: () => '：',
  stopped: (what) => `没有得到平台的应答，无法判断方言：${what}`,
};

export const TEXTS = { en, zh };
