import type { Judged } from '../../audit.ts';
import { sortedUnique } from '../../order.ts';
import { labelLink, linkFields, readFields, systemFields } from './fields.ts';
import { nameUniquely } from './name-uniquely.ts';
import { quotePlainly } from './quote-plainly.ts';

/** With a prefix no name is a word of the language: https://likec4.dev/dsl/ */
const naming = { unfit: /[^A-Za-z0-9]/g, separator: '_', prefix: 's_' };

/** Renders every system and link as a LikeC4 model, with a view of all of it. */
export function* renderLikec4({ name, systems, links }: Judged): Generator<string> {
  const names = nameUniquely(
    systems.map(({ id }) => id),
    naming,
  );
  yield 'specification {\n';
  for (const kind of sortedUnique(systems.map(({ kind }) => kind))) yield `  element ${kind}\n`;
  yield '}\n\nmodel {\n';
  for (const system of systems) {
    yield `  ${names.get(system.id)} = ${system.kind} ${quotePlainly(system.name)} {\n`;
    if (system.type !== undefined) yield `    technology ${quotePlainly(system.type)}\n`;
    yield `${writeMetadata(readFields(systemFields, system))}  }\n`;
  }
  for (const link of links) {
    yield `  ${names.get(link.from)} -> ${names.get(link.to)} ${quotePlainly(labelLink(link))} {\n`;
    yield `    technology ${quotePlainly(link.protocol ?? link.family)}\n`;
    yield `${writeMetadata(readFields(linkFields, link))}  }\n`;
  }
  yield `}\n\nviews {\n  view index {\n    title ${quotePlainly(name)}\n    include *\n  }\n}\n`;
}

/** `style` is a word of the language, and no key. */
function toKey(name: string): string {
  return name === 'style' ? 'linkStyle' : name;
}

function writeMetadata(fields: readonly (readonly [string, string | boolean])[]): string {
  const lines = fields.map(
    ([name, value]) => `      ${toKey(name)} ${quotePlainly(String(value))}\n`,
  );
  return `    metadata {\n${lines.join('')}    }\n`;
}
