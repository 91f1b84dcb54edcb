import { run } from '../../../lib/run.js';

export const GET = ({ request }) => run(request, 'first edition');
