import { findImpact } from '../../analyzers/impact/find-impact.ts';
import { indexLandscape } from '../../analyzers/impact/landscape-index.ts';
import type { CriticalityCounts } from '../../analyzers/impact/measure-impact.ts';
import { type Impact, questions } from '../../analyzers/impact/model.ts';
import { sortBy } from '../../order.ts';
import { criticalities } from '../../vocabulary.ts';
import { groupHits, questionWords, tellImpact, tellWay } from '../impact/words.ts';
import { formatCount, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';

/** Who is hit, for one system that a reader can choose. */
interface Choice {
  readonly id: string;
  readonly name: string;
  readonly answers: readonly {
    readonly title: string;
    readonly sentence: string;
    readonly groups: readonly {
      readonly title: string;
      readonly hits: readonly (Named & { readonly way: string })[];
      readonly more: string;
    }[];
  }[];
}

interface ImpactRow extends Named {
  readonly figures: readonly { readonly text: string; readonly value: number }[];
}

/** Who is hit if something happens to a system. */
export interface ImpactView {
  readonly title: string;
  readonly choices: readonly Choice[];
  /** What choosing leaves out. */
  readonly rest: string;
  /** The systems that hit most, in landscapes too large for all. */
  readonly rows: readonly ImpactRow[];
}

/** Names that each group lists. */
const mostNames = 8;
const mostChoices = 40;
const mostRows = 20;
/** Answers take time with every link, and room with every system: so many links × systems. */
const mostWork = 60_000;

/** Answers for the systems that hit most; in a large landscape for few of them, or none. */
export function tellReach(context: Context): ImpactView {
  const { audit } = context;
  const ranked = sortBy(
    audit.analysis.impact.systems,
    ({ outage }) => -weigh(outage.direct),
    ({ outage }) => -sum(outage.reach),
    ({ system }) => system,
  );
  const room = Math.min(mostChoices, Math.floor(mostWork / Math.max(1, audit.links.length)));
  const index = indexLandscape(audit, audit.analysis.impact.objects);
  const chosen = ranked.slice(0, room).map(({ system }): Choice => {
    const name = context.nameOf(system);
    const answers = questions.map((question) =>
      toAnswer(context, findImpact(index, question, { kind: 'system', id: system }), name),
    );
    return { id: system, name, answers };
  });
  const left = ranked.length - chosen.length;
  return {
    title: ranked[0]
      ? `An outage of ${context.nameOf(ranked[0].system)} hits ${plural(sum(ranked[0].outage.direct), 'system')} at once`
      : 'No system hits another, as far as the sources show',
    choices: chosen,
    rest: left === 0 ? '' : `${formatCount(left)} more systems`,
    rows:
      left === 0
        ? []
        : ranked.slice(0, mostRows).map(({ system, outage, late, apiChange, retire }) => ({
            ...context.toSystem(system),
            figures: [outage.direct, outage.reach, late.reach, apiChange.direct, retire.direct].map(
              (counts) => ({ text: formatCount(sum(counts)), value: sum(counts) }),
            ),
          })),
  };
}

function toAnswer(context: Context, impact: Impact, name: string): Choice['answers'][number] {
  return {
    title: questionWords[impact.question].title,
    sentence: tellImpact(impact, name),
    groups: groupHits(impact).map(({ title, hits }) => ({
      title,
      hits: hits.slice(0, mostNames).map((hit) => ({
        ...context.toSystem(hit.system),
        way: hit.distance === 1 ? '' : tellWay(hit, context.nameOf),
      })),
      more: hits.length > mostNames ? `and ${formatCount(hits.length - mostNames)} more` : '',
    })),
  };
}

function sum(counts: CriticalityCounts): number {
  return criticalities.reduce((all, criticality) => all + (counts[criticality] ?? 0), 0);
}

/** The heavier ones count first, however many lighter ones there are. */
function weigh(counts: CriticalityCounts): number {
  return criticalities.reduce((all, criticality) => all * 1e4 + (counts[criticality] ?? 0), 0);
}
