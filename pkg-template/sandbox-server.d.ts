import type { ClientOptions } from './index.js';
import type { Sandbox, SandboxOptions } from './sandbox.js';

/** Serves a sandbox on 127.0.0.1. Default port 6062; 0 takes a free one. */
export function serveSandbox(options?: Omit<SandboxOptions, 'baseUrl'> & { port?: number }): Promise<{
  /** `http://127.0.0.1:PORT` */
  url: string;
  sandbox: Sandbox;
  /** What a Client needs to talk to it over HTTP. */
  clientOptions: ClientOptions & { baseUrl: string };
  /** Delivers what is under way, stops listening, and closes the sandbox. */
  close(): Promise<void>;
}>;
