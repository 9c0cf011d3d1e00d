import { toAddressReference } from '../../evidence.ts';
import { parseYaml, type YamlDocument } from '../../yaml.ts';
import { openXmlTree } from '../xml-tree.ts';
import type { ModelHost, ModelOffer, ModelReader, Spot } from './model.ts';
import { toList, toMapping, toText } from './parse-documents.ts';
import { findProtocol } from './protocol-of-text.ts';

/** Reads OpenAPI and Swagger: on which hosts an interface is offered. Nobody is said to use it. */
export const openApiReader: ModelReader = {
  name: 'OpenAPI',
  matches: (_file, text) =>
    /(?:^|[{,])\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?[1-4]\./m.test(text.slice(0, 5_000)),
  read(text, file) {
    const document = parseYaml(text, file);
    const root = toMapping(document.value);
    const name = titleOf(root);
    const written = [
      ...toList(root['servers']).map((each, index) => ({
        url: toText(toMapping(each)['url']),
        path: ['servers', index, 'url'],
      })),
      { url: toText(root['host']), path: ['host'] },
    ];
    const hosts = written.flatMap(({ url, path }) =>
      url === undefined || name === undefined ? [] : toHost(url, name, spotOf(document, path)),
    );
    return { elements: [], relations: [], hosts, leftOut: { 'contract of an interface': 1 } };
  },
};

/** Reads AsyncAPI 2 and 3: what an application sends and receives, by the address of the channel. */
export const asyncApiReader: ModelReader = {
  name: 'AsyncAPI',
  matches: (_file, text) =>
    /(?:^|[{,])\s*["']?asyncapi["']?\s*:\s*["']?[23]\./m.test(text.slice(0, 5_000)),
  read(text, file) {
    const document = parseYaml(text, file);
    const root = toMapping(document.value);
    const name = titleOf(root) ?? file;
    const servers = Object.values(toMapping(root['servers'])).map(toMapping);
    const protocol = findProtocol(toText(servers[0]?.['protocol']), true);
    const offers = [...listOperations(root, document), ...listChannels(root, document)].map(
      (offer): ModelOffer => ({
        ...offer,
        element: name,
        ...(protocol === undefined ? {} : { protocol }),
      }),
    );
    const spot = spotOf(document, ['info', 'title']);
    return {
      elements: [{ id: name, name, rank: 'system', key: name, aliases: shortNames(name), ...spot }],
      relations: [],
      offers,
    };
  },
};

/** Reads WSDL: at which addresses a service is offered. */
export const wsdlReader: ModelReader = {
  name: 'WSDL',
  matches: (_file, text) =>
    /<(?:\w{1,20}:)?(?:definitions|description)\b[^>]{0,4000}wsdl/.test(text.slice(0, 8_000)),
  read(text) {
    const tree = openXmlTree(text);
    // Version 2.0 writes the address at the endpoint, 1.1 inside of the port.
    const hosts = tree.all('address', 'endpoint').flatMap((node) => {
      const isEndpoint = node.name === 'endpoint';
      const service = (isEndpoint ? node.parent : node.parent?.parent)?.attributes.get('name');
      const url = node.attributes.get(isEndpoint ? 'address' : 'location');
      return service && url ? toHost(url, service, node) : [];
    });
    return { elements: [], relations: [], hosts, leftOut: { 'contract of an interface': 1 } };
  },
};

function titleOf(root: Readonly<Record<string, unknown>>): string | undefined {
  return toText(toMapping(root['info'])['title']);
}

/** "Orders API" is offered by what others call "Orders". */
function shortNames(name: string): string[] {
  const short = name.replace(/\s+(?:REST\s+)?(?:API|service|events?|messages)$/i, '').trim();
  return short === '' || short === name ? [] : [short];
}

/** A host of a contract, under the name of who answers there; none for a name of one network. */
export function toHost(url: string, name: string, { line, column }: Spot): ModelHost[] {
  const reference = toAddressReference(url);
  if (reference.kind !== 'address' || !reference.host.includes('.')) return [];
  const [short = name] = shortNames(name);
  return [{ host: reference.host, name: short, line, column }];
}

function spotOf(document: YamlDocument, path: readonly (string | number)[]): Spot {
  const { line, column } = document.placeOf(path);
  return { line, column };
}

type Offer = Omit<ModelOffer, 'element'>;

/** Version 3: operations say `send` or `receive`, and refer to a channel. */
function listOperations(root: Readonly<Record<string, unknown>>, document: YamlDocument): Offer[] {
  const channels = toMapping(root['channels']);
  return Object.entries(toMapping(root['operations'])).flatMap(([id, value]): Offer[] => {
    const operation = toMapping(value);
    const action = toText(operation['action']);
    const key = toText(toMapping(operation['channel'])['$ref'])?.split('/').at(-1) ?? '';
    const name = toText(toMapping(channels[key])['address']) ?? key;
    if ((action !== 'send' && action !== 'receive') || name === '') return [];
    const does = action === 'send' ? 'sends' : 'receives';
    return [{ name, does, ...spotOf(document, ['operations', id, 'action']) }];
  });
}

/** Version 2 tells what others do: where they may subscribe, the application sends. */
function listChannels(root: Readonly<Record<string, unknown>>, document: YamlDocument): Offer[] {
  if (!toText(root['asyncapi'])?.startsWith('2')) return [];
  return Object.entries(toMapping(root['channels'])).flatMap(([name, value]): Offer[] =>
    (['subscribe', 'publish'] as const).flatMap((word): Offer[] =>
      word in toMapping(value)
        ? [
            {
              name,
              does: word === 'subscribe' ? 'sends' : 'receives',
              ...spotOf(document, ['channels', name, word]),
            },
          ]
        : [],
    ),
  );
}
