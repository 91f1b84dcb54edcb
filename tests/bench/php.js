// The steps in PHP, in a process of its own that works on command, so that it takes part in the same rounds.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ours } from './contenders.js';

/** @typedef {{ about: { version: string, cipher: string, openssl: string }, take: (body: object) => Promise<void>, run: (what: string) => (times: number) => Promise<number>, end: () => void }} Php */

/**
 * Nothing where there is no php with openssl and mbstring.
 * @param {import('aigobo').Credentials} credentials
 * @returns {Promise<Php | undefined>}
 */
export async function startPhp(credentials) {
  const child = spawn('php', [fileURLToPath(new URL('./client.php', import.meta.url))], {
    env: { ...process.env, OPENSSL_CONF: fileURLToPath(new URL('./openssl.cnf', import.meta.url)) },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.once('error', () => {});
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @param {object} command @returns {Promise<any>} undefined at the end */
  const ask = async (command) => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value } = await lines.next();
    return value === undefined ? undefined : JSON.parse(value);
  };
  const about = await ask(credentials);
  if (about === undefined) return undefined;
  return {
    about,
    take: async (body) => {
      const timestamp = Date.now();
      const sealed = await ask({ do: 'body', body, timestamp });
      if (sealed !== ours.seal(body, credentials, { nonce: 'n-1', timestamp })) throw new Error('PHP does not make the same bytes');
    },
    run: (what) => (times) => ask({ do: what, times }),
    end: () => void child.kill(),
  };
}
