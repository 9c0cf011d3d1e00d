import type { ClientEntry } from '../clients/client.ts';
import type { ReadCode } from '../facts.ts';
import { evaluate } from '../program/evaluate.ts';
import { interpretCalls } from '../program/interpret-calls.ts';
import { readStartedCommand } from '../program/started-commands.ts';
import { loadShellReader } from '../shell/shell.ts';
import { loadParser } from '../tree-sitter.ts';
import type { Language } from './language.ts';

/**
 * Loads the reader of a language that is lowered to a `Program`. It is synchronous and pure.
 * @param own clients that the user describes; they come before those that are known
 */
export async function loadLanguageReader(
  given: Language,
  own: readonly ClientEntry[] = [],
): Promise<ReadCode> {
  const language = { ...given, clients: [...given.clients, ...own] };
  const parse = await loadParser(language.grammar);
  const readShell = await loadShellReader(own);
  return (text) => {
    const program = parse(text, language.lower);
    const { calls, definitions, sites } = evaluate(program, language);
    const facts = [
      ...interpretCalls(calls, language.clients, language.handedOver),
      ...calls.flatMap((call) => readStartedCommand(call, readShell)),
    ];
    const services = language.readServices?.(program) ?? [];
    return { facts, definitions, sites, ...(services.length > 0 ? { services } : {}) };
  };
}
