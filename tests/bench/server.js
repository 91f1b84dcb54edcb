// The platform on this machine, in a process of its own: it answers at once, and with the same to everything.

import { createServer } from 'node:http';

const answers = new Map();
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.setHeader('content-type', 'application/json; charset=utf-8').end(answers.get(request.url));
  });
});
server.keepAliveTimeout = 60_000;
process.on('message', (/** @type {[string, string][]} */ entries) => {
  for (const [path, answer] of entries) answers.set(path, Buffer.from(answer));
  server.listen(0, '127.0.0.1', () => process.send?.(/** @type {import('node:net').AddressInfo} */ (server.address()).port));
});
process.once('disconnect', () => process.exit());
