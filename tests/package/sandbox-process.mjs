// A sandbox in a process of its own, to be killed.

import { serveSandbox } from 'aigobo/sandbox-server';

const { state, start, began, speed } = JSON.parse(String(process.argv[2]));
const serving = await serveSandbox({ port: 0, state, clock: () => start + (Date.now() - began) * speed, deliver: async () => new Response() });
const { clock, ...clientOptions } = serving.clientOptions;
process.send?.({ clientOptions });
