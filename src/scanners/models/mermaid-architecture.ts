import { findKind } from './kind-of-text.ts';
import { readLabel } from './mermaid-labels.ts';
import type { Model, ModelElement, ModelRelation } from './model.ts';

const group = /^group\s+([\w-]{1,100})(?:\(([^)]{0,100})\))?(?:\[([^\]]{0,500})\])?/;
const service =
  /^service\s+([\w-]{1,100})(?:\(([^)]{0,100})\))?(?:\[([^\]]{0,500})\])?(?:\s+in\s+([\w-]{1,100}))?/;
const edge =
  /^([\w-]{1,100})(?:\{group\})?\s*:\s*[LRTB]\s*(<)?--(>)?\s*[LRTB]\s*:\s*([\w-]{1,100})(?:\{group\})?/;

/** Reads an architecture diagram of Mermaid: groups, services and the edges between them. */
export function readArchitecture(lines: readonly { text: string; line: number }[]): Model {
  const elements: ModelElement[] = [];
  const relations: ModelRelation[] = [];
  const skipped: { line: number; reason: string }[] = [];
  const titles = new Map<string, string>();
  for (const { text, line } of lines) {
    const statement = text.trim();
    const [, groupId, , title] = group.exec(statement) ?? [];
    const [, id, icon, label, within] = service.exec(statement) ?? [];
    const [, left, back, forth, right] = edge.exec(statement) ?? [];
    if (groupId !== undefined) titles.set(groupId, readLabel(title ?? groupId).join(' '));
    else if (id !== undefined) {
      const [name = id] = readLabel(label ?? id);
      const kind = icon === 'database' || icon === 'disk' ? 'database' : findKind(icon);
      const domain = within === undefined ? undefined : titles.get(within);
      elements.push({
        id,
        name,
        rank: 'system',
        ...(domain === undefined ? {} : { domain }),
        ...(kind === undefined ? {} : { kind }),
        line,
        column: 1,
      });
    } else if (left !== undefined && right !== undefined) {
      const isBack = back !== undefined && forth === undefined;
      const [from, to] = isBack ? [right, left] : [left, right];
      relations.push({ from, to, meaning: back && forth ? 'both' : 'drawn', line, column: 1 });
    } else if (/^junction\b/.test(statement)) {
      const junction = statement.split(/\s+/)[1] ?? '';
      elements.push({
        id: junction,
        name: junction,
        rank: { leftOut: 'junction' },
        line,
        column: 1,
      });
    } else if (statement !== '')
      skipped.push({ line, reason: `"${statement.slice(0, 40)}" is not understood` });
  }
  return { elements, relations, skipped };
}
