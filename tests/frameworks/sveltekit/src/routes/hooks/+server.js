import { hooks } from '../../../lib/member.js';

export const GET = ({ request }) => hooks(request);
export const POST = ({ request }) => hooks(request);
