/** Draws seconds by rows, both by powers of ten, as an SVG that reads in light and dark. */

const box = { left: 64, right: 520, top: 24, bottom: 300, width: 640, height: 350 };
const marks = [
  { dash: '', shape: (x, y) => `<circle cx="${x}" cy="${y}" r="4"/>` },
  { dash: '6 4', shape: (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8"/>` },
  { dash: '2 3', shape: (x, y) => `<path d="M${x} ${y - 5}l5 9h-10z"/>` },
];
const inks = ['#0b5fa5', '#b3541e', '#4d7c0f'];

const powers = (low, high) => Array.from({ length: high - low + 1 }, (_, index) => low + index);
const round = (value) => Math.round(value * 10) / 10;

/** @param {Map<string, [rows: number, seconds: number][]>} curves */
export function drawCurves(curves) {
  const points = [...curves.values()].flat();
  const range = (values) => [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ];
  const [x0, x1] = range(points.map(([rows]) => rows));
  const [y0, y1] = range(points.map(([, seconds]) => seconds));
  const toX = (rows) =>
    round(box.left + ((Math.log10(rows) - x0) / (x1 - x0)) * (box.right - box.left));
  const toY = (seconds) =>
    round(box.bottom - ((Math.log10(seconds) - y0) / (y1 - y0)) * (box.bottom - box.top));
  const seconds = { [-1]: '0.1 s', 0: '1 s', 1: '10 s', 2: '100 s', 3: '1,000 s' };
  const rows = { 5: '100,000', 6: '1 million', 7: '10 million', 8: '100 million', 9: '1 billion' };
  const grid = [
    ...powers(y0, y1).map(
      (power) =>
        `<path class="grid" d="M${box.left} ${toY(10 ** power)}H${box.right}"/><text x="${box.left - 8}" y="${toY(10 ** power) + 4}" text-anchor="end">${seconds[power] ?? `10^${power} s`}</text>`,
    ),
    ...powers(x0, x1).map(
      (power) =>
        `<path class="grid" d="M${toX(10 ** power)} ${box.top}V${box.bottom}"/><text x="${toX(10 ** power)}" y="${box.bottom + 20}" text-anchor="middle">${rows[power] ?? `10^${power}`}</text>`,
    ),
  ];
  // Names stand beside the ends of the lines, and apart.
  const ends = [...curves]
    .map(([name, curve], index) => ({ name, index, y: toY(curve.at(-1)[1]) }))
    .sort((a, b) => a.y - b.y);
  for (const [index, end] of ends.entries())
    if (index > 0) end.y = Math.max(end.y, ends[index - 1].y + 16);
  const lines = [...curves].map(([, curve], index) => {
    const places = curve.map(([size, took]) => [toX(size), toY(took)]);
    const way = places.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('');
    const mark = marks[index % marks.length];
    return `<g stroke="${inks[index]}" fill="${inks[index]}"><path d="${way}" fill="none" stroke-width="2" stroke-dasharray="${mark.dash}"/>${places.map(([x, y]) => mark.shape(x, y)).join('')}</g>`;
  });
  const names = ends.map(
    ({ name, index, y }) =>
      `<text x="${box.right + 12}" y="${y + 4}" style="fill:${inks[index]};font-weight:600">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box.width} ${box.height}" role="img" aria-label="Seconds by rows for ${[...curves.keys()].join(', ')}"><style>text{font:12px system-ui,sans-serif;fill:#444}.grid{stroke:#ccc;fill:none}</style><rect width="${box.width}" height="${box.height}" fill="#fff"/>${grid.join('')}<text x="${(box.left + box.right) / 2}" y="${box.bottom + 42}" text-anchor="middle">calls in the log</text>${lines.join('')}${names.join('')}</svg>\n`;
}
