import type { Judged } from '../../audit.ts';
import { writeJson } from '../json.ts';
import { labelLink, linkFields, readFields, systemFields } from './fields.ts';

const pieceLength = 1_000_000;

/** Renders every system and link as JSON Graph Format 2. https://jsongraphformat.info */
export function* renderJsonGraph({ name, asOf, systems, links }: Judged): Generator<string> {
  const graph = {
    id: 'landscape',
    type: 'integration-landscape',
    label: name,
    directed: true,
    metadata: { asOf },
    nodes: Object.fromEntries(
      systems.map((system) => [
        system.id,
        { label: system.name, metadata: Object.fromEntries(readFields(systemFields, system)) },
      ]),
    ),
    edges: links.map((link) => ({
      id: link.key,
      source: link.from,
      target: link.to,
      relation: link.family,
      directed: true,
      label: labelLink(link),
      metadata: Object.fromEntries(readFields(linkFields, link)),
    })),
  };
  yield* writeJson({ graph }, pieceLength);
  yield '\n';
}
