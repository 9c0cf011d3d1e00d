import type { Change } from '../../audit/narrow-to-change.ts';
import type { Judged } from '../../audit.ts';
import type { Place } from '../../errors.ts';
import type { Origin } from '../../evidence.ts';
import type { Files } from '../../files.ts';
import type { FailOn, Verdict } from '../../finding/verdict.ts';
import type { TerminalOptions } from '../terminal-text.ts';

/** What every format of a check is written from. */
export interface Checked {
  readonly audit: Judged;
  readonly verdict: Verdict;
  /** The least severity that fails. */
  readonly failOn: FailOn;
  /** What the findings are narrowed to, where a base is given. */
  readonly change?: Change;
  /** The sources, to show lines of them; paths as in the audit. */
  readonly files: Files;
  /** From the root of the repository to the landscape's folder, with `/`; empty where they are one. */
  readonly below: string;
  /** The configuration, relative to its folder: the place of what has no other. */
  readonly configFile: string;
  readonly terminal: TerminalOptions;
  /** Where the code of this tool is shown, if its package says so: there the pages of the rules are. */
  readonly homepage?: string;
}

/**
 * A place as the repository sees it that the pipeline has checked out; undefined where it is not in
 * there: collected in another one, outside of it, or standard input.
 */
export function toRepositoryPlace(
  { audit, below }: Pick<Checked, 'audit' | 'below'>,
  { file, line, column, repository }: Origin,
): Place | undefined {
  if (repository !== undefined || file === '-' || /^(?:[/\\]|[a-z]:)/i.test(file)) return undefined;
  const isCollected = audit.coverage.sources.some(
    ({ collected }) => collected && file.startsWith(`${collected.name}/`),
  );
  if (isCollected) return undefined;
  const parts: string[] = [];
  for (const part of `${below}/${file}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : { file: parts.join('/'), line, column };
}

/** Where a finding is shown: its first place in the repository, else the head of the configuration. */
export function placeFinding(
  checked: Pick<Checked, 'audit' | 'below' | 'configFile'>,
  evidence: readonly Origin[],
): Place {
  for (const origin of evidence) {
    const place = toRepositoryPlace(checked, origin);
    if (place) return place;
  }
  const file = checked.below === '' ? checked.configFile : `${checked.below}/${checked.configFile}`;
  return { file, line: 1, column: 1 };
}
