import { formatPlace } from '../../errors.ts';
import type { Finding } from '../../finding.ts';
import { renderChange } from '../change.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { clip, formatCount, plural } from '../wording.ts';
import { type Checked, toRepositoryPlace } from './checked.ts';
import { drawFindings } from './findings-mermaid.ts';
import { splitFindings, tellFinding, tellVerdict } from './words.ts';

/** GitHub takes 65,536 characters of a comment; the tables get a share each, the diagram the rest. */
const shares = { open: 30_000, notes: 8_000, accepted: 8_000 } as const;
const mostOfCell = 600;

/** A comment on a pull request, or the summary of a job: the verdict, what is open, what is accepted. */
export function renderCheckMarkdown(checked: Checked): string {
  const { audit, verdict, change } = checked;
  const { open, accepted } = splitFindings(audit.findings);
  const heavy = open.filter(({ severity }) => severity !== 'info');
  const notes = open.filter(({ severity }) => severity === 'info');
  const { text: diagram, omitted } = drawFindings(audit, heavy);
  return `${[
    // By this a job finds its comment of the last run again.
    `<!-- landscape-check ${audit.name.replace(/[^\p{L}\p{N}]+/gu, '-')} -->`,
    `## ${verdict.isClean ? '✅' : '❌'} ${protect(audit.name)}`,
    protect(tellVerdict(verdict)),
    ...(change ? [protect(renderChange(change, Number.POSITIVE_INFINITY).trim())] : []),
    ...(heavy.length > 0 ? [writeTable(checked, heavy, shares.open)] : []),
    ...(diagram === ''
      ? []
      : [
          `\`\`\`mermaid\n${diagram}\`\`\``,
          `The links that this is about. Arrows go the way the data goes; thick: an error.${omitted > 0 ? ` ${plural(omitted, 'link')} left out.` : ''}`,
        ]),
    ...fold(plural(notes.length, 'note'), checked, notes, shares.notes),
    ...fold(`${formatCount(accepted.length)} accepted for now`, checked, accepted, shares.accepted),
  ].join('\n\n')}\n`;
}

function fold(
  title: string,
  checked: Checked,
  findings: readonly Finding[],
  share: number,
): string[] {
  return findings.length === 0
    ? []
    : [
        `<details>\n<summary>${title}</summary>`,
        writeTable(checked, findings, share),
        '</details>',
      ];
}

const signs: Readonly<Record<Finding['severity'], string>> = {
  error: 'error',
  warn: 'warning',
  info: 'note',
};

/** As many rows as fit into a share of the characters, and how many do not. */
function writeTable(checked: Checked, findings: readonly Finding[], share: number): string {
  const lines = ['| | rule | what | where |', '| --- | --- | --- | --- |'];
  let left = share;
  let shown = 0;
  for (const finding of findings) {
    const row = `| ${signs[finding.severity]} | ${protect(finding.rule)} | ${tellFinding(checked, finding).map(toCell).join('<br>')} | ${writePlaces(checked, finding)} |`;
    left -= row.length;
    if (left < 0) break;
    lines.push(row);
    shown++;
  }
  const rest = findings.length - shown;
  return rest > 0
    ? `${lines.join('\n')}\n\nAnd ${formatCount(rest)} more: landscape check.`
    : lines.join('\n');
}

function writePlaces(checked: Checked, { evidence }: Finding): string {
  const [first, ...rest] = evidence.flatMap((origin) => toRepositoryPlace(checked, origin) ?? []);
  if (!first) return '';
  return `${toCell(formatPlace(first))}${rest.length > 0 ? ` and ${formatCount(rest.length)} more` : ''}`;
}

function toCell(text: string): string {
  return protect(clip(text, mostOfCell));
}

/** What stands in a source must not call people: a name behind `@` is told by a sign without width. */
function protect(text: string): string {
  return escapeMarkdown(text).replaceAll('@', '@&#8203;');
}
