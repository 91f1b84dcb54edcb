// @ts-check

/**
 * What the system says about a failure, at whatever depth a runtime hides it: its code, such as ECONNREFUSED, and
 * whether certainly nothing was sent, because looking up the host failed, or connecting to each of its addresses. This
 * is judged by the system call and not by code or words: Deno also says "connection refused" about its own second
 * sending.
 * @param {any} error
 * @returns {[code: string | undefined, unsent: boolean]}
 */
export function failureOf(error, depth = 0) {
  try {
    const { cause, errors = [error] } = error;
    const [inner, unsent] = cause && depth < 5 ? failureOf(cause, depth + 1) : [undefined, errors.length > 0 && errors.every(connecting)];
    const code = error.code ?? errors[0]?.code;
    // Judged by its form, because a foreign text in the same place may hold anything, such as a number or a key.
    return [inner ?? (typeof code === 'string' && /^[A-Z_]+\d?[A-Z_]*$/.test(code) ? code : undefined), unsent];
  } catch {
    return [undefined, false];
  }
}

/** @param {any} error */
const connecting = ({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo';

/** @param {unknown} error */
export const systemCodeOf = (error) => failureOf(error)[0];
