// @ts-check
// Node: what looks at names, connections and certificates needs the system.

export { checkGateway } from './doctor/live.js';
export { probeDialects } from './doctor/live-probe.js';
