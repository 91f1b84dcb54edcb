// @ts-check
// Node: the sandbox's wasm is read from disk when the first sandbox is made.

import { readFileSync } from 'node:fs';
import { keepIn } from './sandbox/core.js';
import { openState } from './sandbox/file.js';
import { loadOnFirstUse } from './sandbox/wasm.js';

loadOnFirstUse(() => new WebAssembly.Module(readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url))));
keepIn(openState);

export { createSandbox } from './sandbox/core.js';
