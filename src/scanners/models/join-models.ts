import type { Model } from './model.ts';

/** The diagrams of one file as one model: each has ids of its own. */
export function joinModels(models: readonly Model[]): Model {
  const leftOut: Record<string, number> = {};
  for (const model of models)
    for (const [what, count] of Object.entries(model.leftOut ?? {}))
      leftOut[what] = (leftOut[what] ?? 0) + count;
  return {
    elements: models.flatMap(({ elements }, index) =>
      elements.map(({ whole, ...element }) => ({
        ...element,
        id: `${index}:${element.id}`,
        ...(whole === undefined ? {} : { whole: `${index}:${whole}` }),
      })),
    ),
    relations: models.flatMap(({ elements, relations }, index) => {
      const own = new Set(elements.map(({ id }) => id));
      // A name that is defined nowhere is told as it is written.
      const within = (id: string): string => (own.has(id) ? `${index}:${id}` : id);
      return relations.map((relation) => ({
        ...relation,
        from: within(relation.from),
        to: within(relation.to),
      }));
    }),
    leftOut,
    skipped: models.flatMap(({ skipped = [] }) => skipped),
  };
}
