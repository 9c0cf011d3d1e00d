import type { Judged } from '../audit.ts';
import { formatPlace } from '../errors.ts';
import { type Finding, listJudgements } from '../finding.ts';
import type { Link } from '../landscape.ts';

/** How what is checked out differs from a base, as far as rules judge it. */
export interface Change {
  /** What it is compared with, for people. */
  readonly base: string;
  /** The commit of the base; absent where an audit was given. */
  readonly commit?: string;
  /** The base has no configuration, so that all is new. */
  readonly isFirst: boolean;
  /** Judgements that the base has as well. */
  readonly known: number;
  /** Those of the base that are gone. */
  readonly mended: readonly Pick<Finding, 'rule' | 'subject'>[];
  /** What the change brings along that accepts or registers what it adds, a clause each. */
  readonly accepts: readonly string[];
  /** What of the gate is weaker than in the base, a clause each. */
  readonly weakened: readonly string[];
  /** What else a reader must know. */
  readonly notes: readonly string[];
}

const newLinkRules: readonly string[] = ['unregistered-link', 'shadow-link'];

/**
 * An audit with the findings alone that a base does not have. Of what is said of one link, only the
 * new part is left.
 * @param base undefined where there was no landscape
 */
export function narrowToChange(
  head: Judged,
  base: Judged | undefined,
  about: Pick<Change, 'base' | 'commit' | 'notes' | 'weakened'>,
): { readonly audit: Judged; readonly change: Change } {
  const before = listJudgements(base?.findings ?? []);
  const earlier = new Map(before.map((finding) => [finding.fingerprint, finding]));
  // What was accepted and is not any more, or what has grown, is as new as what was not there.
  const isKnown = ({ fingerprint, accepted, figure = 0 }: Finding): boolean => {
    const same = earlier.get(fingerprint);
    if (same === undefined || figure > (same.figure ?? figure)) return false;
    return accepted !== undefined || same.accepted === undefined;
  };
  const all = listJudgements(head.findings);
  const now = new Set(all.map(({ fingerprint }) => fingerprint));
  const describe = openWording(head, base);
  const findings = head.findings.flatMap((finding): Finding[] => {
    const { also: _also, ...lead } = finding;
    const [first, ...also] = [lead, ...(finding.also ?? [])].filter((each) => !isKnown(each));
    if (!first) return [];
    const told = describe(first);
    return [also.length === 0 ? told : { ...told, also }];
  });
  const { baseline } = head;
  const own = listJudgements(findings).filter(
    ({ accepted }) => accepted && accepted.origin.file === baseline?.file,
  );
  return {
    audit: {
      ...head,
      findings,
      ...(baseline && { baseline: { ...baseline, entries: own.length } }),
    },
    change: {
      ...about,
      weakened: [...about.weakened, ...compareCoverage(head, base)],
      accepts: listAccepted(findings, head, base),
      isFirst: base === undefined,
      known: all.filter(isKnown).length,
      mended: before
        .filter(({ fingerprint }) => !now.has(fingerprint))
        .map(({ rule, subject }) => ({ rule, subject })),
    },
  };
}

/** Says of a link what the change did to it. */
function openWording(head: Judged, base: Judged | undefined): (finding: Finding) => Finding {
  const names = new Map(head.systems.map(({ id, name }) => [id, name]));
  const links = new Map(head.links.map((link) => [link.key, link]));
  const before = new Map(base?.links.map((link) => [link.key, link]));
  const tell = ({ from, to, protocol, family }: Link): string =>
    `from ${names.get(from) ?? from} to ${names.get(to) ?? to} over ${protocol ?? family}`;
  return (finding) => {
    const link = links.get(finding.subject);
    if (!base || !link || !newLinkRules.includes(finding.rule)) return finding;
    const [place] = finding.evidence;
    const at = place ? ` at ${formatPlace(place).replace(/:\d+$/, '')}` : '';
    const old = before.get(link.key);
    if (!old)
      return {
        ...finding,
        message: `This change adds a link ${tell(link)}${at}.`,
        remedy: 'Register it, route it through the platform, or accept it.',
      };
    if (!old.registered || link.registered) return finding;
    return {
      ...finding,
      message: `This change takes the link ${tell(link)} out of the registry, and it is still there${at}.`,
      remedy: 'Put its row back, or remove what makes the link.',
    };
  };
}

/** Findings of the change that it accepts itself, and lines that a comment of its own ties to a row. */
function listAccepted(
  findings: readonly Finding[],
  head: Judged,
  base: Judged | undefined,
): readonly string[] {
  const accepted = listJudgements(findings).flatMap(({ rule, subject, accepted: loan }) => {
    if (!loan || (!loan.isComment && loan.origin.file !== head.baseline?.file)) return [];
    return [`accepts ${rule} of ${subject} at ${formatPlace(loan.origin)} until ${loan.expires}`];
  });
  const left = new Map<string, number>();
  for (const { link, ties } of base?.comments ?? [])
    if (link !== undefined && ties > 0) left.set(link, (left.get(link) ?? 0) + ties);
  const tied = (head.comments ?? []).flatMap(({ link, ties, origin }) => {
    if (link === undefined || ties === 0) return [];
    const before = left.get(link) ?? 0;
    left.set(link, before - ties);
    return before >= ties
      ? []
      : [`ties its line to ${link} by a comment at ${formatPlace(origin)}`];
  });
  return [...accepted, ...tied];
}

/** Sources of which less is understood than before: what nobody could read is not clean. */
function compareCoverage(head: Judged, base: Judged | undefined): string[] {
  if (!base) return [];
  const nameOf = ({ kind, source }: Judged['coverage']['sources'][number]): string =>
    `${kind}: ${source}`;
  const before = new Map(base.coverage.sources.map((source) => [nameOf(source), source.skipped]));
  return head.coverage.sources.flatMap((source) => {
    const more = source.skipped - (before.get(nameOf(source)) ?? 0);
    if (more <= 0) return [];
    const [first] = source.skippedPlaces;
    return [
      `${nameOf(source)} has ${more} more of its ${source.unit} that ${more === 1 ? 'is' : 'are'} not understood${first ? ` (${formatPlace(first.place)} ${first.reason})` : ''}`,
    ];
  });
}
