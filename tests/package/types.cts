// Compiled, never run: who requires has the same types.
import aigobo = require('aigobo');
import doctor = require('aigobo/doctor');
import notifications = require('aigobo/notifications');
import redis = require('aigobo/redis');
import sandbox = require('aigobo/sandbox');
import server = require('aigobo/sandbox-server');

const client: aigobo.Client = new aigobo.Client(sandbox.createSandbox().clientOptions);
const reply: Promise<{ memberId: string }> = client.registerMember({ mobile: '1', company: 'c', province: 'p', city: 'c', address: 'a' });
const limiter: aigobo.RateLimiter = redis.redisRateLimiter({ call: async () => 0 }, { key: 'k' });
const handler = notifications.createNotificationHandler({ client, secret: 's', onDeliver: () => {} });
// @ts-expect-error 'tempOrderCode'
client.getOrderDetail({ memberId: '1' });
// @ts-expect-error 'Clients'
aigobo.Clients;
// @ts-expect-error 'secret'
notifications.createNotificationHandler({ client });

// @ts-expect-error 'number'
doctor.diagnose(2000, {});

export = { cause: doctor.diagnose('2000', {}).findings[0]?.cause, reply, limiter, handler, serving: server.serveSandbox() };
