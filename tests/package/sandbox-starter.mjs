// Starts a sandbox over a file at a certain time, as often as it is told, and says what came of it.

import { createSandbox } from 'aigobo/sandbox';

/** @type {import('aigobo/sandbox').Sandbox | undefined} */
let sandbox;

process.on('message', async (/** @type {{ state?: string, at?: number }} */ { state, at = 0 }) => {
  if (state === undefined) {
    await sandbox?.close();
    sandbox = undefined;
    return process.send?.('ended');
  }
  while (Date.now() < at);
  try {
    sandbox = createSandbox({ state });
    process.send?.('has it');
  } catch (error) {
    process.send?.(String(error));
  }
});
// With all of it loaded.
createSandbox().snapshot();
process.send?.('ready');
