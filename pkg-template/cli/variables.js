// @ts-check
// What an account is made of, and what each part is called in the environment.

/** Never by flags. */
export const KEYS = /** @type {const} */ (['accessToken', 'desKey', 'md5SecretKey']);
/** By flags, too. */
export const CODES = /** @type {const} */ (['distrCode', 'employeeCode', 'invitateCode', 'environment', 'baseUrl']);

/** `desKey` is AIGOBO_DES_KEY: the rule behind the names that `Client.fromEnv` reads. @param {string} option */
export const variableOf = (option) => `AIGOBO_${option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** Whoever set it knows it by this name, not by the library's. @param {string} option */
export function settingOf(option) {
  if (KEYS.some((key) => key === option)) return variableOf(option);
  if (CODES.some((code) => code === option)) return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} / ${variableOf(option)}`;
  return undefined;
}
