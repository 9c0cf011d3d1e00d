import type { Judged } from '../../audit.ts';
import type { Link, System } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import { labelLink, linkFields, readFields, systemFields } from './fields.ts';
import { nameUniquely } from './name-uniquely.ts';
import { quotePlainly } from './quote-plainly.ts';

/** Words of the language: https://docs.structurizr.com/dsl/language */
const reserved = new Set(
  'workspace model views configuration person softwaresystem container component deploymentenvironment deploymentgroup deploymentnode infrastructurenode softwaresysteminstance containerinstance element instances group properties perspectives relationship systemlandscape systemcontext filtered dynamic deployment custom image styles theme themes branding terminology users this enterprise description technology tags url include exclude autolayout animation title default'.split(
    ' ',
  ),
);
const naming = { unfit: /[^A-Za-z0-9]/g, separator: '_', reserved };

/** Renders every system and link as a workspace in the Structurizr DSL, with a landscape view. */
export function* renderStructurizr({ name, asOf, systems, links }: Judged): Generator<string> {
  const names = nameUniquely(
    systems.map(({ id }) => id),
    naming,
  );
  const identify = (id: string): string => names.get(id) as string;
  yield `workspace ${quotePlainly(name)} ${quotePlainly(`As of ${asOf}`)} {\n  model {\n`;
  const titles = nameApart(systems.map((system) => quotePlainly(system.name)));
  const titled = systems.map((system, index) => ({ system, title: titles[index] as string }));
  const byDomain = groupBy(
    sortBy(titled, ({ system }) => system.domain ?? ''),
    ({ system }) => system.domain ?? '',
  );
  for (const [domain, members] of byDomain) {
    const indent = domain === '' ? '    ' : '      ';
    if (domain !== '') yield `    group ${quotePlainly(domain)} {\n`;
    for (const { system, title } of members)
      yield writeSystem(identify(system.id), system, title, indent);
    if (domain !== '') yield '    }\n';
  }
  // One description a pair: the language takes two relationships that say the same for one.
  const said = nameApart(
    links.map((link) => `${link.from}\u0000${link.to}\u0000${quotePlainly(labelLink(link))}`),
  );
  for (const [index, link] of links.entries()) {
    const label = said[index]?.split('\u0000').at(-1) as string;
    yield writeLink(`${identify(link.from)} -> ${identify(link.to)} ${label}`, link);
  }
  yield '  }\n  views {\n    systemLandscape "landscape" {\n      include *\n      autoLayout lr\n    }\n  }\n}\n';
}

function writeSystem(id: string, system: System, title: string, indent: string): string {
  const description = quotePlainly(system.type ?? system.kind);
  const tags = quotePlainly([system.kind, system.criticality].join(','));
  const properties = writeProperties(readFields(systemFields, system), indent);
  return `${indent}${id} = softwareSystem ${title} ${description} ${tags} {\n${properties}${indent}}\n`;
}

function writeLink(relationship: string, link: Link): string {
  const technology = quotePlainly(link.protocol ?? link.family);
  const tags = quotePlainly(
    [link.mediation, link.registered ? 'registered' : 'unregistered'].join(','),
  );
  const properties = writeProperties(readFields(linkFields, link), '    ');
  return `    ${relationship} ${technology} ${tags} {\n${properties}    }\n`;
}

function writeProperties(
  fields: readonly (readonly [string, string | boolean])[],
  indent: string,
): string {
  const lines = fields.map(
    ([name, value]) => `${indent}    "${name}" ${quotePlainly(String(value))}\n`,
  );
  return `${indent}  properties {\n${lines.join('')}${indent}  }\n`;
}

/** Numbers quoted texts that are there twice. */
function nameApart(quoted: readonly string[]): string[] {
  const taken = new Set(quoted);
  const seen = new Set<string>();
  const numbers = new Map<string, number>();
  return quoted.map((text) => {
    if (!seen.has(text)) {
      seen.add(text);
      return text;
    }
    for (let number = numbers.get(text) ?? 2; ; number++) {
      const apart = `${text.slice(0, -1)} (${number})"`;
      if (taken.has(apart)) continue;
      taken.add(apart);
      numbers.set(text, number + 1);
      return apart;
    }
  });
}
