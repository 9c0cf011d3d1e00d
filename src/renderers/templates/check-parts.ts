import { InputError } from '../../errors.ts';
import { reportParts } from '../html/parts.ts';
import { checkTemplate, listNamedKeys } from './check-template.ts';
import type { UserTemplates } from './user-templates.ts';
import { refuseFaults } from './write-pages.ts';

const mostWrites = 1_000;
const mostLooked = 50;

/**
 * Checks the parts of a report that a user replaces, before any is written.
 * @param ours our own parts, by name
 * @param view what the report is written from
 * @throws InputError with file, line and remedy
 */
export function checkParts(
  { folder, parts }: UserTemplates,
  ours: ReadonlyMap<string, string>,
  view: object,
): void {
  const keys = new Set([...ours.values()].flatMap(listNamedKeys));
  collectKeys(view, keys);
  const checked = [...parts].map(
    ([name, text]) => [name, checkTemplate(text, { keys, parts: reportParts })] as const,
  );
  refuseFaults(
    checked.map(([name, { faults }]) => [`${folder}/report/${name}.hbs`, faults] as const),
  );
  const uses = new Map<string, readonly string[]>(
    [...ours].map(([name, text]) => [name, checkTemplate(text, { keys, parts: reportParts }).uses]),
  );
  for (const [name, { uses: used }] of checked) uses.set(name, used);
  for (const [name] of parts) refuseEndless(name, uses, `${folder}/report/${name}.hbs`);
}

/** Keys of plain data at any depth; a long list is alike all through. */
function collectKeys(value: unknown, keys: Set<string>): void {
  if (Array.isArray(value)) for (const item of value.slice(0, mostLooked)) collectKeys(item, keys);
  else if (typeof value === 'object' && value !== null && !('toHTML' in value))
    for (const [key, item] of Object.entries(value)) {
      keys.add(key);
      collectKeys(item, keys);
    }
}

/** Parts that write each other would never end. */
function refuseEndless(
  start: string,
  uses: ReadonlyMap<string, readonly string[]>,
  file: string,
): void {
  const counts = new Map<string, number>();
  const count = (name: string, open: readonly string[]): number => {
    if (open.includes(name))
      throw new InputError(
        `${file}:1:1: the parts ${[...open, name].join(' → ')} write each other without end; take one out.`,
      );
    const known = counts.get(name);
    if (known !== undefined) return known;
    const total = (uses.get(name) ?? []).reduce(
      (sum, used) => sum + count(used, [...open, name]),
      1,
    );
    counts.set(name, total);
    return total;
  };
  if (count(start, []) > mostWrites)
    throw new InputError(`${file}:1:1: writes more than ${mostWrites} parts; take some out.`);
}
