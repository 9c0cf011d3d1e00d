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
    relations: models.flatMap(({ relations }, index) =>
      relations.map((relation) => ({
        ...relation,
        from: `${index}:${relation.from}`,
        to: `${index}:${relation.to}`,
      })),
    ),
    leftOut,
    skipped: models.flatMap(({ skipped = [] }) => skipped),
  };
}
