import { type CallRecord, toText, type Value } from './calls.ts';
import type { CodeFact, ReadCode } from './facts.ts';

const starters =
  /^(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput)|os\.(?:system|popen)|(?:node:)?child_process\.(?:exec|execSync|execFile|execFileSync|spawn|spawnSync))$/;

/** Commands that a program starts, e.g. `subprocess.run(["curl", url])`, read as shell. */
export function readStartedCommand(call: CallRecord, readShell: ReadCode): CodeFact[] {
  if (!starters.test(call.callee)) return [];
  const [first, second] = call.args;
  const words: readonly Value[] =
    first?.kind === 'list'
      ? first.items
      : first?.kind === 'text' && second?.kind === 'list'
        ? [first, ...second.items]
        : [];
  const command =
    words.length > 0 ? words.map(quote).join(' ') : first?.kind === 'text' ? first.text : '';
  if (command === '') return [];
  // The command stands in the program where the call stands.
  return readShell(command, '').map((fact) => ({ ...fact, line: call.line, column: call.column }));
}

function quote(word: Value): string {
  const known =
    word.kind === 'text' ? word : toText(`{${word.kind === 'unknown' ? word.text : '…'}}`);
  return `'${(known.kind === 'text' ? known.text : '').replaceAll("'", "'\\''")}'`;
}
