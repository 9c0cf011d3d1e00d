import type { Audit } from '../../audit.ts';
import { escapeMarkdown, toMarkdownTable } from '../markdown-text.ts';
import { formatCount, plural } from '../wording.ts';
import { answerContracts } from './contracts.ts';
import { answerDuplicates } from './duplicates.ts';
import type { Answer, Group, GroupRow, Subject } from './group.ts';
import { listOwnershipGaps } from './ownership.ts';

const mostTeams = 100;

/** Who owns what, what is built twice, and who depends on the inside of others, as Markdown blocks. */
export function writeAnswers(audit: Audit): string[] {
  return [
    ...writeOwnership(audit),
    ...writeAnswer(answerDuplicates(audit, asId)),
    ...writeAnswer(answerContracts(audit, asId)),
  ];
}

/** The tables of this report call systems by their ids. */
const asId = (system: string): string => system;

function writeOwnership(audit: Audit): string[] {
  const { teams, systemsWithoutOwner, linksWithoutOwner } = audit.analysis.ownership;
  const rest = teams.length - mostTeams;
  const unowned = [systemsWithoutOwner.length, linksWithoutOwner.length];
  const nobody = ['nobody', ...unowned.map(formatCount), '', '', ''];
  return [
    '## Who answers for what?',
    toMarkdownTable(
      ['team', 'systems', 'links', 'critical', 'jobs', 'people'],
      [
        ...(unowned.some((count) => count > 0) ? [nobody] : []),
        ...teams
          .slice(0, mostTeams)
          .map((load) => [
            load.team,
            formatCount(load.systems.length),
            formatCount(load.links.length),
            formatCount(
              load.criticality['mission-critical'] + load.criticality['business-critical'],
            ),
            formatCount(load.jobs),
            load.owners === 0 ? '' : formatCount(load.owners),
          ]),
      ],
    ),
    ...(rest > 0 ? [`And ${plural(rest, 'more team')}.`] : []),
    ...listOwnershipGaps(audit).map(writeGroup),
  ];
}

/** What nothing answers has no heading: this page is read from top to bottom. */
function writeAnswer({ question, sentence, groups }: Answer): string[] {
  if (groups.length === 0) return [];
  return [`## ${question}`, escapeMarkdown(sentence), ...groups.map(writeGroup)];
}

function writeGroup({ label, why, rows, moreRows }: Group): string {
  const more = moreRows > 0 ? [`- and ${formatCount(moreRows)} more`] : [];
  return [
    `**${escapeMarkdown(label)}.** ${escapeMarkdown(why)}`,
    '',
    ...rows.map(writeRow),
    ...more,
  ].join('\n');
}

function writeRow({ subject, text, items, moreItems }: GroupRow): string {
  const listed = items.map(writeSubject).join(', ');
  const more = moreItems > 0 ? ` and ${formatCount(moreItems)} more` : '';
  const parts = [writeSubject(subject), escapeMarkdown(text), `${listed}${more}`].filter(
    (part) => part !== '',
  );
  return `- ${parts.join(' ').replace(/ ,/g, ',')}`;
}

function writeSubject({ kind, id, note }: Subject): string {
  const name = kind === 'link' ? id.replace(/#[^#]*$/, '').replace('=>', ' → ') : id;
  return escapeMarkdown(note === undefined ? name : `${name} (${note})`);
}
