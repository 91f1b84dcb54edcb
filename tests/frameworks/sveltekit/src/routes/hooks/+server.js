import { hooks } from '../../../lib/run.js';

export const GET = ({ request }) => hooks(request);
export const POST = ({ request }) => hooks(request);
