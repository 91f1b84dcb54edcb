// A page and its worker, for bundlers that emit the wasm: `init` finds it by itself.
import * as aigobo from 'aigobo';
import { suite } from '../suite.js';
import vectors from '../vectors/envelope.json';

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const inWorker = new Promise((resolve) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => resolve(`the worker failed: ${message}`);
});

const inPage = suite(aigobo, { baseUrl: location.origin, vectors }).catch(String);
globalThis.done = Promise.all([inPage, inWorker]);
