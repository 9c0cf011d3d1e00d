import type { Finding } from '../../finding.ts';
import { tellWeakened } from '../change.ts';
import { clean } from '../terminal-text.ts';
import { plural } from '../wording.ts';
import { type Checked, placeFinding } from './checked.ts';
import { splitFindings, tellFinding, tellVerdict } from './words.ts';

const levels: Readonly<Record<Finding['severity'], string>> = {
  error: 'error',
  warn: 'warning',
  info: 'notice',
};

/** GitHub shows ten annotations of each level for one step, and drops the rest without a word. */
const mostOfLevel = 10;

/** Workflow commands of GitHub Actions: each becomes an annotation of a line. */
export function renderGithub(checked: Checked): string {
  const { open } = splitFindings(checked.audit.findings);
  const weakened = checked.change ? tellWeakened(checked.change) : '';
  const shown = (Object.keys(levels) as Finding['severity'][]).flatMap((severity) =>
    open.filter((finding) => finding.severity === severity).slice(0, mostOfLevel),
  );
  const rest = open.length - shown.length;
  return `${[
    ...(weakened === '' ? [] : [`::warning title=gate::${escapeData(clean(weakened))}`]),
    ...shown.map((finding) => toCommand(checked, finding)),
    ...(rest > 0
      ? [`${plural(rest, 'finding')} more: GitHub shows ten annotations of each level.`]
      : []),
    tellVerdict(checked.verdict),
  ].join('\n')}\n`;
}

function toCommand(checked: Checked, finding: Finding): string {
  const { file, line, column } = placeFinding(checked, finding.evidence);
  const properties = { file, line: String(line), col: String(column), title: finding.rule };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeValue(value)}`,
  );
  return `::${levels[finding.severity]} ${written.join(',')}::${escapeData(tellFinding(checked, finding).join('\n'))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeValue(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
