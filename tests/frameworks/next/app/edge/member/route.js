import { register } from '../../../lib/run.js';

export const runtime = 'edge';

export const GET = async () => new Response(`member ${await register()}`);
