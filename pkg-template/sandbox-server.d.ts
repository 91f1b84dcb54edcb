/**
 * Serves the sandbox over HTTP. Node, Deno and Bun.
 * @module aigobo/sandbox-server
 */

import type { ClientOptions } from './index.js';
import type { Sandbox, SandboxOptions } from './sandbox.js';

/** A sandbox that listens. */
export interface SandboxServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** The platform itself, for you to control. */
  sandbox: Sandbox;
  /** What a Client needs to talk to it over HTTP. */
  clientOptions: ClientOptions & { baseUrl: string };
  /** Closes the sandbox and stops listening. The sandbox first delivers pending callbacks, except those that a fault made late. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox on 127.0.0.1. The default port is 6062; 0 takes a free one.
 * @throws ConfigError; the error of a failed listen, such as EADDRINUSE
 * @example
 * ```ts
 * import { Client } from 'aigobo';
 * import { serveSandbox } from 'aigobo/sandbox-server';
 *
 * const serving = await serveSandbox({ port: 0 });
 * console.log(serving.url); // → http://127.0.0.1:…
 * const client = new Client(serving.clientOptions);
 * const { memberId } = await client.registerMember({ mobile: '13800000001', company: '示例旅行社', province: '浙江省', city: '杭州市', contact: '王小明', address: '莫干山路1号' });
 * console.log(memberId); // → 100001
 * await serving.close();
 * ```
 */
export function serveSandbox(options?: Omit<SandboxOptions, 'baseUrl'> & { port?: number }): Promise<SandboxServer>;
