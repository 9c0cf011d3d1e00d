import type { Audit } from '../../audit.ts';
import { didYouMean } from '../../errors.ts';
import { groupings } from '../diagram/picture.ts';
import { tellUndrawn } from '../diagram/split-picture.ts';
import { tellOmitted } from '../diagram/tell-omitted.ts';
import { drawFlowchart } from '../mermaid/flowchart.ts';
import { foldParts } from '../mermaid/fold-parts.ts';
import { splitFlowchart } from '../mermaid/split-flowchart.ts';
import { tellScan } from '../terminal.ts';
import { formatCount } from '../wording.ts';
import {
  type BlockRequest,
  readChoice,
  readNumber,
  readSystem,
  refuseOption,
} from './block-request.ts';
import { writeMetrics } from './metrics.ts';
import {
  writeFindings,
  writeFreshness,
  writeLinks,
  writeOwners,
  writeSystems,
  writeWaves,
} from './tables.ts';

/** A kind of block: what it can be told, and how it is written. */
interface BlockKind {
  readonly options: readonly string[];
  readonly render: (audit: Audit, request: BlockRequest) => string;
}

const kinds: Readonly<Record<string, BlockKind>> = {
  diagram: { options: ['focus', 'depth', 'group', 'split'], render: writeDiagram },
  metrics: { options: [], render: writeMetrics },
  summary: { options: [], render: writeSummary },
  systems: { options: ['domain', 'limit'], render: writeSystems },
  links: { options: ['system', 'domain', 'registered', 'limit'], render: writeLinks },
  owners: { options: ['limit'], render: writeOwners },
  findings: { options: ['severity', 'rule', 'system', 'limit'], render: writeFindings },
  freshness: { options: ['limit'], render: writeFreshness },
  waves: { options: ['limit'], render: writeWaves },
};

/** More pictures than this in one page nobody opens. */
const mostFolded = 60;

/** The option that every block takes: the landscape, seen from the file. */
const landscapeOption = 'landscape';

/** Whether a block needs the plan of the landscape, which takes time to look for. */
export function needsPlan({ kind }: Pick<BlockRequest, 'kind'>): boolean {
  return kind === 'waves';
}

/** Checks what can be told without a landscape: the kind and the names of options. @throws InputError */
export function checkBlock(request: BlockRequest): void {
  const names = Object.keys(kinds);
  const kind = Object.hasOwn(kinds, request.kind) ? kinds[request.kind] : undefined;
  if (!kind)
    throw refuseOption(
      request,
      `"${request.kind}" is nothing that can be filled in; write one of ${names.join(', ')}.${didYouMean(request.kind, names)}`,
    );
  const known = [...kind.options, landscapeOption];
  const wrong = [...request.options.keys()].find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw refuseOption(
      request,
      `${request.kind} takes no ${wrong}=; it takes ${known.map((name) => `${name}=`).join(', ')}.${didYouMean(wrong, known)}`,
    );
}

/** Writes what a marker asks for, as Markdown without an end of line. @throws InputError */
export function renderBlock(audit: Audit, request: BlockRequest): string {
  checkBlock(request);
  return (kinds[request.kind] as BlockKind).render(audit, request).trimEnd();
}

/** The flowchart of all systems, or of those around one. */
function writeDiagram(audit: Audit, request: BlockRequest): string {
  const focus = readSystem(request, 'focus', audit)?.id;
  const depth = readNumber(request, 'depth', 1);
  const groupBy = readChoice(request, 'group', groupings);
  if (readChoice(request, 'split', ['yes', 'no']) === 'yes') {
    if (focus !== undefined)
      throw refuseOption(request, 'split=yes draws everything, focus= one system; write one.');
    return writeParts(audit, request, groupBy);
  }
  const { text, picture } = drawFlowchart(audit, {
    ...(focus !== undefined && { focus, depth }),
    ...(groupBy !== undefined && { groupBy }),
  });
  const omitted = tellOmitted(picture);
  return `\`\`\`mermaid\n${text}\`\`\`${omitted === '' ? '' : `\n\n${omitted}.`}`;
}

/** The overview, and behind a line to click each picture of each group, so that every link is in one. */
function writeParts(
  audit: Audit,
  request: BlockRequest,
  groupBy: (typeof groupings)[number] | undefined,
): string {
  const split = splitFlowchart(audit, groupBy === undefined ? {} : { groupBy });
  const folded = foldParts(split);
  if (folded.length > mostFolded)
    throw refuseOption(
      request,
      `split=yes would put ${formatCount(folded.length)} pictures into one page; write "landscape diagram --split -o <folder>" and a link to it.`,
    );
  const notes = [tellOmitted(split.overview.picture), tellUndrawn(split)];
  return [
    `\`\`\`mermaid\n${split.overview.text}\`\`\``,
    ...notes.filter((note) => note !== '').map((note) => `${note}.`),
    ...folded,
  ].join('\n\n');
}

/** What a scan says on a terminal of 80 columns. */
function writeSummary(audit: Audit, { options }: BlockRequest): string {
  const folder = options.get(landscapeOption) ?? '';
  const text = tellScan(audit, { color: false, width: 80, folder }).join('\n');
  // A fence longer than any in the text: no name closes it.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
