// @ts-check

/**
 * What the system calls a failure, such as ECONNREFUSED, of whichever depth; a refusal by several addresses at once hides it in a list.
 * @param {any} error
 * @returns {string | undefined}
 */
export function systemCodeOf(error, depth = 0) {
  if (typeof error?.code === 'string') return error.code;
  const inner = depth < 5 && error?.cause ? systemCodeOf(error.cause, depth + 1) : undefined;
  return inner ?? (typeof error?.errors?.[0]?.code === 'string' ? error.errors[0].code : undefined);
}
