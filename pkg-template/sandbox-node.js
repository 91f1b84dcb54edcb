// @ts-check
// Node: the sandbox's wasm is read from disk when the first sandbox is made.

import { readFileSync } from 'node:fs';
import { loadOnFirstUse } from './sandbox/core.js';
import { openState } from './sandbox/file.js';

loadOnFirstUse(() => new WebAssembly.Module(readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url))), openState);

export { createSandbox } from './sandbox/core.js';
