import { findImpact } from '../../analyzers/impact/find-impact.ts';
import { indexLandscape } from '../../analyzers/impact/landscape-index.ts';
import type { CriticalityCounts } from '../../analyzers/impact/measure-impact.ts';
import { type Impact, questions } from '../../analyzers/impact/model.ts';
import { sortBy } from '../../order.ts';
import { criticalities } from '../../vocabulary.ts';
import { groupHits, questionWords, tellImpact, tellWay } from '../impact/words.ts';
import { formatCount, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';
import { isTellable } from './facts/tell-link-facts.ts';

/** Who is hit by one system. */
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
  /** The system that hits most: what a reader sees before asking about another. */
  readonly first: string;
  /** Why no system can be asked about in the page; empty where each can be. */
  readonly leftOut: string;
  /** The systems that hit most. */
  readonly rows: readonly ImpactRow[];
}

/** Names that each group lists. */
const mostNames = 8;
/** Without script and on paper; with script, a reader asks about any system. */
const mostChoices = 3;
const mostRows = 20;
/** Answers take time with every link. */
const mostWork = 60_000;

/** Answers for the systems that hit most, as a page without script has them. */
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
  return {
    title: ranked[0]
      ? `An outage of ${context.nameOf(ranked[0].system)} hits ${plural(sum(ranked[0].outage.direct), 'system')} at once`
      : 'No system hits another, as far as the sources show',
    choices: chosen,
    first: ranked[0]?.system ?? '',
    leftOut: isTellable(audit)
      ? ''
      : `No system can be asked about here: ${plural(audit.links.length, 'link')} are too many for one page.`,
    rows: ranked.slice(0, mostRows).map(({ system, outage, late, apiChange, retire }) => ({
      name: context.nameOf(system),
      href: `#impact?system=${encodeURIComponent(system)}`,
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
