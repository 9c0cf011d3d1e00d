import type { Finding } from '../../finding.ts';
import { plural } from '../wording.ts';
import { type Checked, placeFinding } from './checked.ts';
import { splitFindings, tellFinding, tellVerdict } from './words.ts';

/** Logging commands of Azure Pipelines: errors and warnings become issues of the job; it has no notes. */
export function renderAzure(checked: Checked): string {
  const { open } = splitFindings(checked.audit.findings);
  const issues = open.filter(({ severity }) => severity !== 'info');
  const notes = open.length - issues.length;
  return `${[
    ...issues.map((finding) => toCommand(checked, finding)),
    ...(notes > 0
      ? [`${plural(notes, 'note')} left out: Azure Pipelines has no such issues.`]
      : []),
    tellVerdict(checked.verdict),
  ].join('\n')}\n`;
}

function toCommand(checked: Checked, finding: Finding): string {
  const { file, line, column } = placeFinding(checked, finding.evidence);
  const properties = {
    type: finding.severity === 'error' ? 'error' : 'warning',
    sourcepath: file,
    linenumber: String(line),
    columnnumber: String(column),
    code: finding.rule,
  };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeData(value).replaceAll(']', '%5D').replaceAll(';', '%3B')}`,
  );
  return `##vso[task.logissue ${written.join(';')}]${escapeData(tellFinding(checked, finding).join('\n'))}`;
}

/** The agent has its own code for the per cent sign. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
