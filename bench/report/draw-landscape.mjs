import { openRandom } from '../open-random.mjs';

/** A landscape as tables: few systems have many links, and an eighth of the links is in no registry. */
export function drawLandscape(systems, links, domains, seed) {
  const random = openRandom(seed);
  const protocols = ['https', 'sftp', 'kafka', 'postgresql', 'soap', 'smtp'];
  const kinds = ['application', 'application', 'data-platform', 'external-service'];
  const criticalities = ['mission-critical', 'business-critical', 'operational', 'administrative'];
  const rows = Array.from({ length: systems }, (_, index) =>
    [
      `s${index}`,
      `System ${index}`,
      `Domain ${index % domains}`,
      index % 7 === 0 ? '' : `team ${index % 90}`,
      criticalities[index % 4],
      kinds[index % 5] ?? 'application',
    ].join(','),
  );
  const pairs = new Set();
  while (pairs.size < links) {
    const from = Math.floor(random() ** 2 * systems);
    const to =
      random() < 0.6
        ? (from + domains * Math.ceil(random() * 20)) % systems
        : Math.floor(random() ** 2 * systems);
    if (from !== to) pairs.add(`s${from},s${to}`);
  }
  const registered = [];
  const found = [];
  for (const pair of pairs) {
    const row = `${pair},${protocols[Math.floor(random() * 6)]},object ${Math.floor(random() * 300)}`;
    if (random() < 0.125) found.push(row);
    else registered.push(`L${registered.length},${row}`);
  }
  return {
    'landscape.yaml': `name: ${systems} systems\nsources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - inventory: found.csv\n    registry: false\n`,
    's.csv': `id,name,domain,team,criticality,kind\n${rows.join('\n')}\n`,
    'l.csv': `id,from,to,protocol,objects\n${registered.join('\n')}\n`,
    'found.csv': `from,to,protocol,objects\n${found.join('\n')}\n`,
  };
}
