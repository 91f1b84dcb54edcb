// @ts-check
// Node: the offline doctor is in the sandbox's wasm, which is read from disk when it is first asked; what looks at names,
// connections and certificates needs the system.

import { sandboxWasm } from './node-sandbox-wasm.js';
import { loadOnFirstUse } from './sandbox/wasm.js';

loadOnFirstUse(sandboxWasm);

export { checkGateway } from './doctor/live.js';
export { probeDialects } from './doctor/live-probe.js';
export { diagnose, difference, explainText } from './doctor/offline.js';
