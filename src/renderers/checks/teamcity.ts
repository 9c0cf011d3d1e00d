import type { Finding } from '../../finding.ts';
import { sortedUnique } from '../../order.ts';
import { ruleMeanings } from '../explain/rule-meanings.ts';
import { clip } from '../wording.ts';
import { type Checked, placeFinding } from './checked.ts';
import { splitFindings, tellFinding, tellVerdict } from './words.ts';

const levels: Readonly<Record<Finding['severity'], string>> = {
  error: 'ERROR',
  warn: 'WARNING',
  info: 'INFO',
};

/** TeamCity cuts longer values. */
const mostCharacters = 4_000;

/** Service messages of TeamCity: inspections, and a build problem where the check has failed. */
export function renderTeamcity(checked: Checked): string {
  const { open } = splitFindings(checked.audit.findings);
  const { isClean } = checked.verdict;
  const verdict = tellVerdict(checked.verdict);
  return `${[
    ...sortedUnique(open.map(({ rule }) => rule)).map((rule) =>
      toMessage('inspectionType', {
        id: rule,
        name: rule,
        category: 'landscape',
        description: ruleMeanings[rule]?.looksFor ?? rule,
      }),
    ),
    ...open.map((finding) => {
      const { file, line } = placeFinding(checked, finding.evidence);
      return toMessage('inspection', {
        typeId: finding.rule,
        message: tellFinding(checked, finding).join('\n'),
        file,
        line: String(line),
        SEVERITY: levels[finding.severity],
      });
    }),
    ...(isClean
      ? []
      : [toMessage('buildProblem', { description: verdict, identity: 'landscape-check' })]),
    verdict,
  ].join('\n')}\n`;
}

function toMessage(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => `${key}='${escapeValue(clip(value, mostCharacters))}'`,
  );
  return `##teamcity[${name} ${written.join(' ')}]`;
}

const named: Readonly<Record<string, string>> = { '\n': '|n', '\r': '|r' };

/** What is no ASCII is written as its code, so that no encoding on the way can break it. */
function escapeValue(text: string): string {
  return text
    .replace(/[|'[\]]/g, (sign) => `|${sign}`)
    .replace(
      /[^\x20-\x7e]/g,
      (sign) => named[sign] ?? `|0x${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
