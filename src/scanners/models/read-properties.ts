import { criticalities, styles, systemKinds } from '../../vocabulary.ts';
import type { ModelElement, ModelRelation } from './model.ts';

type Properties = ReadonlyMap<string, string>;

/** What free properties of an element say, where they are called like columns of an inventory. */
export function readElementProperties(properties: Properties): Partial<ModelElement> {
  const said = readTexts(properties, ['type', 'domain', 'site', 'team', 'lifecycle'] as const);
  const id = properties.get('id');
  return {
    ...said,
    ...oneOf('kind', systemKinds, properties),
    ...oneOf('criticality', criticalities, properties),
    ...(id === undefined ? {} : { aliases: [id] }),
  };
}

/** What free properties of a relation say, where they are called like columns of an inventory. */
export function readRelationProperties(properties: Properties): Partial<ModelRelation> {
  const objects = readList(properties.get('objects'));
  const via = readList(properties.get('via'));
  const family = properties.get('family');
  const protocol = properties.get('protocol') ?? (family === 'other' ? undefined : family);
  const style = properties.has('style') ? 'style' : 'linkStyle';
  return {
    ...readTexts(properties, ['team'] as const),
    ...(protocol === undefined ? {} : { protocol: protocol.toLowerCase() }),
    ...oneOf('style', styles, new Map([['style', properties.get(style) ?? '']])),
    ...oneOf('criticality', criticalities, properties),
    ...oneOf('initiator', ['from', 'to', 'carrier', 'unknown'] as const, properties),
    ...(objects.length === 0 ? {} : { objects }),
    ...(via.length === 0 ? {} : { via }),
    // Who writes the key of a link beside an arrow has drawn it the way the data goes.
    ...(properties.get('key')?.includes('=>') ? { meaning: 'data' as const } : {}),
  };
}

function readTexts<K extends string>(
  properties: Properties,
  keys: readonly K[],
): { readonly [P in K]?: string } {
  const found: { [P in K]?: string } = {};
  for (const key of keys) {
    const value = properties.get(key)?.trim();
    if (value) found[key] = value;
  }
  return found;
}

function oneOf<K extends string, T extends string>(
  key: K,
  values: readonly T[],
  properties: Properties,
): { readonly [P in K]?: T } {
  const value = properties.get(key)?.trim().toLowerCase();
  const known = values.find((each) => each === value);
  return (known === undefined ? {} : { [key]: known }) as { readonly [P in K]?: T };
}

function readList(text: string | undefined): string[] {
  return (text ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
