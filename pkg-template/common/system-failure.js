// @ts-check

/**
 * What the system says of a failure, at whichever depth a runtime hides it: its code, such as ECONNREFUSED, and whether
 * nothing was sent for certain, since it came of looking up the host or of connecting, to each of its addresses. By the
 * system's call and not by code or words: Deno says "connection refused" also of its own second sending.
 * @param {any} error
 * @returns {[code: string | undefined, unsent: boolean]}
 */
export function failureOf(error, depth = 0) {
  try {
    const { cause, errors = [error] } = error;
    const [inner, unsent] = cause && depth < 5 ? failureOf(cause, depth + 1) : [undefined, errors.length > 0 && errors.every(connecting)];
    const code = error.code ?? errors[0]?.code;
    // By its looks: a foreign text in the same place may hold anything.
    return [inner ?? (typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : undefined), unsent];
  } catch {
    return [undefined, false];
  }
}

/** @param {any} error */
const connecting = ({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo';

/** @param {unknown} error */
export const systemCodeOf = (error) => failureOf(error)[0];
