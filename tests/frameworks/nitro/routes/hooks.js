import { hooks } from '../lib/run.js';

export default defineEventHandler((event) => hooks(toWebRequest(event), event.context.cloudflare?.env));
