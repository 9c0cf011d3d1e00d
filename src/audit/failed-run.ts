import {
  type FailedRunReport,
  failRun,
  type RunSubject,
  type WhatIf,
} from '../analyzers/freshness/what-if.ts';
import type { Audit } from '../audit.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import type { System } from '../landscape.ts';
import { findSubject } from './find-subject.ts';
import { toFreshnessOptions } from './freshness-options.ts';
import { indentKnown } from './tell-candidates.ts';

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
  const found = failRun(audit, options, findRunSubject(audit, config, subject), time);
  if (found.kind === 'report') return found.report;
  throw new UsageError(explain(found, time));
}

/** A script that realises no link has no run that anybody would miss. */
function findRunSubject(audit: Audit, config: Config, text: string): RunSubject {
  const found = findSubject(audit, config, text);
  switch (found.kind) {
    case 'link':
      return { kind: 'link', id: found.link.key };
    case 'code':
      return { kind: 'code', id: found.id };
    case 'system':
      throw new UsageError(tellRunsOf(audit, found.system));
    case 'finding':
    case 'unresolved':
      throw new UsageError(
        `"${text}" is a ${found.kind === 'finding' ? 'finding' : 'reference without a system'}; --failed-run wants a job, a link or a row of the registry.`,
      );
    default:
      return found satisfies never;
  }
}

/** A system runs nothing itself: its scheduled links do. */
function tellRunsOf({ links }: Audit, { id, name }: System): string {
  const scheduled = links.filter(
    ({ from, to, schedules }) => schedules.length > 0 && (from === id || to === id),
  );
  const names = scheduled.map(({ key, registrations: [row] }) =>
    row === undefined || row === '' ? key : row,
  );
  return scheduled.length === 0
    ? `${name} is a system, and no link of it runs on a schedule that is known; --outage or --late tell who is hit.`
    : `${name} is a system; --failed-run wants one of its scheduled links or jobs:\n${indentKnown(names)}`;
}

function explain(found: Exclude<WhatIf, { kind: 'report' }>, time: string): string {
  switch (found.kind) {
    case 'no-time':
      return `--failed-run "${time}" is no time; write it as the job's clock shows it, for example 2026-10-30T22:30.`;
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
