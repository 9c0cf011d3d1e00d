import type { Link, Proof, System } from '../../../landscape.ts';
import { criticalities, families, systemKinds, witnesses } from '../../../vocabulary.ts';
import { clip, formatCount, formatOwner, plural } from '../../wording.ts';
import type { Context } from '../context.ts';
import { formatOrigin } from '../links.ts';
import { pairLabels } from '../pair-state.ts';
import { standings } from '../standing.ts';
import { openTexts, type Texts } from '../texts.ts';
import { chooseShown, type Shown } from './choose-shown.ts';
import { layOutRegions } from './lay-out-regions.ts';

/** The section that explores the landscape. */
export interface ExploreView {
  readonly title: string;
  /** What the matrix of systems is headed with; empty where there is no pair. */
  readonly matrixTitle: string;
  /** What is too much for it, in words. */
  readonly leftOut: string;
  /** The facts for `templates/explore/`, as JSON that is safe inside a script block; empty without systems. */
  readonly facts: string;
}

/** How many places are told of a system, and of a link whose evidence is not in the table of links. */
const mostPlaces = 2;
/** Longer names are cut: nobody reads them on a picture. */
const mostCharacters = 200;
/** Positions are whole numbers; two systems of a domain are at least so far apart. */
const unit = 100;

/** Gathers what the explorer shows: places, systems, links. Rows are lists, told apart by position. */
export function tellExplorer(context: Context): ExploreView {
  const shown = chooseShown(context);
  const { systems, links, left } = shown;
  return {
    title: `Explore ${plural(systems.length, 'system')} and ${plural(links.length, 'link')}`,
    matrixTitle: titleMatrix(systems),
    leftOut:
      left.systems + left.links > 0
        ? `Not in the explorer: ${plural(left.systems, 'system')} with the fewest links, and ${plural(left.links, 'link')}. landscape explain tells about each.`
        : '',
    facts: systems.length === 0 ? '' : writeFacts(context, shown),
  };
}

function titleMatrix(systems: readonly System[]): string {
  const counted = systems.filter((system) => system.counted).length;
  return counted < 2
    ? ''
    : `Who takes data from whom: ${formatCount((counted * (counted - 1)) / 2)} ${counted === 2 ? 'pair' : 'pairs'} of ${formatCount(counted)} systems`;
}

function writeFacts(context: Context, { systems, links }: Shown): string {
  const texts = openTexts();
  const index = new Map(systems.map(({ id }, place) => [id, place]));
  const layout = layOutRegions(
    systems.map(({ id, domain }) => ({ id, region: domain ?? '' })),
    links,
  );
  const regions = new Map(layout.regions.map(({ name }, place) => [name, place]));
  const { waves, structure, hotspots } = context.audit.analysis;
  const roles = structure.roles.map(({ role }) => role);
  const roleOf = new Map(hotspots.map(({ system, role }) => [system, roles.indexOf(role)]));
  const waveOf = new Map(
    waves.waves.flatMap(({ number, links: keys }) => keys.map((key) => [key, number] as const)),
  );
  const facts = {
    kinds: systemKinds,
    criticalities,
    families,
    witnesses,
    standings: Object.entries(standings).map(([id, { label, meaning }]) => [id, label, meaning]),
    hasRegistry: context.hasRegistry,
    pairLabels,
    roles,
    // The order of the hidden structure: each system with its role.
    layers: structure.matrix.flatMap((id) => {
      const place = index.get(id);
      return place === undefined ? [] : [[place, roleOf.get(id) ?? roles.length]];
    }),
    waves: waves.waves.length,
    regions: layout.regions.map(({ name, x, y, radius }) => [
      clip(name, mostCharacters),
      toUnits(x),
      toUnits(y),
      toUnits(radius),
    ]),
    systems: systems.map((system) => {
      const place = layout.places.get(system.id) ?? { x: 0, y: 0 };
      return [
        system.id,
        clip(context.nameOf(system.id), mostCharacters),
        regions.get(system.domain ?? '') ?? 0,
        toUnits(place.x),
        toUnits(place.y),
        systemKinds.indexOf(system.kind),
        criticalities.indexOf(system.criticality),
        (system.counted ? 1 : 0) + (system.registered ? 2 : 0),
        texts.numberOf(clip(formatOwner(system.owner), mostCharacters)),
        listDetails(system, context),
        system.origins
          .slice(0, mostPlaces)
          .map(({ line, ...origin }) => [texts.numberOf(toFile(origin)), line]),
        system.origins.length,
      ];
    }),
    links: links.map((link) => [
      index.get(link.from),
      index.get(link.to),
      ...describe(link, context, texts),
      waveOf.get(link.key) ?? 0,
      link.evidence.length,
      // The table of links holds the evidence of these already.
      context.isListed(link.key)
        ? 0
        : link.evidence.slice(0, mostPlaces).map((proof) => toPlace(proof, texts)),
      ...(link.key === `${link.from}=>${link.to}#${link.family}` ? [] : [link.key]),
    ]),
    texts: texts.list,
  };
  return JSON.stringify(facts).replaceAll('<', '\\u003c');
}

function toUnits(value: number): number {
  return Math.round(value * unit);
}

/** In the order of the labels in `templates/explore/facts.js`. */
function listDetails(system: System, { nameOf }: Context): string[] {
  const details = [
    system.type ?? '',
    system.site ?? '',
    system.partOf === undefined ? '' : nameOf(system.partOf),
    system.lifecycle ?? '',
    listFew(system.hosts),
    listFew(system.aliases),
    listFew(system.tags),
  ].map((text) => clip(text, mostCharacters));
  return details.slice(0, details.findLastIndex((text) => text !== '') + 1);
}

function listFew(items: readonly string[]): string {
  const few = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${few} and ${formatCount(items.length - 5)} more` : few;
}

function describe(link: Link, context: Context, texts: Texts): (number | string)[] {
  return [
    families.indexOf(link.family),
    texts.numberOf(clip(link.protocol ?? '', mostCharacters)),
    Object.keys(standings).indexOf(context.standingOf(link)),
    witnesses.reduce(
      (bits, witness, bit) => bits + (link.class.includes(witness) ? 1 << bit : 0),
      0,
    ),
    criticalities.indexOf(link.criticality),
    link.registered ? 1 : 0,
    texts.numberOf(clip(formatOwner(link.owner), mostCharacters)),
    texts.numberOf(clip(listFew(link.via.map(context.nameOf)), mostCharacters)),
    texts.numberOf(clip(listFew(link.objects), mostCharacters)),
  ];
}

function toPlace({ witness, origin }: Proof, texts: Texts): number[] {
  return [witnesses.indexOf(witness), texts.numberOf(toFile(origin)), origin.line];
}

/** The place without its line, since many places share a file. */
function toFile(origin: Omit<Proof['origin'], 'line'>): string {
  return formatOrigin({ ...origin, line: 0 }).slice(0, -':0'.length);
}
