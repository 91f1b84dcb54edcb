// One for all routes, each of which is a bundle of its own.
export const events = (globalThis.events ??= []);
