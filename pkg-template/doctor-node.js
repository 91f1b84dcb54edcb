// @ts-check
// Node: the doctor is in the sandbox's wasm, which is read from disk when it is first asked.

import { readFileSync } from 'node:fs';
import { loadOnFirstUse } from './sandbox/wasm.js';

loadOnFirstUse(() => new WebAssembly.Module(readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url))));

export { diagnose, difference, explainText } from './doctor/offline.js';
export { checkGateway } from './doctor/live.js';
export { probeDialects } from './doctor/live-probe.js';
