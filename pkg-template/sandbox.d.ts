import type { ClientOptions, Credentials, EndpointName, NotificationKind } from './index.js';

export interface SandboxOptions {
  /** What the addresses in replies begin with. Default: an address that nobody has, for use in one process. */
  baseUrl?: string | undefined;
  /** Instead of `sandbox-access-token`, `sandbox8`, `sandbox-md5-secret`, `DL1000100`, `GY66688`, `88888888`. */
  credentials?: Partial<Credentials & { distrCode: string; employeeCode: string; invitateCode: string }> | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: (() => number) | undefined;
  /** Same seed and clock, same replies. A whole number, 0 or more. Default 1. */
  seed?: number | undefined;
  /** What carries the notifications to the distributor. Default: the global fetch. */
  deliver?: typeof fetch | undefined;
}

/** When a fault strikes: after so many that pass, so many times, or by the seed's chance. The first rule that strikes counts. */
interface Strikes {
  /** Default 0. */
  after?: number;
  /** Default: always. */
  times?: number;
  /** 0 to 1. Default 1. Same seed, same calls, same faults. */
  chance?: number;
}

/** What goes wrong on purpose, with a call or with a callback. */
export type Fault =
  | (Strikes & { endpoint?: EndpointName } & (
        | { fault: 'delay'; /** In milliseconds. */ ms: number }
        /** The call is not done: no answer, a reset, an HTTP status (503), a proxy's page (502), a GBK text, a code. */
        | { fault: 'hang' | 'reset' | 'gbk' }
        | { fault: 'status' | 'html'; status?: number }
        | { fault: 'code'; code: string }
        /** The call is done, but its answer is lost, or cut in half. */
        | { fault: 'lost-answer' | 'cut' }
      ))
  /** The gateway's clock is off by so many milliseconds, its Date header too. */
  | { fault: 'skew'; ms: number }
  | (Strikes & { kind?: NotificationKind } & (
        /** A callback never comes, comes twice, or comes after the next one. */
        | { fault: 'notification-lost' | 'notification-duplicate' | 'notification-reorder' }
        | { fault: 'notification-late'; /** In milliseconds. */ ms: number }
      ));

/** The platform, faithful to its document, in memory. */
export interface Sandbox {
  /** The whole platform as one function: gateway, cashier's pages, documents, `/_sandbox/` controls. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** What a Client needs to talk to it: `new Client(sandbox.clientOptions)`. */
  readonly clientOptions: ClientOptions & { baseUrl: string; fetch: NonNullable<ClientOptions['fetch']> };
  /** Does what the buyer does at the returned url: pays (payType 2), or confirms and then owes the distributor (payType 1). */
  pay(tempOrderCode: string): Promise<{ orderCode: string }>;
  /** Moves the sandbox's clock, and the one in `clientOptions`, by milliseconds. */
  advance(ms: number): void;
  /** Forgets everything, faults too, and starts again from the seed. */
  reset(): void;
  /** What goes wrong from now on; an empty list ends it. @throws ConfigError that names the rule and the field */
  faults(list: readonly Fault[]): void;
  /** Members, pre-orders, orders with their policies, and notifications with their answers. */
  snapshot(): Record<string, unknown>;
  /** Resolves when every notification was delivered, or could not be. */
  settled(): Promise<void>;
}

/** A sandbox in this process, without a port. @throws ConfigError */
export function createSandbox(options?: SandboxOptions): Sandbox;
