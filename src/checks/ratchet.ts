import type { BaseFigure, Rule } from './rule.ts';

type Figures = ReadonlyMap<string, BaseFigure>;

/** What must not rise, how it is told, and whether a rise is one: a share also rises where systems go. */
const metrics: readonly {
  readonly name: string;
  readonly label: string;
  readonly isShare?: true;
  readonly isReal?: (figures: Figures) => boolean;
}[] = [
  { name: 'pointToPointLinks', label: 'Point-to-point links' },
  { name: 'unregisteredLinks', label: 'Unregistered links' },
  {
    name: 'saturation',
    label: 'Saturation',
    isShare: true,
    isReal: (figures) => rose(figures.get('connectedPairs')),
  },
  {
    name: 'propagationCost',
    label: 'Propagation cost',
    isShare: true,
    isReal: (figures) => {
      const [cost, systems] = [figures.get('propagationCost'), figures.get('systems')];
      if (!cost || !systems) return false;
      return cost.head * systems.head ** 2 > cost.base * systems.base ** 2 + 0.5;
    },
  },
];

/** A headline figure is worse than in an earlier audit, because the landscape itself changed. */
export const ratchet: Rule = {
  name: 'ratchet',
  defaultSeverity: 'off',
  needsWhole: true,
  check: ({ base }) => {
    if (!base) return [];
    const figures: Figures = new Map(base.figures().map((figure) => [figure.name, figure]));
    return metrics.flatMap(({ name, label, isShare, isReal }) => {
      const figure = figures.get(name);
      if (!figure || !rose(figure) || figure.byLandscape <= 0 || isReal?.(figures) === false)
        return [];
      const tell = (value: number): string =>
        isShare ? `${Math.round(value * 1000) / 10} %` : String(value);
      const links = base.changed.filter(
        (link) =>
          (name !== 'pointToPointLinks' || link.pointToPoint) &&
          (name !== 'unregisteredLinks' || !link.registered),
      );
      return [
        {
          subject: name,
          figure: figure.head,
          message: `${label} rose from ${tell(figure.base)} to ${tell(figure.head)} since the base audit as of ${base.asOf}.`,
          remedy:
            'Route the new links through the platform or retire others, so that the figure is no worse than before.',
          related: links.map(({ key }) => key),
          evidence: links
            .flatMap(({ evidence }) => evidence.slice(0, 1))
            .map(({ origin }) => origin),
        },
      ];
    });
  },
};

function rose(figure: BaseFigure | undefined): boolean {
  return figure !== undefined && figure.head > figure.base;
}
