import { schedulerReaders } from './readers.ts';
import type { SchedulerReader } from './scheduled-job.ts';

/** The reader that knows this file by its name and content; the first one that does. */
export function findSchedulerReader(file: string, text: string): SchedulerReader | undefined {
  return schedulerReaders.find((reader) => reader.matches(file, text));
}

/** What can be read, as a list for messages. */
export function listSchedulerNames(): string {
  const names = schedulerReaders.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
