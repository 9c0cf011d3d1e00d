import { archiCsvReader } from './archi-csv.ts';
import { archimateReader } from './archimate-xml.ts';
import { backstageReader } from './backstage.ts';
import { asyncApiReader, openApiReader, wsdlReader } from './contracts.ts';
import { eventCatalogReader } from './event-catalog.ts';
import { graphqlReader } from './graphql-schema.ts';
import { likec4Reader } from './likec4.ts';
import { mermaidReader } from './mermaid.ts';
import type { ModelReader } from './model.ts';
import { plantumlReader } from './plantuml.ts';
import { protobufReader } from './protobuf.ts';
import { structurizrReader } from './structurizr-dsl.ts';
import { structurizrJsonReader } from './structurizr-json.ts';

/** The readers of formats, in the order in which they are asked. */
const modelReaders: readonly ModelReader[] = [
  archimateReader,
  archiCsvReader,
  backstageReader,
  structurizrReader,
  structurizrJsonReader,
  likec4Reader,
  plantumlReader,
  eventCatalogReader,
  openApiReader,
  asyncApiReader,
  wsdlReader,
  protobufReader,
  graphqlReader,
  mermaidReader,
];

/** The reader that knows this file by its content and name; the first one that does. */
export function findModelReader(file: string, text: string): ModelReader | undefined {
  return modelReaders.find((reader) => reader.matches(file, text));
}

/** What can be read, as a list for messages. */
export function listModelFormats(): string {
  const names = modelReaders.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
