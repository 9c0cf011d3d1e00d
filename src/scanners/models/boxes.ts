import { clip } from './clip.ts';
import type { Model, ModelElement } from './model.ts';

/** An element, and the one that stands for it in a landscape. */
export interface Box {
  readonly element: ModelElement;
  readonly id: string;
  readonly whole: ModelElement | undefined;
  /** Nothing else of the file is called so. */
  readonly isOnly: boolean;
}

/** The elements of a file, and what stands for each. */
export interface Boxes {
  readonly byId: ReadonlyMap<string, ModelElement>;
  /** The box that stands for each element: its own, or that of what it is inside of. */
  readonly of: ReadonlyMap<string, Box>;
}

const deepest = 50;

/** Finds the box that stands for each element. */
export function openBoxes({ elements }: Pick<Model, 'elements'>): Boxes {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const of = new Map<string, Box>();
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const element of elements) {
    let own: ModelElement | undefined = element;
    for (let guard = 0; own?.rank === 'inner' && guard < deepest; guard++)
      own = own.whole === undefined ? undefined : byId.get(own.whole);
    if (own === undefined || typeof own.rank === 'object' || own.rank === 'inner') continue;
    const whole = own.rank === 'part' ? findSystem(own, byId) : undefined;
    const isOnly = counts.get(own.name) === 1;
    of.set(element.id, { element: own, id: nameBox(own, whole), whole, isOnly });
  }
  return { byId, of };
}

function findSystem(
  part: ModelElement,
  byId: ReadonlyMap<string, ModelElement>,
): ModelElement | undefined {
  let whole = part.whole === undefined ? undefined : byId.get(part.whole);
  for (let guard = 0; whole && whole.rank !== 'system' && guard < deepest; guard++)
    whole = whole.whole === undefined ? undefined : byId.get(whole.whole);
  return whole?.rank === 'system' && whole.name !== part.name ? whole : undefined;
}

/** Two systems may each have a part that is called "Database", two entries of a catalog one title. */
function nameBox({ key, name }: ModelElement, whole: ModelElement | undefined): string {
  if (key !== undefined) return clip(key);
  return whole === undefined ? clip(name) : `${clip(whole.name)} / ${clip(name)}`;
}
