// A sandbox in a process of its own: to be killed, or to be measured.

import { serveSandbox } from 'aigobo/sandbox-server';

const { state, start, began, speed, tick } = JSON.parse(String(process.argv[2]));
// By the wall's clock, faster; or so much at each look.
let looks = 0;
const clock = tick ? () => start + looks++ * tick : () => start + (Date.now() - began) * speed;
const { url } = await serveSandbox({ port: 0, ...(state && { state }), clock, deliver: async () => new Response() });
process.on('message', () => process.send?.(process.cpuUsage()));
process.send?.(url);
