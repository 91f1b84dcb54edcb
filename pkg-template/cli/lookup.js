// @ts-check
// An endpoint as people name it: `getProductDetail`, its path, or its section.

import { endpoints } from 'aigobo';
import { UsageError } from './failure.js';
import { nearestEndpoint } from './tools.js';

export const ENDPOINT_TEXT = { en: 'the name as the method, such as getProductDetail, or the path', zh: '接口的方法名，例如 getProductDetail，或其路径' };

/** @param {string} given */
export function findEndpoint(given) {
  const wanted = given.toLowerCase();
  return endpoints.find(({ name, path, section }) => [name, path, section].some((known) => known.toLowerCase() === wanted));
}

/** @param {string} given */
export function requireEndpoint(given) {
  return findEndpoint(given) ?? refuse(given);
}

/** @param {string} given @returns {never} */
function refuse(given) {
  const meant = nearestEndpoint(given);
  throw new UsageError({
    en: `there is no endpoint ${given}${meant ? `; did you mean ${meant}?` : ''} All of them: aigobo endpoints`,
    zh: `没有接口 ${given}${meant ? `，是否想用 ${meant}？` : ''} 全部接口：aigobo endpoints`,
  });
}
