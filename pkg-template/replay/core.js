// @ts-check
// What the recorder and the replayer share: finding the file, and taking a request apart.

import { fileURLToPath } from 'node:url';
import { wrong } from '../common/options.js';

/** @param {unknown} file */
export function pathOf(file) {
  if (file instanceof URL && file.protocol === 'file:') return fileURLToPath(file);
  if (typeof file !== 'string' || file === '') throw wrong('file', "must be a recording's path, or its file: URL");
  return file;
}

/**
 * Path, query, Content-Type and body.
 * @param {Request} request
 * @returns {Promise<[string, string, string, Uint8Array]>}
 */
export async function incoming(request) {
  const { pathname, search } = new URL(request.url);
  return [pathname, search.slice(1), request.headers.get('content-type') ?? '', new Uint8Array(await request.arrayBuffer())];
}
