// Measures side by side. The known libraries (mitata, tinybench) finish one task before they begin the next, and on a
// machine that does other things, too, or changes its clock, the second is measured under another sky than the first. Here
// everybody runs a little in each round, in changing order.

/** @typedef {{ name: string, run: (times: number) => number | Promise<number> }} Runner does something so many times, and says how long that took, in ms */
/** @typedef {{ median: number, least: number, low: number, high: number }} Figure in microseconds each time; low and high are quartiles */

/** @param {() => unknown} work @returns {Runner['run']} */
export function loop(work) {
  return (times) => {
    const since = performance.now();
    for (let time = 0; time < times; time++) work();
    return performance.now() - since;
  };
}

/** @param {() => Promise<unknown>} work @returns {Runner['run']} */
export function loopAsync(work) {
  return async (times) => {
    const since = performance.now();
    for (let time = 0; time < times; time++) await work();
    return performance.now() - since;
  };
}

/**
 * @param {Runner[]} runners
 * @param {{ rounds: number, sliceMs: number, warmUpMs: number }} effort
 * @returns {Promise<Record<string, Figure>>}
 */
export async function sideBySide(runners, { rounds, sliceMs, warmUpMs }) {
  /** @type {{ runner: Runner, times: number, took: number[] }[]} */
  const lanes = [];
  for (const runner of runners) {
    let [times, took] = [1, await runner.run(1)];
    for (let spent = took; spent < warmUpMs; spent += took) {
      if (took < warmUpMs / 8) times *= 2;
      took = await runner.run(times);
    }
    lanes.push({ runner, times: Math.max(1, Math.round((times * sliceMs) / took)), took: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < lanes.length; place++) {
      const lane = /** @type {typeof lanes[0]} */ (lanes[(place + round) % lanes.length]);
      lane.took.push(((await lane.runner.run(lane.times)) * 1_000) / lane.times);
    }
  }
  return Object.fromEntries(lanes.map(({ runner, took }) => [runner.name, figure(took)]));
}

/** @param {number[]} took @returns {Figure} */
function figure(took) {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) => sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN;
  return { median: at(0.5), least: at(0), low: at(0.25), high: at(0.75) };
}
