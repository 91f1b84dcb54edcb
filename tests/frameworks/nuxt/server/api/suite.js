import { run } from '../lib/run.js';

export default defineEventHandler((event) => run(toWebRequest(event), 'first edition'));
