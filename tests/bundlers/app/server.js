// A server: `node server.js <address of the gateway>`. Imports by name and no `init`: what loads the wasm must not be shaken off.
import { Client, ConfigError, GatewayError, ValidationError, open, seal, sign, signingString } from 'aigobo';
import { parseNotification } from 'aigobo/notifications';
import { redisRateLimiter } from 'aigobo/redis';
import { suite } from '../suite.js';
import vectors from '../vectors/envelope.json';

/** @param {string} baseUrl */
export async function run(baseUrl) {
  for (const use of [() => redisRateLimiter({}, {}), () => parseNotification(1)]) {
    try {
      use();
    } catch (error) {
      // The other entries throw the errors of the same copy.
      if (!(error instanceof ConfigError || error instanceof ValidationError)) throw error;
    }
  }
  const init = async () => {};
  return suite({ Client, GatewayError, ValidationError, init, open, seal, sign, signingString }, { baseUrl, vectors });
}

if (process.argv[2]) run(process.argv[2]).then(console.log);
