import type { Origin } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import type { Comment, Landscape } from '../landscape.ts';

/** Findings with what comments accept of them, and the comments that had nothing to accept. */
export interface Commented {
  readonly findings: readonly Finding[];
  readonly idle: readonly Comment[];
}

/**
 * A comment accepts what is found at its lines: the first place of a finding, where it would be
 * mended. Another file of code that makes the same finding needs a comment of its own, or the second
 * script of a link would hide behind the first.
 */
export function acceptByComments(findings: readonly Finding[], landscape: Landscape): Commented {
  const holding = (landscape.comments ?? []).filter(
    ({ accepts, faults }) => accepts && faults.length === 0,
  );
  if (holding.length === 0) return { findings, idle: [] };
  const find = indexPlaces(holding);
  const code = listCodeFiles(landscape);
  const used = new Set<Comment>();
  const accepted = findings.map((finding): Finding => {
    const [first] = finding.evidence;
    const comment = first && find(first);
    if (!comment) return finding;
    const covered = new Set(
      finding.evidence.filter((place) => find(place) !== undefined).map(({ file }) => file),
    );
    if (finding.evidence.some(({ file }) => code.has(file) && !covered.has(file))) return finding;
    used.add(comment);
    const { owner, reason = '', since, expires = '', origin } = comment;
    return {
      ...finding,
      accepted: {
        ...(owner === undefined ? {} : { owner }),
        reason,
        ...(since === undefined ? {} : { acceptedOn: since }),
        isComment: true,
        expires,
        origin,
      },
    };
  });
  return { findings: accepted, idle: holding.filter((comment) => !used.has(comment)) };
}

/** The comment that is about a place. */
function indexPlaces(comments: readonly Comment[]): (place: Origin) => Comment | undefined {
  const byFile = new Map<string, Map<number, Comment>>();
  for (const comment of comments) {
    const byLine = byFile.get(comment.origin.file) ?? new Map<number, Comment>();
    byFile.set(comment.origin.file, byLine);
    const [first, last] = comment.lines;
    for (let line = first; line <= last; line++) if (!byLine.has(line)) byLine.set(line, comment);
  }
  return ({ file, line }) => byFile.get(file)?.get(line);
}

/** The files that code was read from; a row of an inventory cannot carry a comment. */
function listCodeFiles({ links }: Landscape): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { evidence } of links)
    for (const { witness, origin } of evidence) if (witness === 'coded') files.add(origin.file);
  return files;
}
