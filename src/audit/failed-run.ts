import { type FailedRunReport, failRun, type WhatIf } from '../analyzers/freshness/what-if.ts';
import type { Audit } from '../audit.ts';
import type { Config } from '../config.ts';
import { didYouMean, UsageError } from '../errors.ts';
import { toFreshnessOptions } from './freshness-options.ts';
import { indentKnown, listKnown } from './tell-candidates.ts';

/**
 * Lets one run of a job or link of an audit fail.
 * @param time local time of the job, such as `2026-10-30T22:30`, or with `Z` or an offset
 * @throws UsageError where no job or no run is meant, or several jobs are
 */
export function auditFailedRun(
  audit: Audit,
  config: Config,
  subject: string,
  time: string,
): FailedRunReport {
  const options = toFreshnessOptions(config, audit, audit.asOf);
  const found = failRun(audit, options, subject, time);
  if (found.kind === 'report') return found.report;
  throw new UsageError(explain(found, subject, time));
}

function explain(
  found: Exclude<WhatIf, { kind: 'report' }>,
  subject: string,
  time: string,
): string {
  switch (found.kind) {
    case 'no-time':
      return `--failed-run "${time}" is no time; write it as the job's clock shows it, for example 2026-10-30T22:30.`;
    case 'unknown-subject':
      return `"${subject}" is no job, no link and no row of the registry.${didYouMean(subject, found.known) || ` Known ones: ${listKnown(found.known)}.`}`;
    case 'ambiguous':
      return `"${subject}" fits ${found.candidates.length} jobs and links; name one of them:\n${indentKnown(found.candidates)}`;
    case 'no-runs':
      return `${found.subject} has no run that could fail: ${found.reason}.`;
    case 'no-such-run': {
      const near =
        found.nearest.length === 0
          ? ' No run of it is near that time.'
          : ` The runs next to it: ${found.nearest.join(' and ')} (${found.timezone}).`;
      return `${found.subject} has no run at ${time} (${found.timezone}).${near}`;
    }
  }
}
