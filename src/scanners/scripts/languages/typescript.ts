import { Project, ts } from 'ts-morph';
import type { ClientEntry } from '../clients/client.ts';
import { javascriptClients } from '../clients/javascript.ts';
import type { CodeFact, ReadCode } from '../facts.ts';
import { evaluate } from '../program/evaluate.ts';
import { interpretCalls } from '../program/interpret-calls.ts';
import { isOpen } from '../program/open-text.ts';
import { readStartedCommand } from '../program/started-commands.ts';
import { loadShellReader } from '../shell/shell.ts';
import { prepareCalls } from './typescript-calls.ts';
import { cutComponent } from './typescript-components.ts';
import { lowerTypescript } from './typescript-lowering.ts';
import { typescriptEnvironment, typescriptTexts } from './typescript-texts.ts';

const knowledge = {
  textFunctions: typescriptTexts,
  environmentObjects: typescriptEnvironment,
  implicitModules: [],
};

/**
 * Loads the TypeScript and JavaScript reader. It works on the syntax alone: no type checking, no
 * module is resolved on disk, nothing is run.
 */
export async function loadTypescriptReader(own: readonly ClientEntry[] = []): Promise<ReadCode> {
  const clients = [...javascriptClients, ...own];
  const rules = { ...knowledge, clients };
  const readShell = await loadShellReader(own);
  return (text, file) => {
    // A project of its own for each file: to forget a file again can cost far more than to read it.
    const project = new Project({
      useInMemoryFileSystem: true,
      skipFileDependencyResolution: true,
      compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve },
    });
    const script = cutComponent(text, file);
    const source = project.createSourceFile(`/${script.file}`, script.text, { overwrite: true });
    const program = lowerTypescript(source.compilerNode);
    const { calls, definitions, sites } = evaluate(program, rules);
    const prepared = prepareCalls(calls);
    const facts = [
      ...interpretCalls(prepared, clients),
      ...prepared.flatMap((call) => readStartedCommand(call, readShell)),
    ];
    // Functions are walked after the module around them; a person reads from the top.
    facts.sort((a, b) => a.line - b.line);
    return {
      facts: facts.map(closeNames),
      definitions,
      sites,
    };
  };
}

/**
 * A name that the file neither declares nor imports is a global of its own page or process; no
 * other module gives it a value.
 */
function closeNames(fact: CodeFact): CodeFact {
  if (fact.kind !== 'connection' || fact.address === undefined) return fact;
  const { address, ...rest } = fact;
  const closed = address.replace(/\{name:([\w$]{1,100})\}/g, '{$1}');
  return isOpen(closed) ? { ...rest, address: closed } : rest;
}
