import { register } from '../../../lib/member.js';

export const runtime = 'edge';

export const GET = async () => new Response(`member ${await register()}`);
