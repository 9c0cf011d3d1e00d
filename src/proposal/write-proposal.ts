import { toYamlText } from '../editing/to-yaml-text.ts';
import type { ProposedOption, ProposedSource, ProposedSystem } from './proposed-source.ts';

/** Writes the proposal as a `landscape.yaml` with a comment on each decision. */
export function writeProposal(
  name: string,
  sources: readonly ProposedSource[],
  systems: readonly ProposedSystem[],
  found: { readonly hasLinks: boolean },
): string {
  const lines = [
    '# Proposed by "landscape init" from what lies in this folder. Nothing is final:',
    '# correct what is wrong, and fill in what stands behind "#" where you know it.',
    '# Every key: docs/configuration.md',
    `name: ${toYamlText(name)}`,
    '',
    'sources:',
    ...sources.flatMap((source, index) => [...(index === 0 ? [] : ['']), ...writeSource(source)]),
  ];
  if (!sources.some(({ kind }) => kind === 'inventory'))
    lines.push(
      '',
      '  # The systems and links that are known and approved, one a row:',
      '  # - inventory: systems.csv        # id, name, kind, team, hosts',
      '  # - inventory: integrations.csv   # id, from, to, protocol, team',
    );
  else if (!found.hasLinks)
    lines.push(
      '',
      '  # The links that are approved; without them no link is registered:',
      '  # - inventory: integrations.csv   # id, from, to, protocol, team',
    );
  if (systems.length > 0)
    lines.push(
      '',
      '# No inventory describes them: give them their names, owners and hosts, or write an inventory.',
      'systems:',
      ...systems.flatMap(writeSystem),
    );
  lines.push(
    '',
    '# What else systems are called; "landscape unresolved" lists what has no system:',
    '# aliases:',
    '#   erp-vip.example.com: erp',
  );
  return `${lines.join('\n')}\n`;
}

function writeSource({ kind, patterns, options, because, hints }: ProposedSource): string[] {
  const [only, ...others] = patterns;
  const named =
    others.length === 0
      ? [`  - ${kind}: ${toYamlText(only ?? '')}`]
      : [`  - ${kind}:`, ...patterns.map((pattern) => `      - ${toYamlText(pattern)}`)];
  return [
    `  # ${oneLine(because)}`,
    ...named,
    ...options.flatMap(writeOption),
    ...hints.map((hint) => `    # ${oneLine(hint)}`),
  ];
}

function writeOption({ key, value, comment }: ProposedOption): string[] {
  const behind = comment === undefined ? '' : ` # ${oneLine(comment)}`;
  if (typeof value === 'string') return [`    ${key}: ${toYamlText(value)}${behind}`];
  if (typeof value !== 'object') return [`    ${key}: ${String(value)}${behind}`];
  const entries = Array.isArray(value)
    ? value.map((item) => `      - ${toYamlText(String(item))}`)
    : Object.entries(value).map(
        ([name, system]) => `      ${toYamlText(name)}: ${toYamlText(String(system))}`,
      );
  return [`    ${key}:${behind}`, ...entries];
}

function writeSystem({ id, kind, hosts, because }: ProposedSystem): string[] {
  return [
    `  - id: ${toYamlText(id)} # ${oneLine(because)}`,
    ...(kind === undefined ? [] : [`    kind: ${kind}`]),
    ...(hosts === undefined ? [] : [`    hosts: [${hosts.map(toYamlText).join(', ')}]`]),
  ];
}

/** A comment ends where its line ends, whatever a file is called. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
