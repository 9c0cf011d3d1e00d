import type { NewEntry } from '../audit/extend-baseline.ts';
import { toYamlText } from '../editing/to-yaml-text.ts';

const head = `# Findings that are accepted for now: a loan each, with somebody who answers for it.
# Written by "landscape baseline". Owner, reason and expires may be changed by hand;
# comments are not kept.
version: 1
`;

/** A baseline as YAML, one entry below the other, so that a review shows what changed. */
export function writeBaselineText(entries: readonly NewEntry[]): string {
  if (entries.length === 0) return `${head}accepted: []\n`;
  return `${head}accepted:\n${entries.map(writeEntry).join('')}`;
}

function writeEntry(entry: NewEntry): string {
  const { fingerprint, rule, subject, message, owner, reason, acceptedOn, expires, figure } = entry;
  const lines = [
    `fingerprint: "${fingerprint}"`,
    `rule: ${rule}`,
    `subject: ${toYamlText(subject)}`,
    ...(message === undefined ? [] : [`message: ${toYamlText(message)}`]),
    `owner: ${toYamlText(owner)}`,
    `reason: ${toYamlText(reason)}`,
    `acceptedOn: ${acceptedOn}`,
    `expires: ${expires}`,
    ...(figure === undefined ? [] : [`figure: ${figure}`]),
  ];
  return lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}\n`).join('');
}
