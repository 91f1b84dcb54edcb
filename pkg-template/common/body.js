// @ts-check
// Bodies that come in chunks.

/**
 * A request's body; nothing if it has more bytes than `most`. A request that declares too many bytes is not read at
 * all, and no other is read further than that.
 * @param {Request} request
 * @param {number} most
 * @returns {Promise<Uint8Array | undefined>}
 */
export async function readBody(request, most) {
  if (Number(request.headers.get('content-length')) > most) {
    await request.body?.cancel();
    return undefined;
  }
  const chunks = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    length += next.value.byteLength;
    if (length > most) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  return joined(chunks, length);
}

/**
 * @param {Uint8Array[]} chunks
 * @param {number} length of all of them
 */
export function joined(chunks, length) {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
