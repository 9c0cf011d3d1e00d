import {
  type AnsibleInventory,
  type HostGroup,
  readAnsibleInventory,
  type Variable,
} from './ansible-inventory.ts';
import { isMapping, type Mapping, type Path, type Tree, toMapping, toScalar } from './documents.ts';
import { expandHostRange } from './host-range.ts';
import type { SettingsReading } from './setting.ts';

const parts = new Set(['hosts', 'children', 'vars']);
/** Also of hosts that are named again. */
const mostHosts = 20_000;
const deepest = 20;

/** Whether a mapping is groups of machines: each with `hosts`, `children` and `vars` alone. */
export function isAnsibleYaml(root: Mapping): boolean {
  const groups = Object.values(root);
  return (
    groups.length > 0 &&
    groups.every(
      (group) =>
        isMapping(group) &&
        Object.entries(group).every(
          ([key, value]) => parts.has(key) && (value === null || isMapping(value)),
        ),
    ) &&
    groups.some(
      (group) => isMapping(toMapping(group)['hosts']) || isMapping(toMapping(group)['children']),
    )
  );
}

/** An inventory of Ansible in YAML. */
export function readAnsibleYaml(tree: Tree): SettingsReading {
  return readAnsibleInventory(parseTree(tree));
}

function parseTree(tree: Tree): AnsibleInventory {
  const groups = new Map<string, HostGroup>();
  const hosts = new Map<string, { variables: Variable[]; line: number; column: number }>();
  let named = 0;
  const readVariables = (value: unknown, path: Path): Variable[] =>
    Object.entries(toMapping(value)).flatMap(([key, item]) => {
      const text = toScalar(item);
      if (text === undefined) return [];
      const { line, column } = tree.placeOf([...path, key]);
      return [{ key, value: text, line, column }];
    });
  const visit = (name: string, value: unknown, path: Path): void => {
    if (path.length > deepest * 2) return;
    const { line, column } = tree.placeOf(path);
    const group = groups.get(name) ?? {
      name,
      hosts: new Set<string>(),
      children: new Set<string>(),
      variables: [],
      line,
      column,
    };
    groups.set(name, group);
    const body = toMapping(value);
    group.variables.push(...readVariables(body['vars'], [...path, 'vars']));
    for (const [pattern, given] of Object.entries(toMapping(body['hosts']))) {
      const at = [...path, 'hosts', pattern];
      const place = tree.placeOf(at);
      const variables = readVariables(given, at);
      if (named > mostHosts) break;
      for (const host of expandHostRange(pattern)) {
        if (++named > mostHosts) break;
        const known = hosts.get(host) ?? { variables: [], line: place.line, column: place.column };
        hosts.set(host, known);
        known.variables.push(...variables);
        group.hosts.add(host);
      }
    }
    for (const [child, below] of Object.entries(toMapping(body['children']))) {
      group.children.add(child);
      visit(child, below, [...path, 'children', child]);
    }
  };
  for (const [name, value] of Object.entries(toMapping(tree.value))) visit(name, value, [name]);
  return { groups, hosts };
}
