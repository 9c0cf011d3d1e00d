import type { CallSite, Position } from '../facts.ts';
import { listArguments } from './arguments.ts';
import { foldName, readName } from './source.ts';
import { pickArgument, type Unit } from './unit.ts';

const maxSites = 2_000;
/** Packages of the database itself. */
const standard = /^(?:dbms_|utl_|sys\.|apex_|htp\.|owa_)/;

/** Calls of routines with parameters: those of this file, and of packages that are handed an address. */
export function listSites(unit: Unit, positionAt: (offset: number) => Position): CallSite[] {
  const { tokens, values } = unit;
  const byName = new Map(values.routines.map((routine) => [routine.name, routine] as const));
  const sites: CallSite[] = [];
  let owner = '';
  for (let index = 0; index < tokens.length && sites.length < maxSites; index++) {
    const token = tokens[index];
    const word = token?.word ?? '';
    if (word === 'package') {
      const at = tokens[index + 1]?.word === 'body' ? index + 2 : index + 1;
      owner = foldName(readName(tokens, at)?.parts.at(-1) ?? '');
    }
    if (token?.kind !== 'word' || tokens[index - 1]?.text === '.') continue;
    if (/^(?:procedure|function|proc)$/.test(tokens[index - 1]?.word ?? '')) continue;
    const name = readName(tokens, index);
    if (!name) continue;
    const isExecuted = /^(?:exec|execute|call)$/.test(tokens[index - 1]?.word ?? '');
    const isBracketed = tokens[name.end]?.text === '(';
    if (!isBracketed && !isExecuted) continue;
    const called = foldName(name.parts.join('.'));
    const plain = foldName(name.parts.at(-1) ?? '');
    const routine = byName.get(called) ?? byName.get(`${owner}.${plain}`) ?? byName.get(plain);
    if (!routine && (name.parts.length < 2 || standard.test(called))) continue;
    const args = listArguments(tokens, name.end + (isBracketed ? 1 : 0), isBracketed);
    const count = routine ? routine.parameters.length : args.length;
    const texts = Array.from({ length: Math.min(count, 20) }, (_, position) => {
      const parameter = routine?.parameters[position]?.replace(/^@/, '');
      return pickArgument(unit, args, parameter ? [parameter, position] : [position])?.text ?? '';
    });
    const isTelling = routine
      ? texts.some((text) => text !== '')
      : texts.some((text) => text.includes('://'));
    if (isTelling)
      sites.push({
        function: routine?.name ?? called,
        args: texts,
        ...positionAt(unit.place(token.at)),
      });
  }
  return sites;
}
