// For bundlers that make an address of an imported file.
import * as aigobo from 'aigobo';
import wasm from 'aigobo/aigobo.wasm';
import { suite } from '../suite.js';
import vectors from '../vectors/envelope.json';

globalThis.done = Promise.all([aigobo.init(wasm).then(() => suite(aigobo, { baseUrl: location.origin, vectors })).catch(String)]);
