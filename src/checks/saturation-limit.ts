import type { Rule } from './rule.ts';

/** A greater share of all pairs of systems is wired together than the configuration allows. */
export const saturationLimit: Rule = {
  name: 'saturation-limit',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ analysis, limits }) => {
    const { saturation, connectedPairs, potentialConnections, systems } = analysis.coupling;
    if (limits.saturation === undefined || saturation <= limits.saturation) return [];
    const allowed = Math.floor(limits.saturation * potentialConnections);
    return [
      {
        subject: 'saturation',
        figure: toPercent(saturation),
        message: `${connectedPairs} of ${potentialConnections} possible pairs of ${systems} systems are wired together (${toPercent(saturation)} %), and ${toPercent(limits.saturation)} % are allowed: ${connectedPairs - allowed} too many.`,
        remedy: 'Retire or join links, those first that the migration plan begins with.',
        evidence: [limits.placeOf('saturation')],
      },
    ];
  },
};

function toPercent(share: number): number {
  return Math.round(share * 1000) / 10;
}
