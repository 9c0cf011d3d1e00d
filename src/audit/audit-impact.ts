import { findImpact } from '../analyzers/impact/find-impact.ts';
import { indexLandscape, linksOf } from '../analyzers/impact/landscape-index.ts';
import { type Impact, type Question, questions } from '../analyzers/impact/model.ts';
import type { Audit } from '../audit.ts';
import type { Config } from '../config.ts';
import { didYouMean, UsageError } from '../errors.ts';
import { sortedUnique } from '../order.ts';
import { findImpactSubject } from './find-impact-subject.ts';
import { listKnown } from './tell-candidates.ts';

/** What is asked, as the command line says it. */
export interface ImpactRequest {
  /** A system or link by any of its names. */
  readonly text: string;
  /** All of them where it is empty. */
  readonly questions: readonly Question[];
  readonly object?: string;
  readonly depth?: number;
}

/** The answers, in the order of the questions. */
export interface ImpactReport {
  readonly impacts: readonly Impact[];
  readonly notes: readonly string[];
}

/**
 * Tells who is hit if something happens to a system or link of an audit.
 * @throws UsageError where the text means no system or link, or no link carries the object
 */
export function auditImpact(audit: Audit, config: Config, request: ImpactRequest): ImpactReport {
  const { subject, notes } = findImpactSubject(audit, config, request.text);
  const index = indexLandscape(audit, audit.analysis.impact.objects);
  const carried = sortedUnique(linksOf(index, subject).flatMap((link) => link.objects));
  const reach = {
    ...(request.depth !== undefined && { depth: request.depth }),
    ...(request.object !== undefined && { object: findObject(audit, request.object, carried) }),
  };
  return {
    impacts: (request.questions.length === 0 ? questions : request.questions).map((question) =>
      findImpact(index, question, subject, reach),
    ),
    notes,
  };
}

/** The object as links write it. @param carried by the links of the subject */
function findObject({ links }: Audit, name: string, carried: readonly string[]): string {
  const known = sortedUnique(links.flatMap(({ objects }) => objects));
  const folded = name.trim().toLowerCase();
  const found = known.includes(name)
    ? name
    : known.find((object) => object.toLowerCase() === folded);
  if (found !== undefined) return found;
  const here =
    carried.length === 0
      ? ' Its links name no object; leave --object out.'
      : ` Its links carry ${listKnown(carried)}.`;
  throw new UsageError(`No link carries "${name}".${didYouMean(name, known) || here}`);
}
