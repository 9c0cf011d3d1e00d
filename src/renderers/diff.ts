import type { Comparison, Difference, MetricChange } from '../audit/compare-audits.ts';
import { causes } from '../audit/find-cause.ts';
import type { Audit } from '../audit.ts';
import { formatPlace } from '../errors.ts';
import type { Link, System } from '../landscape.ts';
import { metricWords, tellChange, tellFigure } from './metric-words.ts';
import { alignColumns, clean, painter, type TerminalOptions, wrap } from './terminal-text.ts';
import { formatCount, listNames, plural } from './wording.ts';

const mostListed = 30;

/** What changed from one audit to another, for a terminal: links, systems, then the figures and why. */
export function renderDiff(
  comparison: Comparison,
  head: Pick<Audit, 'systems'>,
  options: TerminalOptions,
): string {
  const paint = painter(options);
  const names = new Map(head.systems.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => clean(names.get(id) ?? id);
  const { base, links, systems, metrics, sourcesAdded, sourcesLost } = comparison;
  const nothing = links.length + systems.length === 0;
  return `${[
    `${paint('bold', clean(comparison.head.name))}, ${comparison.base.asOf} → ${comparison.head.asOf}`,
    '',
    ...(base.name === comparison.head.name
      ? []
      : [
          ...wrap(
            `The names differ: before it was ${clean(base.name)}. If that is another landscape, the comparison means nothing.`,
            options.width,
          ),
          '',
        ]),
    ...(nothing ? ['No system and no link has changed.', ''] : []),
    ...listDifferences('link', links, (one) => tellLink(one, nameOf)),
    ...listDifferences('system', systems, tellSystem),
    ...listSources('Sources that are new', sourcesAdded, options.width),
    ...listSources('Sources that are gone', sourcesLost, options.width),
    paint('bold', 'Why the figures changed'),
    ...drawMetrics(metrics, options),
    '',
    ...wrap(
      'landscape: what was read has changed; sources: there are more or fewer of them; resolution: the same files mean something else by aliases, inventories or options; method: another version of the tool read them.',
      options.width,
    ),
  ].join('\n')}\n`;

  function listDifferences<T extends Link | System>(
    noun: string,
    all: readonly Difference<T>[],
    tell: (one: Difference<T>) => string,
  ): string[] {
    return (['added', 'removed', 'changed'] as const).flatMap((kind) => {
      const found = all.filter((one) => one.kind === kind);
      if (found.length === 0) return [];
      const sign = { added: '+', removed: '-', changed: '~' }[kind];
      const style = ({ added: 'green', removed: 'red', changed: 'yellow' } as const)[kind];
      const rest = found.length - mostListed;
      return [
        paint('bold', `${plural(found.length, noun)} ${kind}`),
        ...found.slice(0, mostListed).flatMap((one) => {
          const [told = '', ...more] = wrap(tell(one), options.width - 6);
          return [
            `  ${paint(style, sign)} ${told}`,
            ...more.map((line) => `      ${line}`),
            `      ${paint('dim', `${one.cause}${placeOf(one)}`)}`,
          ];
        }),
        ...(rest > 0 ? [`  and ${formatCount(rest)} more`] : []),
        '',
      ];
    });
  }
}

function tellLink(
  { base, head, facets }: Difference<Link>,
  nameOf: (id: string) => string,
): string {
  const link = head ?? base;
  if (!link) return '';
  const way = `${nameOf(link.from)} → ${nameOf(link.to)} over ${clean(link.protocol ?? link.family)}`;
  if (facets.length > 0) return `${way}: ${tellFacets(facets)}`;
  return `${way}, ${link.registered ? 'registered' : 'not registered'}, ${listNames(link.class)}`;
}

function tellSystem({ id, base, head, facets }: Difference<System>): string {
  const name = clean((head ?? base)?.name ?? id);
  const title = name === id ? name : `${name} (${clean(id)})`;
  return facets.length > 0 ? `${title}: ${tellFacets(facets)}` : title;
}

function tellFacets(facets: Difference<unknown>['facets']): string {
  return facets
    .map(({ name, before, after }) => `${name} ${quote(before)} → ${quote(after)}`)
    .join('; ');
}

function quote(value: string): string {
  return value === '' ? 'none' : clean(value);
}

function placeOf({ base, head }: Difference<Link | System>): string {
  const item = head ?? base;
  const origin = item && ('evidence' in item ? item.evidence[0]?.origin : item.origins[0]);
  return origin ? `: ${clean(formatPlace(origin))}` : '';
}

function listSources(title: string, sources: readonly string[], width: number): string[] {
  return sources.length === 0
    ? []
    : [...wrap(`${title}: ${sources.map(clean).slice(0, mostListed).join(', ')}`, width), ''];
}

function drawMetrics(metrics: readonly MetricChange[], { color }: TerminalOptions): string[] {
  const paint = painter({ color });
  // A cause that moved nothing has no column: all of them do not fit a narrow terminal.
  const moved = causes
    .toReversed()
    .filter((cause) => metrics.some(({ byCause }) => byCause[cause] !== 0));
  const header = ['', 'before', 'now', 'change', ...moved];
  const rows = metrics.map(({ name, base, head, byCause }) => [
    metricWords[name].replace(/ links$/, ''),
    tellFigure(name, base),
    tellFigure(name, head),
    tellChange(name, head - base),
    ...moved.map((cause) => tellChange(name, byCause[cause])),
  ]);
  const [head = '', ...lines] = alignColumns([header, ...rows], (column) => column > 0);
  return [paint('dim', `  ${head}`), ...lines.map((line) => `  ${line}`)];
}
