// @ts-check

/** What encrypts and signs a call. */
export const KEYS = /** @type {const} */ (['accessToken', 'desKey', 'md5SecretKey']);

/** How long a timestamp is valid according to the document, in milliseconds. */
export const LIFE_MS = 5 * 60_000;

/** `desKey` is AIGOBO_DES_KEY. This is the rule for the names that `Client.fromEnv` reads. @param {string} option */
export const variableOf = (option) => `AIGOBO_${option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** Whether this is one of the sandbox's own keys, which everybody can read. @param {unknown} key */
export const isSandboxKey = (key) => typeof key === 'string' && /^sandbox(-access-token|8|-md5-secret)$/.test(key);
