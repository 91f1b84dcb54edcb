import { run } from '../../lib/run.js';

export const runtime = 'edge';

export const GET = (request) => run(request, 'first edition');
