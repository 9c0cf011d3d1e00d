import type { ConnectionFact, Flow, Reading } from '../facts.ts';

interface Synonym {
  /** `hr.emp` of `hr.emp@fin`. */
  readonly table: string;
  readonly link: string;
}

/**
 * Uses of tables that a script of the same source made a synonym of a table behind a database link:
 * a select from the synonym reads over the link.
 */
export function openSynonyms(
  readings: ReadonlyMap<string, Reading>,
): (file: string) => ConnectionFact[] {
  const synonyms = new Map<string, Synonym | undefined>();
  for (const { definitions } of readings.values()) {
    for (const [name, text] of Object.entries(definitions)) {
      const [, synonym] = /^@synonym (.+)$/.exec(name) ?? [];
      const [, table, link] = /^(.+)@([^@]+)$/.exec(text) ?? [];
      if (synonym === undefined || table === undefined || link === undefined) continue;
      const known = synonyms.get(synonym);
      // Two scripts that differ say nothing.
      const isSame = known === undefined || (known.table === table && known.link === link);
      synonyms.set(synonym, synonyms.has(synonym) && !isSame ? undefined : { table, link });
    }
  }
  return (file) =>
    (readings.get(file)?.sites ?? []).flatMap(({ function: called, args, line, column }) => {
      const [, name] = /^@table (.+)$/.exec(called) ?? [];
      const synonym = name === undefined ? undefined : synonyms.get(name);
      if (!synonym) return [];
      const flow = toFlow(args[0]);
      return [
        {
          kind: 'connection',
          line,
          column,
          target: { kind: 'alias', value: synonym.link },
          flow,
          protocol: 'database',
          style: 'database',
          resource: synonym.table,
          confidence: 0.7,
          summary: `${flow === 'push' ? 'writes to' : 'reads from'} ${synonym.table} over ${synonym.link}`,
        },
      ];
    });
}

function toFlow(text: string | undefined): Flow {
  return text === 'pull' || text === 'push' || text === 'both' ? text : 'unknown';
}
