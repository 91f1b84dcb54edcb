// @ts-check
// The repository in which the package is built, for its package.json: npm attests a tarball's provenance only if `repository` is the
// repository whose CI built it, and only that CI knows the address.

/**
 * The building repository's address in GitHub's or GitLab's CI; none anywhere else.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function builtFrom({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL }) {
  return GITHUB_SERVER_URL && GITHUB_REPOSITORY ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}` : CI_PROJECT_URL || undefined;
}

/**
 * Returns a package.json with the fields that follow from that address.
 * @template {object} T
 * @param {T} manifest
 * @param {string | undefined} address
 */
export function withOrigin(manifest, address) {
  if (address === undefined) return manifest;
  return { ...manifest, homepage: `${address}#readme`, bugs: { url: `${address}/issues` }, repository: { type: 'git', url: `git+${address}.git` } };
}
