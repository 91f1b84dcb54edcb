export default {
  compatibilityDate: '2026-11-01',
  // For Cloudflare's presets; Node's need nothing.
  experimental: { wasm: true },
};
