import { register } from '../lib/member.js';

export default defineEventHandler(async (event) => `member ${await register(event.context.cloudflare?.env)}`);
