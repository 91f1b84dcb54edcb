// @ts-check
// Where the package is built, as its package.json says it: npm attests a tarball's provenance only where `repository` is the
// repository whose CI built it, and that address is known there alone.

/**
 * The building repository's address in a CI of GitHub or GitLab; none anywhere else.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function builtFrom({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL }) {
  return GITHUB_SERVER_URL && GITHUB_REPOSITORY ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}` : CI_PROJECT_URL || undefined;
}

/**
 * A package.json with what follows from that address.
 * @template {object} T
 * @param {T} manifest
 * @param {string | undefined} address
 */
export function withOrigin(manifest, address) {
  if (address === undefined) return manifest;
  return { ...manifest, homepage: `${address}#readme`, bugs: { url: `${address}/issues` }, repository: { type: 'git', url: `git+${address}.git` } };
}
