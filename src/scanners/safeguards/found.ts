import { toSummary } from '../../evidence.ts';
import type { Precaution, Safeguard } from '../../vocabulary.ts';
import type { Position, SafeguardFact } from '../scripts/facts.ts';

/** Collects the safeguards of one script; of equal ones only the first few places are kept. */
export interface Found {
  provide(safeguard: Safeguard | Precaution, place: Position, summary: string): void;
  defeat(safeguard: Safeguard | Precaution, place: Position, summary: string): void;
  list(): SafeguardFact[];
}

const mostPlaces = 5;

export function openFound(): Found {
  const facts: SafeguardFact[] = [];
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const add = (
    safeguard: Safeguard | Precaution,
    effect: SafeguardFact['effect'],
    { line, column }: Position,
    summary: string,
  ): void => {
    const kind = `${safeguard} ${effect}`;
    const exact = `${kind} ${line} ${summary}`;
    const count = counts.get(kind) ?? 0;
    if (count >= mostPlaces || seen.has(exact)) return;
    counts.set(kind, count + 1);
    seen.add(exact);
    facts.push({
      kind: 'safeguard',
      safeguard,
      effect,
      line,
      column,
      summary: toSummary(summary),
    });
  };
  return {
    provide: (safeguard, place, summary) => add(safeguard, 'provides', place, summary),
    defeat: (safeguard, place, summary) => add(safeguard, 'defeats', place, summary),
    list: () =>
      facts.sort(
        (a, b) =>
          a.line - b.line || (a.safeguard < b.safeguard ? -1 : a.safeguard > b.safeguard ? 1 : 0),
      ),
  };
}
