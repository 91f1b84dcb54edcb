// @ts-check
// Finds an endpoint as people name it: `getProductDetail`, its path, or its section.

import { endpoints } from 'aigobo';
import { UsageError } from './failure.js';
import { nearestEndpoint } from './tools.js';

export const ENDPOINT_TEXT = { en: 'the name as the method, such as getProductDetail, or the path, section or Chinese title', zh: '接口的方法名，例如 getProductDetail，或其路径、章节号、中文名' };

/** @param {string} given */
export function findEndpoint(given) {
  const wanted = given.toLowerCase();
  return endpoints.find(({ name, path, section, titleZh }) => [name, path, section, titleZh].some((known) => known.toLowerCase() === wanted));
}

/** @param {string} given */
export function requireEndpoint(given) {
  return findEndpoint(given) ?? refuse(given);
}

/** @param {string} given @returns {never} */
function refuse(given) {
  const meant = suggestion(given);
  throw new UsageError({
    en: `there is no endpoint ${given}${meant ? `; did you mean ${meant}?` : `. There are ${endpoints.map(({ name }) => name).join(', ')}.`} All of them: aigobo endpoints`,
    zh: `没有接口 ${given}${meant ? `，是否想用 ${meant}？` : `。可用：${endpoints.map(({ name, titleZh }) => `${name}（${titleZh}）`).join('、')}。`}全部接口：aigobo endpoints`,
  });
}

/** The only endpoint whose name contains what was given, or else the most likely one for a misspelling. @param {string} given */
function suggestion(given) {
  const part = given.toLowerCase();
  const holders = endpoints.filter(({ name, titleZh }) => name.toLowerCase().includes(part) || titleZh.includes(given));
  return part.length >= 2 && holders.length === 1 ? holders[0]?.name : nearestEndpoint(given);
}
