#!/usr/bin/env node
// @ts-check
// The command line. Exit codes: 0 done, 1 it said no, 2 used wrongly.

import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { sandbox } from './sandbox.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const program = new Command('aigobo')
  .description('Talk to the 爱购保 (Aigobo) insurance platform, and develop against a sandbox of it.')
  .version(version)
  .exitOverride();

program
  .command('sandbox')
  .description('serve the sandbox of the platform on this machine 在本机启动沙箱')
  .option('--port <port>', 'port to listen on, 0 for any free one', '6062')
  .option('--state <file>', 'keep everything in this file over a restart')
  .addHelpText('after', '\nExample:\n  $ npx aigobo sandbox --state sandbox.state\n  then look at http://127.0.0.1:6062/_sandbox/')
  .action(sandbox);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.error(`aigobo: ${error instanceof Error ? error.message : error}`);
    process.exitCode = /** @type {{ code?: string }} */ (error).code === 'config' ? 2 : 1;
  }
}
