import { sortBy } from '../../order.ts';

interface Arrow {
  readonly from: string;
  readonly to: string;
}

/**
 * Spreads systems over a few layers, senders first, so that no two that exchange data share one,
 * and tells which layer each is in. Cycles make the layers along the data many; these stay few.
 */
export function assignLayers(
  ids: readonly string[],
  arrows: readonly Arrow[],
  count: number,
  mostInOne = ids.length,
): ReadonlyMap<string, number> {
  const partners = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  const balance = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const { from, to } of arrows) {
    partners.get(from)?.add(to);
    partners.get(to)?.add(from);
    balance.set(from, (balance.get(from) ?? 0) + 1);
    balance.set(to, (balance.get(to) ?? 0) - 1);
  }
  const sizeOf = (id: string): number => Math.max(1, partners.get(id)?.size ?? 1);
  const wish = (id: string): number =>
    ((1 - Math.max(-1, Math.min(1, (balance.get(id) ?? 0) / sizeOf(id)))) / 2) * (count - 1);
  const layers = new Map<string, number>();
  const sizes = new Map<number, number>();
  const isFull = (layer: number): boolean => (sizes.get(layer) ?? 0) >= mostInOne;
  for (const id of sortBy(
    ids,
    (each) => -sizeOf(each),
    (each) => each,
  )) {
    const taken = new Set([...(partners.get(id) ?? [])].map((partner) => layers.get(partner)));
    const free = sortBy(
      Array.from({ length: ids.length + count }, (_, layer) => layer).filter(
        (layer) => !taken.has(layer),
      ),
      (layer) =>
        Math.abs(layer - wish(id)) +
        (layer >= count ? ids.length : 0) +
        (isFull(layer) ? count : 0),
      (layer) => layer,
    );
    const layer = free[0] ?? 0;
    layers.set(id, layer);
    sizes.set(layer, (sizes.get(layer) ?? 0) + 1);
  }
  return layers;
}
