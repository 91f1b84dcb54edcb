// The package reads its wasm from its own folder, which a bundle is not in.
export default { serverExternalPackages: ['aigobo'] };
