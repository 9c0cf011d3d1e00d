import type { Unresolved } from '../../landscape.ts';
import { formatOrigin } from '../html/links.ts';
import { plural } from '../wording.ts';
import { type Attempt, isUnreadScript, listAttempts } from './attempts.ts';
import { type ExplainContext, type Explanation, introduce } from './context.ts';
import { tellFindings } from './findings-list.ts';
import { type Block, type Page, toItems, toSection, toText } from './page.ts';

const mostPlaces = 20;

/** How visitors of a public site are summed up: no one name, so no alias fits them. */
const publicAddresses = 'public addresses';

/** Where a reference without a system is used, what was tried, and what would give it one. */
export function explainUnresolved(
  context: ExplainContext,
  reference: string,
  items: readonly Unresolved[],
): Explanation {
  const attempts = items.map((item) => listAttempts(context, item));
  const suggestion = items.find((item) => item.suggestion !== undefined)?.suggestion;
  const alias =
    items.some((item) => item.reason !== 'half-link' && !isUnreadScript(item)) &&
    reference !== publicAddresses
      ? toAlias(reference, suggestion)
      : undefined;
  const findings = context.audit.findings.filter(
    ({ rule, subject }) => rule === 'unresolved-reference' && subject === reference,
  );
  return {
    data: {
      kind: 'unresolved',
      reference,
      items: items.map((item, index) => ({ ...item, tried: attempts[index] })),
      ...(suggestion !== undefined && { suggestion }),
      ...(alias !== undefined && { alias: alias.join('\n') }),
      findings,
    },
    page: {
      title: `${reference}: ${items.every(isUnreadScript) ? 'not read' : items.every(({ reason }) => reason === 'half-link') ? 'half a link' : 'no system yet'}`,
      sections: [
        ...items.flatMap((item, index) => layOutItem(item, attempts[index] ?? [])),
        ...toSection('What would help', tellHelp(context, reference, items, suggestion, alias)),
        ...toSection('Findings', tellFindings(findings)),
      ],
    },
  };
}

function layOutItem(item: Unresolved, attempts: readonly Attempt[]): Page['sections'] {
  const places = item.origins
    .slice(0, mostPlaces)
    .map((origin) => ({ head: formatOrigin(origin) }));
  const rest = item.origins.length - places.length;
  const calls = item.calls === 0 ? '' : `, in ${plural(item.calls, 'call')}`;
  return [
    { blocks: [toText(tellReason(item))] },
    ...toSection(
      `Used at ${plural(item.origins.length, 'place')}${calls}`,
      toItems(rest > 0 ? [...places, { head: `and ${rest} more` }] : places),
    ),
    ...toSection(
      'What was tried, in this order',
      toItems(
        attempts.map(({ tried, outcome }) => ({ head: `${tried}: ${outcome}` })),
        true,
      ),
    ),
  ];
}

/** What the audit says of it, without saying it twice. */
function tellReason(item: Unresolved): string {
  const { reason, message } = item;
  if (reason === 'half-link') return `One half of a link is known. ${message}`;
  return message.startsWith('No system has the name')
    ? 'Code or a schedule connects to it, and no system goes by that name.'
    : message;
}

/** The lines that give a reference its system, to be completed where nothing is suggested. */
function toAlias(reference: string, suggestion: string | undefined): string[] {
  const pattern = JSON.stringify(reference);
  return ['aliases:', `  ${pattern}: ${suggestion ?? '<id of the system>'}`];
}

function tellHelp(
  context: ExplainContext,
  reference: string,
  items: readonly Unresolved[],
  suggestion: string | undefined,
  alias: readonly string[] | undefined,
): Block[] {
  const { file } = context.facts;
  const near =
    suggestion === undefined
      ? []
      : [
          toText(
            `Did you mean ${introduce(context, suggestion)}? The names are alike, and that alone proves nothing, so it was not assumed.`,
          ),
        ];
  const script = items.some(isUnreadScript)
    ? [toText(`Add the folder that holds it to a "scripts:" source in ${file}.`)]
    : [];
  const half = items.some(({ reason }) => reason === 'half-link')
    ? [
        toText(
          'Add the source that holds the other half: the script, crontab or log of whoever writes or reads it.',
        ),
      ]
    : [];
  const traffic = items.some(({ reason }) => reason === 'unmapped-traffic')
    ? [
        toText(
          `${alias === undefined ? 'Map' : 'Or map'} it under "callers:" or "routes:" of the log source in ${file}.`,
        ),
      ]
    : [];
  const own =
    alias === undefined
      ? []
      : [
          toText(
            suggestion === undefined
              ? `If it is a system of the landscape, say which in ${file}:`
              : `If so, add to ${file}:`,
          ),
          { kind: 'paste' as const, lines: alias },
          toText(
            `If it is a system of its own, add it to the inventory, with "${reference}" among its hosts or aliases.`,
          ),
        ];
  return [...near, ...script, ...half, ...own, ...traffic];
}
