import { defineConfig } from 'vite';

export default defineConfig(({ command, mode, isSsrBuild }) => ({
  build: { outDir: `dist/${mode}/${isSsrBuild ? 'server' : 'client'}`, sourcemap: true, minify: mode === 'production' },
  // The server's build holds its packages, so that it runs where no node_modules are; the dev server imports them.
  ssr: { noExternal: command === 'build' ? true : [] },
}));
