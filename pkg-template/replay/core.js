// @ts-check
// What recorder and replayer share: a request taken apart.

/**
 * Path, query, Content-Type and body.
 * @param {Request} request
 * @returns {Promise<[string, string, string, Uint8Array]>}
 */
export async function incoming(request) {
  const { pathname, search } = new URL(request.url);
  return [pathname, search.slice(1), request.headers.get('content-type') ?? '', new Uint8Array(await request.arrayBuffer())];
}
