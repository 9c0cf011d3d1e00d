import type { PlatformReader } from './platform.ts';
import { platformReaders } from './readers.ts';

/** The reader that knows this file by its content; the first one that does. */
export function findPlatformReader(file: string, text: string): PlatformReader | undefined {
  return platformReaders.find((reader) => reader.matches(file, text));
}

/** What can be read, as a list for messages. */
export function listPlatformNames(): string {
  const names = platformReaders.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
