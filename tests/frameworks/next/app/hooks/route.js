import { hooks } from '../../lib/member.js';

export const dynamic = 'force-dynamic';

export const GET = (request) => hooks(request);
export const POST = (request) => hooks(request);
