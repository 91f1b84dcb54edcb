// For bundlers that emit no assets: the wasm is in the code, and nothing need be awaited.
import { Client, GatewayError, ValidationError, open, seal, sign, signingString } from 'aigobo/inline';
import { suite } from '../suite.js';
import vectors from '../vectors/envelope.json';

const init = async () => {};
const running = suite({ Client, GatewayError, ValidationError, init, open, seal, sign, signingString }, { baseUrl: location.origin, vectors });
globalThis.done = Promise.all([running.catch(String)]);
