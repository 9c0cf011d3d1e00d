import {
  type AnsibleInventory,
  type HostGroup,
  readAnsibleInventory,
  type Variable,
} from './ansible-inventory.ts';
import { expandHostRange } from './host-range.ts';
import { splitLines, unquote } from './read-key-lines.ts';
import type { SettingsReading } from './setting.ts';

const header = /^\s*\[([\w.-]{1,200})(?::(children|vars))?\]\s*(?:[#;].*)?$/;
const hostLine =
  /^\s*([\w.:\-[\]]{1,250})((?:\s+[A-Za-z_]\w{0,100}=(?:"[^"]*"|'[^']*'|[^\s"'#;]\S*)?)*)\s*(?:[#;].*)?$/;
const comment = /^\s*(?:[#;].*)?$/;
/** Also of hosts that are named again. */
const mostHosts = 20_000;
const mostGroups = 2_000;

/** What no other file in sections has: groups of groups and of variables, or how a machine is reached. */
export const ansibleText =
  /^[ \t]{0,20}\[[\w.-]{1,200}:(?:children|vars)\]|^[ \t]{0,20}[\w.:\-[\]]{1,250}[ \t][^#;\n]{0,500}?\bansible_(?:host|ssh_host|connection|user|port)=/m;

/** Whether a text is groups with names of machines below them, and nothing else. */
export function isHostList(text: string): boolean {
  const lines = splitLines(text).filter((line) => !comment.test(line));
  return (
    lines.some((line) => header.test(line)) &&
    lines.some((line) => !header.test(line)) &&
    lines.every((line) => header.test(line) || hostLine.test(line))
  );
}

/** An inventory of Ansible in sections, `[group]`, `[group:children]` and `[group:vars]`. */
export function readAnsibleIni(text: string): SettingsReading {
  return readAnsibleInventory(parseIni(text));
}

function parseIni(text: string): AnsibleInventory {
  const groups = new Map<string, HostGroup>();
  const hosts = new Map<string, { variables: Variable[]; line: number; column: number }>();
  const groupOf = (name: string, line: number): HostGroup => {
    const known = groups.get(groups.size < mostGroups ? name : 'ungrouped') ?? groups.get(name);
    if (known) return known;
    const group = {
      name,
      hosts: new Set<string>(),
      children: new Set<string>(),
      variables: [],
      line,
      column: 1,
    };
    groups.set(name, group);
    return group;
  };
  let named = 0;
  let current = { name: 'ungrouped', part: '' };
  for (const [index, written] of splitLines(text).entries()) {
    const line = index + 1;
    if (comment.test(written)) continue;
    const head = header.exec(written);
    if (head) {
      current = { name: head[1] ?? '', part: head[2] ?? '' };
      groupOf(current.name, line);
    } else if (current.part === 'vars') {
      const variable = /^(\s*([A-Za-z_]\w{0,200})\s*=\s*)(.*)$/.exec(written);
      if (variable)
        groupOf(current.name, line).variables.push({
          key: variable[2] ?? '',
          value: unquote(variable[3] ?? ''),
          line,
          column: (variable[1] ?? '').length + 1,
        });
    } else if (current.part === 'children') {
      const child = /^\s*([\w.-]{1,200})/.exec(written)?.[1];
      if (child !== undefined) groupOf(current.name, line).children.add(child);
    } else {
      const match = named > mostHosts ? undefined : hostLine.exec(written);
      if (!match) continue;
      const variables = readPairs(written, match[1]?.length ?? 0, line);
      for (const name of expandHostRange(withoutPort(match[1] ?? ''))) {
        if (++named > mostHosts) break;
        const host = hosts.get(name) ?? { variables: [], line, column: 1 };
        hosts.set(name, host);
        host.variables.push(...variables);
        groupOf(current.name, line).hosts.add(name);
      }
    }
  }
  return { groups, hosts };
}

/** `web01:2222` is reached at another port; colons inside brackets make a range. */
function withoutPort(pattern: string): string {
  return pattern.replace(/(?<=^[^:]*(?:\[[^\]]*\][^:]*)*):\d{1,5}$/, '');
}

function readPairs(written: string, from: number, line: number): Variable[] {
  return [...written.matchAll(/\s([A-Za-z_]\w{0,100})=("[^"]*"|'[^']*'|\S*)/g)].flatMap((pair) =>
    pair.index < from
      ? []
      : [
          {
            key: pair[1] ?? '',
            value: unquote(pair[2] ?? ''),
            line,
            column: pair.index + (pair[1] ?? '').length + 3,
          },
        ],
  );
}
