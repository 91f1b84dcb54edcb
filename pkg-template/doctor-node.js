// @ts-check
// Node: the offline doctor is in the sandbox's wasm, which is read from disk when it is first asked; what looks at names,
// connections and certificates needs the system.

import { readFileSync } from 'node:fs';
import { loadOnFirstUse } from './sandbox/wasm.js';

loadOnFirstUse(() => new WebAssembly.Module(readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url))));

export { checkGateway } from './doctor/live.js';
export { probeDialects } from './doctor/live-probe.js';
export { diagnose, difference, explainText } from './doctor/offline.js';
