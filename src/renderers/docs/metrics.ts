import type { Audit } from '../../audit.ts';
import { formatCount, formatPercent } from '../wording.ts';

/**
 * The headline figures in a line of text. It is no picture of a badge service: whoever opened the
 * page would tell that service about the landscape.
 */
export function writeMetrics({ analysis, scope, registrations, findings, links }: Audit): string {
  const { systems, connectedPairs, potentialConnections, saturation, pointToPointLinks } =
    analysis.coupling.all;
  const errors = findings.filter(({ severity, accepted }) => severity === 'error' && !accepted);
  const figures: (readonly [string, string])[] = [
    [formatCount(systems), 'systems'],
    [formatCount(analysis.coupling.all.links), 'links'],
    [formatCount(pointToPointLinks), 'point-to-point'],
    ...(registrations.length > 0
      ? [
          [
            formatCount(links.filter(({ registered }) => !registered).length),
            'unregistered',
          ] as const,
        ]
      : []),
    ...(scope === 'whole'
      ? [
          [
            formatPercent(saturation),
            `of ${formatCount(potentialConnections)} possible connections in use (${formatCount(connectedPairs)})`,
          ] as const,
        ]
      : []),
    [formatCount(errors.length), 'errors'],
  ];
  return figures.map(([figure, name]) => `**${figure}** ${name}`).join(' · ');
}
