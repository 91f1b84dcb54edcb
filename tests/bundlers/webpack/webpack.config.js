import { fileURLToPath } from 'node:url';

const folder = (name) => fileURLToPath(new URL(name, import.meta.url));

/** @param {object} environment @param {{ mode: string }} options */
export default (environment, { mode }) => {
  const common = { mode, devtool: mode === 'production' ? 'source-map' : 'eval-source-map' };
  return [
    { ...common, name: 'client', entry: { page: '../app/page.js' }, output: { path: folder(`dist/${mode}/client`) } },
    { ...common, name: 'server', target: 'node20', entry: '../app/server.js', output: { path: folder(`dist/${mode}/server`), filename: 'server.cjs' } },
  ];
};
