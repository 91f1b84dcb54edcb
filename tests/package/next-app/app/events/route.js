import { events } from '../events.js';

export const dynamic = 'force-dynamic';

export const GET = () => Response.json(events);
