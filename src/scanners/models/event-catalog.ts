import { parseYaml, type YamlDocument } from '../../yaml.ts';
import { findKind } from './kind-of-text.ts';
import type { Model, ModelElement, ModelOffer, ModelReader, ModelRelation } from './model.ts';
import { toList, toMapping, toText } from './parse-documents.ts';

const pageFile = /(?:^|\/)[^/]+\.(?:mdx|md)$/i;
const kinds =
  /(?:^|\/)(services|events|commands|queries|domains|systems|channels|flows|entities|data-products|containers)(?=\/[^/]+\/)/g;

/** Reads the pages of an EventCatalog: which service sends and receives which message. */
export const eventCatalogReader: ModelReader = {
  name: 'EventCatalog',
  matches: (file, text) =>
    pageFile.test(file) &&
    /^---\r?\n/.test(text) &&
    /^id:\s*\S/m.test(frontMatter(text)) &&
    /^version:\s*\S/m.test(frontMatter(text)),
  read(text, file) {
    const page = parseYaml(`\n${frontMatter(text)}`, file);
    const said = toMapping(page.value);
    const kind = kindOf(file, said);
    const id = toText(said['id']) ?? file;
    if (/\/versioned\//.test(file)) return leave('older version of a page');
    if (kind !== 'services')
      return leave(kind === '' ? 'page of EventCatalog' : `EventCatalog ${kind}`);
    const owner = toList(said['owners'])[0];
    const team = toText(owner) ?? toText(toMapping(owner)['id']);
    const domain = [...file.matchAll(/(?:^|\/)domains\/([^/]+)\//g)].at(-1)?.[1];
    const whole = [...file.matchAll(/(?:^|\/)systems\/([^/]+)\//g)].at(-1)?.[1];
    const { line, column } = page.placeOf(['id']);
    const systems: ModelElement[] =
      whole === undefined
        ? []
        : [{ id: `system ${whole}`, name: whole, rank: 'system', key: whole, line, column }];
    const service: ModelElement = {
      id,
      name: toText(said['name']) ?? id,
      rank: whole === undefined ? 'system' : 'part',
      ...(whole === undefined ? {} : { whole: `system ${whole}` }),
      ...(domain === undefined ? {} : { domain }),
      ...(team === undefined ? {} : { team }),
      key: id,
      line,
      column,
    };
    const offers = (['sends', 'receives'] as const).flatMap((does) =>
      toList(said[does]).flatMap((item, index): ModelOffer[] => {
        const name = toText(toMapping(item)['id']);
        return name === undefined
          ? []
          : [{ element: id, name, does, ...placeOf(page, does, index) }];
      }),
    );
    const stores = readStores(page, said, id);
    return {
      elements: [service, ...systems, ...stores.elements],
      relations: stores.relations,
      offers,
    } satisfies Model;
  },
};

/** The databases that a service writes to and reads from. */
function readStores(
  page: YamlDocument,
  said: Readonly<Record<string, unknown>>,
  service: string,
): Pick<Model, 'elements' | 'relations'> {
  const elements = new Map<string, ModelElement>();
  const relations = (['writesTo', 'readsFrom'] as const).flatMap((does) =>
    toList(said[does]).flatMap((item, index): ModelRelation[] => {
      const name = toText(toMapping(item)['id']);
      if (name === undefined) return [];
      const id = `store ${name}`;
      const spot = placeOf(page, does, index);
      const kind = findKind(name.replaceAll('-', ' ')) ?? 'unknown';
      if (!elements.has(id))
        elements.set(id, { id, name, rank: 'system', kind, key: name, ...spot });
      const [from, to] = does === 'writesTo' ? [service, id] : [id, service];
      const initiator = does === 'writesTo' ? ('from' as const) : ('to' as const);
      return [{ from, to, meaning: 'data', initiator, ...spot }];
    }),
  );
  return { elements: [...elements.values()], relations };
}

function placeOf(
  page: YamlDocument,
  list: string,
  index: number,
): { line: number; column: number } {
  const { line, column } = page.placeOf([list, index, 'id']);
  return { line, column };
}

/** What stands between the first two lines of dashes. */
function frontMatter(text: string): string {
  const start = text.indexOf('\n') + 1;
  const end = text.slice(0, 200_000).search(/\r?\n---\s*(?:\r?\n|$)/);
  return end < start ? '' : text.slice(start, end);
}

/** By the folder that it is kept in; a service tells itself by what it sends. */
function kindOf(file: string, said: Readonly<Record<string, unknown>>): string {
  const folder = [...file.matchAll(kinds)].at(-1)?.[1];
  return folder ?? ('sends' in said || 'receives' in said ? 'services' : '');
}

function leave(what: string): Model {
  return { elements: [], relations: [], leftOut: { [what]: 1 } };
}
