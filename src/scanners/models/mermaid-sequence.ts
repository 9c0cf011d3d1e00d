import { readLabel } from './mermaid-labels.ts';
import type { Model, ModelElement, ModelRelation } from './model.ts';
import { findProtocol } from './protocol-of-text.ts';

const participant =
  /^(?:create\s+)?(participant|actor)\s+([^\s@:]{1,200}(?:@\{[^}]{0,200}\})?)(?:\s+as\s+(.{1,500}))?$/;
const message =
  /^([^\s<>:][^<>:]{0,200}?)\s*(<<)?(-{1,2})(>>|>|x|\))\s*[+-]?\s*([^\s:][^:]{0,200}?)\s*(?::\s*(.{0,1000}))?$/;
const quiet =
  /^(?:note|loop|alt|else|opt|par|and|rect|end|activate|deactivate|autonumber|box|critical|option|break|title|destroy|link|links|accTitle|accDescr)\b/i;

/** Reads a sequence diagram: who calls whom. A dashed arrow answers a call, and is none. */
export function readSequence(lines: readonly { text: string; line: number }[]): Model {
  const elements = new Map<string, ModelElement>();
  const relations: ModelRelation[] = [];
  const leftOut: Record<string, number> = {};
  const skipped: { line: number; reason: string }[] = [];
  const touch = (id: string, line: number): string => {
    if (!elements.has(id)) elements.set(id, { id, name: id, rank: 'system', line, column: 1 });
    return id;
  };
  for (const { text, line } of lines) {
    const statement = text.trim().replace(/;$/, '');
    if (statement === '' || quiet.test(statement)) continue;
    const [, role, id = '', label] = participant.exec(statement) ?? [];
    if (role !== undefined) {
      const [name = id] = readLabel(label ?? id);
      const rank = role === 'actor' ? { leftOut: 'person' } : ('system' as const);
      elements.set(id, { id, name, rank, line, column: 1 });
      continue;
    }
    const [, from, , dashes, , to, said = ''] = message.exec(statement) ?? [];
    if (from === undefined || to === undefined) {
      skipped.push({ line, reason: `"${statement.slice(0, 40)}" is not understood` });
    } else if (dashes === '--') {
      touch(from, line);
      touch(to, line);
      leftOut['answer to a message'] = (leftOut['answer to a message'] ?? 0) + 1;
    } else {
      const label = readLabel(said).join(' ');
      const protocol = findProtocol(label, false);
      relations.push({
        from: touch(from, line),
        to: touch(to, line),
        meaning: 'call',
        label,
        ...(protocol === undefined ? {} : { protocol }),
        line,
        column: 1,
      });
    }
  }
  return { elements: [...elements.values()], relations, leftOut, skipped };
}
