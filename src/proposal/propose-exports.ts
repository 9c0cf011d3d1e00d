import type { Files } from '../files.ts';
import { groupBy, sortBy, sortedUnique } from '../order.ts';
import { type ProposedSource, toMinParsed } from './proposed-source.ts';
import { readAsSource } from './read-as-source.ts';
import type { RecognisedOf } from './recognised.ts';
import { toPatterns } from './to-patterns.ts';

type Export = RecognisedOf<'export'>;

/** Models, exports of platforms and telemetry as sources. */
export interface ProposedExports {
  readonly sources: readonly ProposedSource[];
  /** Files that are in a known form and hold nothing that is understood. */
  readonly rejected: readonly string[];
}

const hints: Readonly<Record<Export['source'], readonly string[]>> = {
  model: ['registry: true   # if what is drawn is approved by being drawn'],
  platform: ['intermediary: integration-hub   # what the platform is called here'],
  telemetry: [],
};

/** All models as one source, and so is telemetry; of platforms, each is one. */
export async function proposeExports(
  found: readonly Export[],
  files: Files,
  all: readonly string[],
): Promise<ProposedExports> {
  const groups = groupBy(found, ({ source, format }) =>
    source === 'platform' ? `${source} ${format}` : source,
  );
  const sources: ProposedSource[] = [];
  const rejected: string[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    const paths = sortedUnique(group.map(({ file }) => file));
    if (!first) continue;
    // Traces may be of any size: that their start is known is enough.
    const read =
      first.source === 'telemetry' ? undefined : await readAsSource(first.source, paths, files);
    if (read && (!read.evidence || read.counter.parsed === 0)) {
      rejected.push(...paths);
      continue;
    }
    sources.push({
      kind: first.source,
      patterns: toPatterns(paths, all),
      options: read ? toMinParsed(read.counter.parsed, read.counter.records) : [],
      because: `${sortedUnique(group.map(({ format }) => format)).join(', ')}, by the content`,
      hints: hints[first.source],
      files: paths.length,
    });
  }
  return {
    sources: sortBy(
      sources,
      ({ kind }) => kind,
      ({ patterns }) => patterns[0] ?? '',
    ),
    rejected,
  };
}
