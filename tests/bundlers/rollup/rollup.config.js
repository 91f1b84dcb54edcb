// rollup --config --configSide client|server

import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import resolve from '@rollup/plugin-node-resolve';

const mode = process.env.NODE_ENV;

const SIDES = {
  client: { input: { page: '../app/page-inline.js' }, plugins: [resolve({ browser: true }), json()] },
  server: { input: '../app/server.js', plugins: [resolve({ exportConditions: ['node'] }), commonjs(), json()] },
};

export default ({ configSide }) => ({ ...SIDES[configSide], output: { dir: `dist/${mode}/${configSide}`, sourcemap: true, compact: mode === 'production' } });
