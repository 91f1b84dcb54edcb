// @ts-check
// Node: the wasm is read from disk when the first recorder or replayer is made.

import { readFileSync } from 'node:fs';
import { loadOnFirstUse } from './sandbox/wasm.js';

loadOnFirstUse(() => new WebAssembly.Module(readFileSync(new URL('./wasm/sandbox_bg.wasm', import.meta.url))));

export { recorder } from './replay/recorder.js';
export { RecordingError, replayer } from './replay/replayer.js';
