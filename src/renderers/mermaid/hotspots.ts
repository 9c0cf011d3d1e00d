import type { Audit } from '../../audit.ts';
import { groupBy, sortBy } from '../../order.ts';
import { criticalities } from '../../vocabulary.ts';
import { clip, listNames, plural } from '../wording.ts';
import type { Chart } from './chart.ts';
import { plainMermaid } from './escape-mermaid.ts';

/** More points than this cover each other. */
const mostPoints = 12;
const longestName = 28;

/**
 * Draws fan-in against criticality: who hangs on many others, and whether anybody calls it critical.
 * Systems with the same criticality are spread within its band, so that their names can be read.
 */
export function drawHotspots({
  systems,
  analysis,
}: Pick<Audit, 'systems' | 'analysis'>): Chart | undefined {
  const fanIns = new Map(analysis.hotspots.map(({ system, fanIn }) => [system, fanIn]));
  const fed = systems.filter(({ id }) => (fanIns.get(id) ?? 0) > 0);
  const fanIn = ({ id }: { readonly id: string }): number => fanIns.get(id) ?? 0;
  const ranked = sortBy(
    fed,
    (system) => -fanIn(system),
    ({ criticality }) => criticalities.indexOf(criticality),
    ({ id }) => id,
  );
  const most = ranked[0] ? fanIn(ranked[0]) : 0;
  if (ranked.length < 3 || most < 2) return undefined;
  const shown = ranked.slice(0, mostPoints);
  const points = [...groupBy(shown, ({ criticality }) => criticality)].flatMap(
    ([criticality, members]) => {
      const band =
        criticalities.length -
        1 -
        criticalities.indexOf(criticality as (typeof criticalities)[number]);
      return members.map((system, index) => {
        // The top of a band stays free for the name of its quadrant.
        const within = 0.05 + (0.78 * (index + 0.5)) / members.length;
        const x = round(0.04 + (0.84 * fanIn(system)) / most);
        const y = round((band + within) / criticalities.length);
        const name = clip(plainMermaid(system.name) || 'without a name', longestName);
        return `  "${name} (${fanIn(system)})": [${x}, ${y}]`;
      });
    },
  );
  const worst = shown.filter((system) => fanIn(system) === most);
  const title = `${listNames(
    worst.map(({ name }) => clip(name, longestName)),
    2,
  )} ${worst.length === 1 ? 'takes' : 'take'} data from ${plural(most, 'system')}`;
  const rest = ranked.length - shown.length;
  return {
    title,
    text: [
      '---',
      'config:',
      '  quadrantChart:',
      '    chartWidth: 760',
      '    chartHeight: 480',
      '    titleFontSize: 18',
      '    quadrantLabelFontSize: 14',
      '---',
      'quadrantChart',
      `  title ${plainMermaid(title)}`,
      '  x-axis "few send it data" --> "many send it data"',
      '  y-axis "less critical" --> "mission-critical"',
      '  quadrant-1 "guard first"',
      '  quadrant-2 "critical, stands alone"',
      '  quadrant-3 "leave"',
      '  quadrant-4 "more critical than it is called?"',
      ...points,
      '',
    ].join('\n'),
    note: `The number behind a name: how many systems send it data. Bands from below: administrative, operational, business-critical, mission-critical.${rest > 0 ? ` ${plural(rest, 'further system')} left out.` : ''}`,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
