// @ts-check
// Node: the wasm is read from disk when the first recorder or replayer is made.

import { sandboxWasm } from './node-sandbox-wasm.js';
import { loadOnFirstUse } from './sandbox/wasm.js';

loadOnFirstUse(sandboxWasm);

export { recorder } from './replay/recorder.js';
export { RecordingError, replayer } from './replay/replayer.js';
