import { readCodeSafeguards } from '../safeguards/read-code-safeguards.ts';
import type { ClientEntry } from './clients/client.ts';
import { type ReadCode, type Reading, unreadableCode } from './facts.ts';
import { loadReader } from './languages/readers.ts';
import { trimReading } from './trim-reading.ts';

/** One script that is to be read. */
export interface ScriptText {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

/** What came of it: a reading, or why there is none. */
export type ReadResult = { readonly reading: Reading } | { readonly skipped: string };

/** Reads scripts of all languages, each language loaded when its first script is met. */
export type ReadScript = (script: ScriptText) => Promise<ReadResult>;

/**
 * Opens the readers of all languages.
 * @param own clients that the user describes
 */
export function openReadScript(own: readonly ClientEntry[]): ReadScript {
  const loaded = new Map<string, ReadCode>();
  return async ({ language, file, text }) => {
    const read = loaded.get(language) ?? (await loadReader(language, own));
    loaded.set(language, read);
    try {
      return { reading: trimReading(withSafeguards(read(text, file), language, text)) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { skipped: unreadableCode };
    }
  };
}

/** Only of code that may exchange data it matters what it does when that fails. */
function withSafeguards(reading: Reading, language: string, text: string): Reading {
  const first = reading.facts.find(({ kind }) => kind === 'connection') ?? reading.sites[0];
  return first === undefined
    ? reading
    : { ...reading, facts: [...reading.facts, ...readCodeSafeguards(language, text, first)] };
}
