import type { ClientOptions } from './client.js';
import type { Dialect } from './envelope.js';

/** A client's options, and what the live doctor asks for. */
export interface LiveOptions extends ClientOptions {
  /** What the harmless read, product detail, asks for. Default `'200437'`, the document's own example. */
  productCode?: string | undefined;
  /** Whose. Default `'0'`, nobody's: the platform then refuses the parameters, after it took the envelope. */
  memberId?: string | undefined;
  /** The language of the messages. Default `'en'`. */
  lang?: 'en' | 'zh' | undefined;
}

/** One thing that was looked at. No message and no detail holds a key. */
export interface Check {
  /** In this order; each waits for those before it. */
  name: 'configuration' | 'reachability' | 'tls' | 'clock' | 'read';
  /** `failed`: no call can succeed. `skipped`: it could not be looked at, or something above failed. */
  status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in one sentence. */
  message: string;
  /** What to do next. */
  cure?: string;
  /**
   * For programs. configuration: `options` (the wrong ones), `gateway`. reachability: `stage` (`dns`, `connect`, `http`,
   * `answer`), `code`, `status`, `connectMs`. tls: `problems` (`expired`, `notYet`, `selfSigned`, `untrusted`, `otherName`),
   * `codes`, `protocol`, `daysLeft`. clock: `offsetMs` (above 0: this machine is behind), `uncertaintyMs`. read: `code`, `gatewayCode`.
   */
  detail?: Record<string, unknown>;
}

/** What `checkGateway` found. */
export interface Report {
  /** Nothing failed; warnings there may be. */
  ok: boolean;
  /** All five. */
  checks: Check[];
}

/**
 * Looks at configuration, name, connection, certificate and clock, and then asks for one product, which changes nothing,
 * by which the gateway says whether it takes the keys. At most two calls of the quota. Node, Deno, Bun.
 *
 * It resolves whatever it finds; of a `fetch` of your own it cannot see name, connection and certificate.
 * @throws ConfigError where `productCode`, `memberId` or `lang` are none
 * @example
 * ```ts
 * import { checkGateway } from 'aigobo/doctor';
 * import { serveSandbox } from 'aigobo/sandbox-server';
 *
 * const serving = await serveSandbox({ port: 0 });
 * const { ok, checks } = await checkGateway({ ...serving.clientOptions, md5SecretKey: 'another' });
 * const read = checks.find(({ name }) => name === 'read');
 * console.log(ok, read?.message); // → false the platform answered 2000 接口签名错误: The signature does not belong to the body
 * await serving.close();
 * ```
 */
export function checkGateway(options: LiveOptions): Promise<Report>;

/** One question in one dialect. */
export interface Try {
  /** As it was asked; without `nested` where nothing nested was in it. */
  dialect: Partial<Dialect>;
  /** The platform's, where it answered. */
  code?: string;
  /**
   * `taken`: its answer comes behind the signature. `likely`: 9999, which may. `refused`: 2000, 2008, 2009, 5000, or no
   * answer of the platform's. `stopped`: no connection, or the quota is used up.
   */
  outcome: 'taken' | 'likely' | 'refused' | 'stopped';
  /** The platform's, or the error's. */
  message: string;
}

/** What `probeDialects` found. */
export interface ProbeReport {
  /** What differs from the usual: put it into the configuration. Absent where none was taken. */
  dialect?: Partial<Dialect>;
  /** What of it could not be told, and stands at its usual value. */
  open?: (keyof Dialect)[];
  /** Every question, in order. */
  tried: Try[];
  /** What came out, or why none is taken: the keys, the clock, the connection. */
  message: string;
}

/**
 * Asks for one product in one dialect after the other, two at once and inside the quota, until the gateway takes one.
 *
 * Product detail has nothing nested, so `nested` is asked for by itself, with an extra object in the read: the
 * platform signs what stands in requestBody, so it refuses one of the two signatures. A gateway that makes no difference
 * does not tell; then `open` says so. A 9999 counts only where the same with a wrong signature gets 2000.
 * @param options `candidates`: instead of all 24; `onTry`: told of each question; `dialect` is the first to be tried
 * @throws ConfigError; the signal's own reason
 * @example
 * ```ts
 * import { probeDialects } from 'aigobo/doctor';
 * import { createSandbox } from 'aigobo/sandbox';
 *
 * const sandbox = createSandbox({ dialect: { transport: 'form', nested: 'json' } });
 * const { dialect, tried } = await probeDialects({ ...sandbox.clientOptions, dialect: undefined });
 * console.log(dialect, tried.length > 2); // → { transport: 'form', nested: 'json' } true
 * ```
 */
export function probeDialects(
  options: LiveOptions & { candidates?: readonly Partial<Dialect>[] | undefined; onTry?: ((one: Try) => void) | undefined; signal?: AbortSignal | undefined },
): Promise<ProbeReport>;
