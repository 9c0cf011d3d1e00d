import type { Audit } from '../../audit.ts';
import { formatCount, plural } from '../wording.ts';
import { type Group, keepFilled, toGroup, toLink, toRow, toSystem, toText } from './group.ts';

/** The gaps that a table of teams cannot show: who left, who alone knows, what nobody looked at. */
export function listOwnershipGaps({
  analysis,
  systems,
}: Pick<Audit, 'analysis' | 'systems'>): Group[] {
  const { ownersGone, unknownTeams, soleAuthors, ownedElsewhere, attestation } = analysis.ownership;
  const ids = new Set(systems.map(({ id }) => id));
  const { ages, never, rows } = attestation;
  const old = ages.filter(({ days }) => days > 365);
  return keepFilled([
    toGroup(
      'Owners who are gone',
      'Ask their teams who answers now.',
      ownersGone,
      ({ subject, team, leftOn }) =>
        toRow(
          ids.has(subject) ? toSystem(subject) : toLink(subject),
          `${leftOn === undefined ? 'names somebody who is not among the people' : `lost its owner on ${leftOn}`}${team === undefined ? '' : ` (${team})`}`,
        ),
    ),
    toGroup(
      'Unknown teams',
      'They own something, and nobody who is here belongs to them.',
      unknownTeams,
      (team) => toRow(toText(team), ''),
    ),
    toGroup(
      'One author alone',
      'Let a second person change it once, while the first can still be asked.',
      soleAuthors,
      ({ code, links, leftOn }) =>
        toRow(
          toText(code),
          leftOn === undefined ? 'delivers' : `, whose author left on ${leftOn}, delivers`,
          links.map(toLink),
        ),
    ),
    toGroup(
      'Owned by a team of neither end',
      'Check that this team can see both sides.',
      ownedElsewhere,
      (link) => toRow(toLink(link), ''),
    ),
    // A registry without the column has no habit of attesting, and no gap in it.
    ...(ages.length === 0
      ? []
      : [
          toGroup(
            'Rows that nobody has looked at for a year',
            never.length === 0
              ? `Each of ${plural(rows, 'row')} was attested at some time; ask again for these.`
              : `${formatCount(never.length)} of ${plural(rows, 'row')} ${never.length === 1 ? 'was' : 'were'} never attested.`,
            [...never.map((registration) => ({ registration, days: undefined })), ...old],
            ({ registration, days }) =>
              toRow(
                toText(registration),
                days === undefined
                  ? 'was never attested'
                  : `was attested ${formatCount(days)} days ago`,
              ),
          ),
        ]),
  ]);
}
