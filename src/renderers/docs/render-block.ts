import type { Audit } from '../../audit.ts';
import { didYouMean } from '../../errors.ts';
import { groupings } from '../diagram/picture.ts';
import { tellOmitted } from '../diagram/tell-omitted.ts';
import { drawFlowchart } from '../mermaid/flowchart.ts';
import { tellScan } from '../terminal.ts';
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
  diagram: { options: ['focus', 'depth', 'group'], render: writeDiagram },
  metrics: { options: [], render: writeMetrics },
  summary: { options: [], render: writeSummary },
  systems: { options: ['domain', 'limit'], render: writeSystems },
  links: { options: ['system', 'domain', 'registered', 'limit'], render: writeLinks },
  owners: { options: ['limit'], render: writeOwners },
  findings: { options: ['severity', 'rule', 'system', 'limit'], render: writeFindings },
  freshness: { options: ['limit'], render: writeFreshness },
  waves: { options: ['limit'], render: writeWaves },
};

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
  const { text, picture } = drawFlowchart(audit, {
    ...(focus !== undefined && { focus, depth }),
    ...(groupBy !== undefined && { groupBy }),
  });
  const omitted = tellOmitted(picture);
  return `\`\`\`mermaid\n${text}\`\`\`${omitted === '' ? '' : `\n\n${omitted}.`}`;
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
