import { formatPlace } from '../../errors.ts';
import {
  formatCount,
  formatDetected,
  formatPercent,
  formatReferences,
  listHeaders,
  listUnread,
  plural,
} from '../wording.ts';
import type { Context } from './context.ts';
import { formatOrigin } from './links.ts';

/** What was read, how much of it was understood, and what could not be followed. */
export interface CoverageView {
  readonly title: string;
  readonly sources: readonly {
    readonly source: string;
    readonly kind: string;
    readonly environment: string;
    readonly files: string;
    readonly unit: string;
    readonly records: string;
    readonly parsed: string;
    readonly skipped: string;
    readonly share: string;
    readonly window: string;
    readonly unread: string;
    /** Headers of tables, and the columns they were taken for. */
    readonly headers: string;
    readonly leftOut: string;
    /** What was found by content. */
    readonly formats: string;
    readonly problems: readonly string[];
  }[];
  readonly inputs: Context['audit']['inputs'];
  readonly references: string;
  readonly unresolvedTitle: string;
  readonly unresolved: readonly {
    readonly reference: string;
    readonly reason: string;
    readonly message: string;
    readonly suggestion: string;
    readonly calls: string;
    readonly places: readonly string[];
  }[];
}

/** Lists every source with its denominators. */
export function listCoverage({ audit }: Context): CoverageView {
  const { sources } = audit.coverage;
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  const skipped = sources.reduce((sum, source) => sum + source.skipped, 0);
  const unresolved = audit.unresolved.length;
  return {
    title: `${formatCount(records - skipped)} of ${plural(records, 'record')} understood in ${plural(sources.length, 'source')}`,
    sources: sources.map((source) => ({
      source: source.source,
      kind: source.kind,
      environment: source.environment,
      files: formatCount(source.files),
      unit: source.unit,
      records: formatCount(source.records),
      parsed: formatCount(source.parsed),
      skipped: formatCount(source.skipped),
      share: source.records === 0 ? '' : formatPercent(source.parsed / source.records),
      window: source.window
        ? `${source.window[0].slice(0, 10)} to ${source.window[1].slice(0, 10)}`
        : '',
      leftOut: Object.entries(source.leftOut)
        .map(([kind, count]) => `${formatCount(count)} × ${kind}`)
        .join(', '),
      formats: formatDetected(source),
      headers: listHeaders(source).join(', '),
      unread: listUnread(source).join(', '),
      problems: [...source.skippedPlaces, ...source.flaws].map(
        ({ place, reason }) => `${formatPlace(place)}: ${reason}`,
      ),
    })),
    inputs: audit.inputs,
    references: `${formatReferences(audit.coverage.references)}.`,
    unresolvedTitle:
      unresolved === 0
        ? 'Every reference was followed to a system'
        : `${plural(unresolved, 'reference')} could not be followed`,
    unresolved: audit.unresolved.map(
      ({ reference, reason, message, suggestion, calls, origins }) => ({
        reference,
        reason: reason.replaceAll('-', ' '),
        message,
        suggestion: suggestion ?? '',
        calls: calls > 0 ? formatCount(calls) : '',
        places: origins.map(formatOrigin),
      }),
    ),
  };
}
