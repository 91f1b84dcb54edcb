// @ts-check
// Node: the sandbox's wasm is read from disk when the first sandbox is made.

import { readFileSync } from 'node:fs';
import { loadOnFirstUse } from './sandbox-core.js';

loadOnFirstUse(() => new WebAssembly.Module(readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url))));

export { createSandbox } from './sandbox-core.js';
