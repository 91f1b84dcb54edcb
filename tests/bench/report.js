// The figures for readers: a table, and a picture.

/** @typedef {import('./bench.mjs').Row} Row */
/** @typedef {import('./bench.mjs').Report} Report */

/** In the order of the columns. */
const WHO = ['aigobo', 'node:crypto', 'PHP', 'node-forge', 'crypto-js', 'bare fetch'];

/** @param {number} us */
const short = (us) => (us >= 1_000 ? us.toFixed(0) : us >= 100 ? us.toFixed(0) : us.toFixed(us >= 10 ? 1 : 2));

/** One block a row: who, the median, the quartiles, the least, and how many times ours. @param {Row[]} rows */
export function table(rows) {
  const lines = rows.flatMap(({ what, of, bytes, figures }) => {
    const ours = figures.aigobo?.median ?? Number.NaN;
    return [
      `\n${what}, ${of} (${bytes.toLocaleString('en')} B)`,
      ...WHO.filter((who) => figures[who]).map((who) => {
        const { median, low, high, least } = figures[who];
        return `  ${who.padEnd(12)}${short(median).padStart(9)} µs  [${short(low)} to ${short(high)}], least ${short(least)}${who === 'aigobo' ? '' : `, ${(median / ours).toFixed(2)} × aigobo`}`;
      }),
    ];
  });
  return lines.join('\n');
}

const COLOURS = { aigobo: '#0f766e', 'node:crypto': '#b45309', PHP: '#6d28d9', 'node-forge': '#475569', 'crypto-js': '#be123c' };
const [WIDTH, LEFT, RIGHT, STEP, TOP] = [820, 190, 40, 64, 88];

/**
 * How many times as long as aigobo each takes to seal: dots on a logarithmic scale, since bars there would lie.
 * @param {Report} report
 */
export function chart({ machine, rows }) {
  const sealed = rows.filter(({ what }) => what === 'seal');
  const times = sealed.flatMap(({ figures }) => Object.values(figures).flatMap(({ low, median, high }) => [low, median, high].map((us) => us / figures.aigobo.median)));
  const [least, most] = [0.8 * Math.min(...times), 1.2 * Math.max(...times)];
  const place = (/** @type {number} */ times) => LEFT + (Math.log(times / least) / Math.log(most / least)) * (WIDTH - LEFT - RIGHT);
  const ticks = [0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter((times) => times > least && times < most);
  const bottom = TOP + STEP * sealed.length;
  const grid = ticks.map((times) =>
    `<line x1="${place(times).toFixed(1)}" x2="${place(times).toFixed(1)}" y1="${TOP - 14}" y2="${bottom - 20}" class="${times === 1 ? 'one' : 'grid'}"/><text x="${place(times).toFixed(1)}" y="${bottom}" class="tick">${times}×</text>`);
  const lanes = sealed.map(({ of, bytes, figures }, index) => {
    const y = TOP + STEP * index;
    const dots = Object.entries(COLOURS).filter(([who]) => figures[who]).map(([who, colour], nth) => {
      const { median, low, high } = figures[who];
      const times = (/** @type {number} */ us) => place(us / figures.aigobo.median).toFixed(1);
      const label = who === 'aigobo' ? `${short(median)} µs` : `${(median / figures.aigobo.median).toFixed(1)}×`;
      return `<line x1="${times(low)}" x2="${times(high)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="3"/><circle cx="${times(median)}" cy="${y}" r="6" fill="${colour}"/><text x="${times(median)}" y="${nth % 2 || who === 'aigobo' ? y + 22 : y - 11}" class="value">${label}</text>`;
    });
    return `<text x="16" y="${y - 1}" class="name">${of}</text><text x="16" y="${y + 15}" class="bytes">${bytes.toLocaleString('en')} bytes of JSON</text>${dots.join('')}`;
  });
  const legend = Object.entries(COLOURS).map(([who, colour], index) => `<circle cx="${LEFT + 110 * index}" cy="50" r="6" fill="${colour}"/><text x="${LEFT + 12 + 110 * index}" y="54" class="name">${who}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 34}" role="img" aria-label="Time to seal an envelope, as a multiple of aigobo's">
<style>text{font:13px system-ui,sans-serif;fill:#1e293b}.title{font-size:16px;font-weight:600}.bytes,.tick,.note{font-size:11px;fill:#64748b}.tick,.value{text-anchor:middle}.value{font-size:11px}.grid{stroke:#e2e8f0}.one{stroke:#94a3b8}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text x="16" y="28" class="title">From an object to the sealed envelope's text: how many times as long as aigobo</text>
${legend.join('')}
${grid.join('\n')}
${lanes.join('\n')}
<text x="16" y="${bottom + 22}" class="note">Less is better; logarithmic. Medians and quartiles of interleaved rounds: ${[machine.cpu, `${machine.cores} cores`, `Node ${machine.node}`, `PHP ${String(machine.php).split(',')[0]}`].join(', ')}.</text>
</svg>
`;
}
