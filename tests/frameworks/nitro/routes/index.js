import { register } from '../lib/run.js';

export default defineEventHandler(async (event) => `member ${await register(event.context.cloudflare?.env)}`);
