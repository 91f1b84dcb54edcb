import * as aigobo from 'aigobo';
import { suite } from '../suite.js';
import vectors from '../vectors/envelope.json';

suite(aigobo, { baseUrl: location.origin, vectors }).catch(String).then(postMessage);
