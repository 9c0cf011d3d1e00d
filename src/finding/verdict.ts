import type { Finding } from '../finding.ts';

/** How a check came out, over the findings that nobody has accepted. */
export interface Verdict {
  readonly isClean: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** How many of them are heavy enough to fail, and how many of those there may be. */
  readonly failing: number;
  readonly allowed: number;
}

/** The least severity that fails a check. */
export type FailOn = 'error' | 'warn';

/** Counts what is open: what hangs on a finding is counted with it. */
export function toVerdict(
  findings: readonly Finding[],
  failOn: FailOn = 'error',
  allowed = 0,
): Verdict {
  const count = (wanted: string): number =>
    findings.filter(({ severity, accepted }) => severity === wanted && !accepted).length;
  const [errors, warnings, notes] = [count('error'), count('warn'), count('info')];
  const failing = failOn === 'error' ? errors : errors + warnings;
  return { isClean: failing <= allowed, errors, warnings, notes, failing, allowed };
}
