// @ts-check

/** What a call is encrypted and signed with. */
export const KEYS = /** @type {const} */ (['accessToken', 'desKey', 'md5SecretKey']);

/** `desKey` is AIGOBO_DES_KEY: the rule behind the names that `Client.fromEnv` reads. @param {string} option */
export const variableOf = (option) => `AIGOBO_${option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
