import type { Finding } from '../../finding.ts';
import { type Block, type Item, toItems, toText } from './page.ts';

const most = 10;

/** Findings, the heaviest first, and what to type to read about one. */
export function tellFindings(findings: readonly Finding[]): Block[] {
  const [first] = findings;
  if (!first) return [];
  const shown = findings.slice(0, most).map(
    ({ rule, severity, message, fingerprint }): Item => ({
      head: `${severity}  ${rule}  ${fingerprint.slice(0, 8)}`,
      lines: [firstSentence(message)],
    }),
  );
  const rest = findings.length - shown.length;
  return [
    ...toItems(rest > 0 ? [...shown, { head: `and ${rest} more` }] : shown),
    toText(`More about one: landscape explain ${first.fingerprint.slice(0, 8)}`),
  ];
}

/** The rest is told where the finding itself is explained. */
function firstSentence(message: string): string {
  const end = message.search(/\. \p{Lu}/u);
  return end < 0 ? message : message.slice(0, end + 1);
}
