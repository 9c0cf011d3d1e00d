import type { SourceCoverage } from '../scanners/coverage.ts';

import { alignSources } from './terminal.ts';
import { wrap } from './terminal-text.ts';
import { plural } from './wording.ts';

/** What a command wrote for other repositories, and from where. */
export interface Written {
  readonly file: string;
  readonly name: string;
  readonly commit?: string;
}

/** What `landscape collect` says once it is done. */
export function renderCollected(
  written: Written,
  evidence: number,
  sources: readonly SourceCoverage[],
  aliases: number,
  width: number,
): string {
  const left =
    aliases === 0
      ? []
      : [
          '',
          `${plural(aliases, 'alias', 'aliases')} of this landscape.yaml ${aliases === 1 ? 'is' : 'are'} not evidence. Write them where it is read, or into the registry.`,
        ];
  return toText([
    `Collected ${plural(evidence, 'piece')} of evidence from ${tellPlace(written)}`,
    '',
    ...alignSources(sources, width),
    ...left.flatMap((line) => wrap(line, width)),
    '',
    `Wrote  ${written.file}`,
    'Next   copy it to where all is read; add "- evidence: <file>" to sources there',
  ]);
}

/** What `landscape bundle` says once it is done. */
export function renderBundled(
  written: Written,
  counts: {
    readonly systems: number;
    readonly links: number;
    readonly aliases: number;
    readonly rules: number;
  },
  width: number,
): string {
  const { systems, links, aliases, rules } = counts;
  return toText([
    ...wrap(
      `Bundled ${plural(systems, 'row')} of systems, ${plural(links, 'row')} of links, ${plural(aliases, 'alias', 'aliases')} and ${plural(rules, 'rule')} from ${tellPlace(written)}`,
      width,
    ),
    '',
    `Wrote  ${written.file}`,
    'Next   in the landscape.yaml of other repositories write "registry: <file>" and',
    '       "scope: member"',
  ]);
}

function tellPlace({ name, commit }: Written): string {
  return commit === undefined ? name : `${name} at ${commit.slice(0, 7)}`;
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
