import type { Hub } from '../analyzers/hub.ts';
import { formatCount, plural } from './wording.ts';

/** Whether a hub would pay, in words and figures. */
export interface HubWords {
  readonly title: string;
  readonly breakEven: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly formula: string;
}

/** Tells what a hub would cost beside today's links, and from what size on it pays. */
export function tellHub(hub: Hub): HubWords {
  const { links, cases } = hub;
  if (links === 0)
    return {
      title: 'No link is point-to-point, so a hub has nothing to replace',
      breakEven: '',
      columns: [],
      rows: [],
      formula: '',
    };
  const isSure = new Set(cases.map(({ saving }) => saving)).size === 1;
  const shown = isSure ? cases.filter(({ name }) => name === 'base') : cases;
  const rate = hub.costs.hourlyRate;
  return {
    title: writeTitle(hub),
    breakEven: writeBreakEven(hub),
    columns: [
      'reading',
      'hours a link and year',
      'links, hours a year',
      'hub, hours a year',
      'saved, hours a year',
      ...(rate === undefined ? [] : ['saved, money a year']),
      'pays from links',
      'pays from systems, wired as today',
      'pays from systems, all pairs',
    ],
    rows: shown.map((one) => [
      one.name,
      formatCount(one.linkHoursPerYear),
      formatCount(one.today),
      formatCount(one.hub),
      formatSigned(one.saving),
      ...(rate === undefined ? [] : [formatSigned(one.saving * rate)]),
      formatSize(one.breakEvenLinks),
      formatSize(one.breakEvenAsToday),
      formatSize(one.breakEvenAllPairs),
    ]),
    formula: writeFormula(hub),
  };
}

function writeTitle({ links, adapters, cases }: Hub): string {
  const savings = cases.map(({ saving }) => saving);
  const base = cases.find(({ name }) => name === 'base')?.saving ?? 0;
  const size = `${plural(adapters, 'adapter')} in place of ${plural(links, 'link')}`;
  if (savings.every((saving) => saving > 0))
    return `A hub would save about ${formatCount(base)} hours a year: ${size}`;
  if (savings.every((saving) => saving <= 0))
    return `Stay point-to-point: a hub would cost about ${formatCount(-base)} hours a year more`;
  return `Whether a hub pays depends on what a link costs: ${formatSigned(Math.min(...savings))} to ${formatSigned(Math.max(...savings))} hours a year`;
}

function writeBreakEven({ links, adapters, cases }: Hub): string {
  const base = cases.find(({ name }) => name === 'base');
  if (!base) return '';
  const [fewest, asToday, allPairs] = [
    base.breakEvenLinks,
    base.breakEvenAsToday,
    base.breakEvenAllPairs,
  ];
  const among =
    fewest === null
      ? `Among these ${plural(adapters, 'system')} it never pays, however many links there are`
      : `Among these ${plural(adapters, 'system')} it pays from ${plural(fewest, 'link')} on; today there ${links === 1 ? 'is' : 'are'} ${formatCount(links)}`;
  const growing =
    asToday === null
      ? 'wired as today it does not pay at any size'
      : `wired as today it pays from ${plural(asToday, 'system')} on`;
  const full =
    allPairs === null ? '' : `, with a link between any two from ${formatCount(allPairs)}`;
  return `${among}; ${growing}${full}.`;
}

function writeFormula({ links, adapters, costs }: Hub): string {
  const { years, hourlyRate } = costs;
  const licence = costs.platformLicencePerYear.base;
  const hours =
    costs.totalHoursPerYear === undefined
      ? 'Hours come from field reports and assumptions, each told in docs/configuration.md, or from costs: in landscape.yaml.'
      : `Hours of a link are your ${formatCount(costs.totalHoursPerYear)} hours a year, shared by the links.`;
  const money =
    licence > 0 && hourlyRate !== undefined
      ? ` + licence ${formatCount(licence)} / ${formatCount(hourlyRate)} an hour`
      : '';
  const build = (range: { readonly base: number }): string =>
    `${formatCount(range.base)} h to build / ${years} years`;
  return `Links = ${formatCount(links)} × hours of a link. Hub = ${plural(adapters, 'adapter')} × (upkeep + ${build(costs.adapterBuildHours)}) + ${plural(links, 'route')} × (${formatCount(costs.routeHoursPerYear.base)} h + ${build(costs.routeBuildHours)}) + platform ${formatCount(costs.platformHoursPerYear.base)} h + ${build(costs.platformBuildHours)}${money}. ${hours} Defaults are illustrative, and outages and late data are not in the sum.`;
}

function formatSize(size: number | null): string {
  return size === null ? 'never' : formatCount(size);
}

function formatSigned(value: number): string {
  return value < 0 ? `−${formatCount(-value)}` : formatCount(value);
}
