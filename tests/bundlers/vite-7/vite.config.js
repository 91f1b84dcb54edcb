import { defineConfig } from 'vite';

export default defineConfig(({ command, mode, isSsrBuild }) => ({
  build: { outDir: `dist/${mode}/${isSsrBuild ? 'server' : 'client'}`, sourcemap: true, minify: mode === 'production' },
  optimizeDeps: { exclude: ['aigobo'] },
  ssr: { noExternal: command === 'build' ? true : [] },
}));
