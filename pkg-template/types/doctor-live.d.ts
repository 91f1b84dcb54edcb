import type { ClientOptions } from './client.js';
import type { Dialect } from './envelope.js';

/** A client's options, and the live doctor's own. */
export interface LiveOptions extends ClientOptions {
  /** The product that the harmless read, product detail, asks for. Default `'200437'`, the document's own example. */
  productCode?: string | undefined;
  /** The member it asks as. Default `'0'`, nobody: the platform then refuses the parameters, but only after it accepted the envelope. */
  memberId?: string | undefined;
  /** The language of the messages. Default `'en'`. */
  lang?: 'en' | 'zh' | undefined;
}

/** The result of one check. No message or detail contains a key. */
export interface Check {
  /** The checks run in this order; each depends on those before it. */
  name: 'configuration' | 'reachability' | 'tls' | 'clock' | 'read';
  /** `failed`: no call can succeed. `skipped`: it could not be checked, or an earlier check failed. */
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
  /** Nothing failed; there may be warnings. */
  ok: boolean;
  /** All five checks. */
  checks: Check[];
}

/**
 * Checks configuration, name, connection, certificate and clock, and then asks for one product, which changes nothing:
 * the answer shows whether the gateway accepts the keys. It takes at most two calls of the quota. Node, Deno, Bun.
 *
 * It resolves whatever it finds; through your own `fetch` it cannot see name, connection and certificate.
 * @throws ConfigError if `productCode`, `memberId` or `lang` is invalid
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
  /** The dialect in which it was asked; without `nested` if the question had nothing nested. */
  dialect: Partial<Dialect>;
  /** The platform's code, if it answered. */
  code?: string;
  /**
   * `taken`: the answer is one given after the signature check. `likely`: 9999, which may be. `refused`: 2000, 2008, 2009, 5000, or no
   * answer from the platform. `stopped`: no connection, or the quota is used up.
   */
  outcome: 'taken' | 'likely' | 'refused' | 'stopped';
  /** The platform's message, or the error's. */
  message: string;
}

/** What `probeDialects` found. */
export interface ProbeReport {
  /** What differs from the defaults: put it into the configuration. Absent if no dialect was accepted. */
  dialect?: Partial<Dialect>;
  /** The parts that could not be determined and keep their usual value. */
  open?: (keyof Dialect)[];
  /** Every question, in order. */
  tried: Try[];
  /** The result, or why no dialect is accepted: the keys, the clock, the connection. */
  message: string;
}

/**
 * Asks for one product in one dialect after another, two at once and within the quota, until the gateway accepts one.
 *
 * Product detail has nothing nested, so `nested` is probed separately, with an extra object in the read: the
 * platform signs whatever requestBody contains, so it refuses one of the two signatures. If a gateway answers both
 * alike, `open` says so. A 9999 counts only if the same question with a wrong signature gets 2000.
 * @param options `candidates`: instead of all 24; `onTry`: receives each question; `dialect` is tried first
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
