import type { ModelReader } from './model.ts';
import { structurizrReader } from './structurizr-dsl.ts';

/** The readers of formats, in the order in which they are asked. */
const modelReaders: readonly ModelReader[] = [structurizrReader];

/** The reader that knows this file by its content and name; the first one that does. */
export function findModelReader(file: string, text: string): ModelReader | undefined {
  return modelReaders.find((reader) => reader.matches(file, text));
}

/** What can be read, as a list for messages. */
export function listModelFormats(): string {
  const names = modelReaders.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
