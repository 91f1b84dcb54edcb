import { Hono } from 'hono';
import { hooks, register } from '../lib/member.js';
import { run } from '../lib/run.js';

const app = new Hono();
app.get('/', async (c) => c.text(`member ${await register(c.env)}`));
app.get('/suite', (c) => run(c.req.raw, 'first edition'));
app.all('/hooks', (c) => hooks(c.req.raw, c.env));

export default app;
