import { groupBy, sortBy } from '../../../order.ts';
import { seedPlace } from './seed-place.ts';
import { separate } from './separate.ts';
import { type Points, settle } from './settle.ts';

/** A system to place: its id, and the region it belongs to. */
export interface Member {
  readonly id: string;
  readonly region: string;
}

/** A circle that holds all members of one region, and none of another. */
export interface Region {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where everything is; one unit is the least distance of two systems of one region. */
export interface RegionLayout {
  readonly regions: readonly Region[];
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
}

/** Room between regions, and between a system and the edge of its region. */
const gap = 0.9;
const margin = 0.55;
/**
 * How much a region clings to the place that its name gives it, against all links. With less, one
 * system less moves regions across the picture; with more, links hardly matter.
 */
const homeWeight = 1;

/**
 * Gives each region a circle and each system a place in the circle of its region. Every place starts
 * where its name says and depends on the rest smoothly, so that one system or link more moves
 * the others little. Regions with many links between them come to lie side by side, systems with
 * links to another region on that side of their own.
 */
export function layOutRegions(
  members: readonly Member[],
  links: readonly { readonly from: string; readonly to: string }[],
): RegionLayout {
  const byRegion = groupBy(
    sortBy(
      members,
      ({ region }) => region,
      ({ id }) => id,
    ),
    ({ region }) => region,
  );
  const names = [...byRegion.keys()];
  const regionOf = new Map(members.map(({ id, region }) => [id, names.indexOf(region)]));
  const indexOf = new Map(
    [...byRegion.values()].flatMap((group) => group.map(({ id }, index) => [id, index] as const)),
  );
  const between = new Float32Array(names.length ** 2);
  const inside: [number, number][][] = names.map(() => []);
  const outside = new Map<string, number[]>();
  for (const { from, to } of links) {
    const a = regionOf.get(from);
    const b = regionOf.get(to);
    if (a === undefined || b === undefined || from === to) continue;
    if (a === b) {
      inside[a]?.push([indexOf.get(from) as number, indexOf.get(to) as number]);
      continue;
    }
    const cell = Math.min(a, b) * names.length + Math.max(a, b);
    between[cell] = (between[cell] as number) + 1;
    outside.set(from, [...(outside.get(from) ?? []), b]);
    outside.set(to, [...(outside.get(to) ?? []), a]);
  }
  const radii = Float64Array.from(byRegion.values(), (group) => measureRadius(group.length));
  const centres = placeRegions(names, radii, between);
  const places = new Map<string, { x: number; y: number }>();
  [...byRegion.values()].forEach((group, region) => {
    const at = { x: centres.x[region] as number, y: centres.y[region] as number };
    const inner = (radii[region] as number) - margin;
    const pull = toPull(group, outside, centres, at, inner);
    const found = placeMembers(group, inside[region] ?? [], inner, pull);
    group.forEach(({ id }, index) => {
      places.set(id, {
        x: at.x + (found.x[index] as number),
        y: at.y + (found.y[index] as number),
      });
    });
  });
  return {
    regions: names.map((name, index) => ({
      name,
      x: centres.x[index] as number,
      y: centres.y[index] as number,
      radius: radii[index] as number,
    })),
    places,
  };
}

/** Room for circles of diameter 1 without order: half of the area stays free. */
function measureRadius(count: number): number {
  return count === 1 ? 0.85 : 0.8 * Math.sqrt(count) + margin;
}

function placeRegions(
  names: readonly string[],
  radii: Float64Array,
  between: Float32Array,
): Points {
  const count = names.length;
  let area = 0;
  for (const radius of radii) area += (radius + gap / 2) ** 2;
  const whole = Math.sqrt(area) * 1.25;
  const start = names.map((name) => seedPlace(`region ${name}`));
  const points = {
    x: Float64Array.from(start, ({ x }) => x * whole),
    y: Float64Array.from(start, ({ y }) => y * whole),
  };
  const distances = new Float32Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const least = (radii[i] as number) + (radii[j] as number) + gap;
      const links = between[i * count + j] as number;
      distances[i * count + j] = least + (Math.max(0, 1.3 * whole - least) * 2) / (2 + links);
    }
  separate(points, radii, gap);
  const home = {
    x: points.x.slice(),
    y: points.y.slice(),
    weight: new Float64Array(count).fill(homeWeight),
  };
  settle(points, { distances, pull: home });
  // A picture is wider than high.
  for (let i = 0; i < count; i++) {
    points.x[i] = (points.x[i] as number) * 1.2;
    points.y[i] = (points.y[i] as number) * 0.8;
  }
  separate(points, radii, gap);
  return points;
}

/** Those with links to other regions are drawn to the rim on that side. */
function toPull(
  group: readonly Member[],
  outside: ReadonlyMap<string, readonly number[]>,
  centres: Points,
  at: { readonly x: number; readonly y: number },
  inner: number,
): Points & { readonly weight: Float64Array } {
  const x = new Float64Array(group.length);
  const y = new Float64Array(group.length);
  const weight = new Float64Array(group.length);
  group.forEach(({ id }, index) => {
    const partners = outside.get(id) ?? [];
    let dx = 0;
    let dy = 0;
    for (const region of partners) {
      const toX = (centres.x[region] as number) - at.x;
      const toY = (centres.y[region] as number) - at.y;
      const distance = Math.sqrt(toX * toX + toY * toY) + 1e-9;
      dx += toX / distance;
      dy += toY / distance;
    }
    x[index] = (dx / (partners.length + 1)) * inner;
    y[index] = (dy / (partners.length + 1)) * inner;
    weight[index] = (0.3 * partners.length) / (partners.length + 2);
  });
  return { x, y, weight };
}

function placeMembers(
  group: readonly Member[],
  links: readonly (readonly [number, number])[],
  inner: number,
  pull: Points & { readonly weight: Float64Array },
): Points {
  const count = group.length;
  if (count === 1) return { x: new Float64Array(1), y: new Float64Array(1) };
  const start = group.map(({ id }) => seedPlace(id));
  const points = {
    x: Float64Array.from(start, ({ x }) => x * inner),
    y: Float64Array.from(start, ({ y }) => y * inner),
  };
  const distances = new Float32Array(count * count).fill(Math.max(1, inner));
  for (const [a, b] of links) distances[Math.min(a, b) * count + Math.max(a, b)] = 1.4;
  settle(points, { distances, pull });
  fill(points, inner);
  separate(points, new Float64Array(count).fill(0.55), 0, inner);
  return points;
}

/** Moves and scales points so that they take up the circle: even ones lie r/√2 from its middle on average. */
function fill({ x, y }: Points, radius: number): void {
  let middleX = 0;
  let middleY = 0;
  for (let i = 0; i < x.length; i++) {
    middleX += (x[i] as number) / x.length;
    middleY += (y[i] as number) / x.length;
  }
  for (let i = 0; i < x.length; i++) {
    x[i] = (x[i] as number) - middleX;
    y[i] = (y[i] as number) - middleY;
  }
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) ** 2 + (y[i] as number) ** 2;
  const scale = (0.66 * radius) / (Math.sqrt(sum / x.length) + 1e-9);
  for (let i = 0; i < x.length; i++) {
    x[i] = (x[i] as number) * scale;
    y[i] = (y[i] as number) * scale;
  }
}
