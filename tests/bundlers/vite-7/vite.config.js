import { defineConfig } from 'vite';

export default defineConfig(({ mode, isSsrBuild }) => ({
  build: { outDir: `dist/${mode}/${isSsrBuild ? 'server' : 'client'}`, sourcemap: true, minify: mode === 'production' },
  optimizeDeps: { exclude: ['aigobo'] },
  ssr: { noExternal: true },
}));
