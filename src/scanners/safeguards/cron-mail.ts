import { mailedOutput } from '../../vocabulary/mailed-output.ts';
import type { JobSafeguard } from '../schedulers/scheduled-job.ts';

/** The last `MAILTO=` above a job. */
export interface MailTo {
  readonly line: number;
  readonly value: string;
}

/** Everything that a command line prints goes to a file or nowhere; what stands in quotes is no redirect. */
const redirects =
  /(?:\d?>{1,2}\s{0,9}[^\s;&|<>]{1,300}\s{1,9}2>{1,2}\s{0,9}(?:&1|\/dev\/null)|&>{1,2}\s{0,9}[^\s;&|<>]{1,300}|>&\s{0,9}[^\s;&|<>\d-][^\s;&|<>]{0,300})\s{0,9}[;)}]{0,3}\s{0,9}$/;

/**
 * What cron's own mails do for a job: they tell of a failure where somebody is named to get them and
 * the job prints what goes wrong.
 */
export function listMailSafeguards(mailTo: MailTo | undefined, command: string): JobSafeguard[] {
  if (mailTo === undefined) return [];
  const { line, value } = mailTo;
  if (value.trim() === '')
    return [
      {
        line,
        safeguard: 'alerting',
        effect: 'defeats',
        summary: 'MAILTO="" turns the mails of cron off',
      },
    ];
  const bare = command.slice(0, 10_000).replace(/"[^"]*"|'[^']*'/g, '""');
  if (redirects.test(bare)) return [];
  return [
    {
      line,
      safeguard: 'alerting',
      effect: 'provides',
      summary: mailedOutput,
    },
  ];
}
