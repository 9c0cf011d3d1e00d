import type { ConnectionEvidence, Evidence, SystemEvidence } from '../../evidence.ts';
import type { CoverageCounter } from '../coverage.ts';
import { type Box, type Boxes, openBoxes } from './boxes.ts';
import { clip } from './clip.ts';
import type { Model, ModelRelation } from './model.ts';
import { type ModelOptions, toBase, toConnection } from './to-connection.ts';

/** A relation between two boxes. */
interface Arrow {
  readonly relation: ModelRelation;
  readonly from: Box;
  readonly to: Box;
}

/** Makes systems and connections of what one file declares; what is neither is counted. */
export function* toModelEvidence(
  model: Model,
  file: string,
  options: ModelOptions,
  coverage: CoverageCounter,
): Generator<Evidence> {
  const boxes = openBoxes(model);
  const { of } = boxes;
  const all: Arrow[] = [];
  for (const relation of model.relations) {
    const found = judge(relation, boxes);
    if ('missing' in found) {
      const reason = `"${clip(found.missing)}" is an end that the file does not define; correct the name`;
      coverage.skip({ file, line: relation.line, column: relation.column }, reason);
      continue;
    }
    coverage.read();
    if ('leftOut' in found) coverage.leaveOut(found.leftOut);
    else all.push(found);
  }
  const links = leaveImplied(all);
  coverage.leaveOut('relation that relations of its parts imply', all.length - links.length);
  const ends = new Set(links.flatMap(({ from, to }) => [from.element.id, to.element.id]));
  const opened = new Set([...of.values()].flatMap(({ whole }) => (whole ? [whole.id] : [])));
  const yielded = new Set<string>();
  for (const element of model.elements) {
    coverage.read();
    const box = of.get(element.id);
    if (typeof element.rank === 'object') coverage.leaveOut(element.rank.leftOut);
    else if (element.rank === 'inner') coverage.leaveOut('piece inside a system or container');
    // Where its parts are drawn, a system is the sum of them.
    else if (opened.has(element.id) && !ends.has(element.id))
      coverage.leaveOut('system whose parts are drawn');
    else if (box?.element === element && !yielded.has(element.id)) {
      yielded.add(element.id);
      yield toSystem(box, file, options);
    }
  }
  const seen = new Set<string>();
  const oneWay = links.filter(({ relation }) => relation.meaning !== 'both');
  const drawn = new Set(oneWay.map(({ from, to }) => pair(from.element.id, to.element.id)));
  for (const { relation, from, to } of links) {
    const declared = toConnection(relation, from, to, file, options);
    // Who draws an arrow each way means two exchanges, and not one that could go either way.
    const isMutual = drawn.has(pair(to.element.id, from.element.id));
    const evidence: ConnectionEvidence =
      isMutual && declared.direction === 'unknown'
        ? { ...declared, direction: 'forward' }
        : declared;
    // Two systems that exchange thirty messages in one drawing have one link there.
    const key = JSON.stringify([
      evidence.from,
      evidence.to,
      evidence.protocol,
      evidence.initiator,
      evidence.objects,
    ]);
    if (seen.has(key)) coverage.leaveOut('arrow that repeats another one');
    else yield evidence;
    seen.add(key);
  }
}

/** The boxes of an arrow; else why it is no link, or the end that nothing defines. */
function judge(
  relation: ModelRelation,
  { byId, of }: Boxes,
): Arrow | { readonly leftOut: string } | { readonly missing: string } {
  const missing = [relation.from, relation.to].find((id) => !byId.has(id));
  if (missing !== undefined) return { missing };
  if (relation.leftOut !== undefined) return { leftOut: relation.leftOut };
  for (const id of [relation.from, relation.to]) {
    const rank = byId.get(id)?.rank;
    if (typeof rank === 'object') return { leftOut: `relation with ${rank.leftOut}` };
  }
  const [from, to] = [of.get(relation.from), of.get(relation.to)];
  if (!from || !to) return { leftOut: 'relation with a piece of no system' };
  if (from.element === to.element) return { leftOut: 'relation within one system or container' };
  return { relation, from, to };
}

/** Without arrows between systems that arrows between their parts say more exactly. */
function leaveImplied(arrows: readonly Arrow[]): Arrow[] {
  const implied = new Set<string>();
  for (const { from, to } of arrows) {
    const [above, below] = [from.whole?.id, to.whole?.id];
    if (above !== undefined) implied.add(pair(above, to.element.id));
    if (below !== undefined) implied.add(pair(from.element.id, below));
    if (above !== undefined && below !== undefined) implied.add(pair(above, below));
  }
  return arrows.filter(({ from, to }) => !implied.has(pair(from.element.id, to.element.id)));
}

function pair(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

function toSystem(
  { element, id, whole }: Box,
  file: string,
  options: ModelOptions,
): SystemEvidence {
  const { kind, type, domain, site, team, criticality, lifecycle, tags = [] } = element;
  const names = [element.name, ...(element.aliases ?? [])].map(clip);
  const aliases = [...new Set(names)].filter((name) => name !== id && name !== names[0]);
  return {
    ...toBase(file, element, options),
    kind: 'system',
    id,
    registered: options.registry,
    drawn: true,
    fields: {
      name: clip(element.name),
      ...(kind === undefined ? {} : { kind }),
      ...(type === undefined ? {} : { type: clip(type) }),
      ...(domain === undefined ? {} : { domain: clip(domain) }),
      ...(site === undefined ? {} : { site: clip(site) }),
      ...(whole === undefined ? {} : { partOf: clip(whole.name) }),
      ...(team === undefined ? {} : { team: clip(team) }),
      ...(criticality === undefined ? {} : { criticality }),
      ...(lifecycle === undefined ? {} : { lifecycle: clip(lifecycle) }),
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(tags.length === 0 ? {} : { tags: tags.map(clip) }),
    },
  };
}
