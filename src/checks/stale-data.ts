import type { Freshness } from '../analyzers/freshness/model.ts';
import type { Judgement, Rule } from './rule.ts';

/** Data gets older than the configuration allows, although every run succeeds. */
export const staleData: Rule = {
  name: 'stale-data',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape, analysis, objects }) => {
    const limits = new Map(
      objects.flatMap(({ object, maxAgeHours }) =>
        maxAgeHours === undefined ? [] : [[object, maxAgeHours] as const],
      ),
    );
    if (limits.size === 0) return [];
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    const names = new Map(landscape.systems.map(({ id, name }) => [id, name]));
    return analysis.freshness.flatMap((row): Judgement[] => {
      const limit = limits.get(row.object);
      const last = row.path.at(-1);
      if (limit === undefined || last === undefined) return [];
      const message = tellAge(row, names.get(row.consumer) ?? row.consumer, limit);
      if (message === undefined) return [];
      return [
        {
          subject: last,
          message,
          remedy:
            'Let its jobs run more often or at other times, tell each change at once, or allow a greater age.',
          related: [...new Set([row.consumer, ...row.path.slice(0, -1)])],
          evidence: row.path
            .toReversed()
            .flatMap((key) => links.get(key)?.evidence ?? [])
            .map(({ origin }) => origin),
          detail: [row.object, row.origin, row.as ?? ''].join('\u0000'),
          isTentative: row.certainty === 'possible',
        },
      ];
    });
  },
};

/** As in "stock in ERP gets up to 55.5 hours old when it is read, and 24 are allowed". */
function tellAge(row: Freshness, consumer: string, limit: number): string | undefined {
  const isRead = row.worstAgeAtReadHours.length > 0;
  const [age, afterOne] = isRead ? row.worstAgeAtReadHours : row.worstAgeAtRestHours;
  const possibly = row.certainty === 'possible' ? 'possibly ' : '';
  if (age === undefined || (age !== null && age <= limit)) return undefined;
  const allowed = `${toTenth(limit)} are allowed`;
  if (age === null)
    return `${row.object} of ${row.origin} ${possibly}never comes to ${consumer} ${isRead ? 'before it is read' : 'in the time that is known'}; ${allowed}.`;
  const when = isRead ? 'when it is read' : 'at rest';
  const worse =
    typeof afterOne === 'number' && afterOne > age
      ? ` After one failed run it is up to ${toTenth(afterOne)}.`
      : '';
  return `${row.object} in ${consumer} ${possibly}gets up to ${toTenth(age)} hours old ${when} although every run succeeds; ${allowed}.${worse}`;
}

function toTenth(hours: number): number {
  return Math.round(hours * 10) / 10;
}
