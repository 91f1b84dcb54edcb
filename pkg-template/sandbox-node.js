// @ts-check
// Node: the sandbox's wasm is read from disk when the first sandbox is made.

import { sandboxWasm } from './node-sandbox-wasm.js';
import { keepIn } from './sandbox/core.js';
import { openState } from './sandbox/file.js';
import { loadOnFirstUse } from './sandbox/wasm.js';

loadOnFirstUse(sandboxWasm);
keepIn(openState);

export { createSandbox } from './sandbox/core.js';
