import type { SqlArgument } from './arguments.ts';
import { openInnerSource, openSource, readName, type Source } from './source.ts';
import { type OpenValue, openValues, type Values } from './values.ts';

/** A text of SQL with what its names stand for: a file, or a statement inside a text. */
export interface Unit extends Source {
  readonly values: Values;
}

const maxDepth = 3;
const maxUnits = 2_000;
const beginsStatement =
  /^[\s(]*(?:select|insert|update|delete|merge|begin|declare|with|call|exec|execute|create|alter|drop|copy|unload|truncate|import|perform|bulk|export|grant|do|if|return)\b/i;

/** Functions that run the statement they are given. */
const runners =
  /^(?:execute|exec|sp_executesql|sp_execute|parse|schedule|schedule_in_database|submit|create_job|create_program|create_schedule|isubmit|format|concat|sp_add_jobstep|query_to_xml|run_job)$/;

/**
 * Takes a file apart, and every statement in it that stands in a text to be run: bodies in `$$`,
 * `EXECUTE IMMEDIATE '…'`, texts given to a variable. Other texts are data.
 */
export function openUnits(text: string): Unit[] {
  const units: Unit[] = [];
  const open = (
    source: Source,
    outer: ((name: string) => OpenValue | undefined) | undefined,
    depth: number,
  ): void => {
    const values = openValues(source.tokens, outer);
    const unit: Unit = { ...source, values };
    units.push(unit);
    if (depth >= maxDepth) return;
    for (const index of listStatementTexts(unit)) {
      if (units.length >= maxUnits) return;
      const value = values.read(index);
      if (!value || !beginsStatement.test(value.text)) continue;
      const { pieces } = value;
      const place = (offset: number): number => {
        const piece = pieces.findLast(({ from }) => from <= offset) ?? pieces[0];
        const within = piece ? piece.at + Math.max(0, offset - piece.from) : 0;
        return source.place(within);
      };
      const inner = openInnerSource(value.text, place);
      open(inner, (name) => values.lookUp(name, index), depth + 1);
    }
  };
  open(openSource(text), undefined, 0);
  return units;
}

/** Texts that stand where a statement to be run does. */
function* listStatementTexts({ tokens }: Source): Iterable<number> {
  const callees: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    if (token.kind === 'symbol') {
      if (token.text === '(') callees.push(calleeBefore(tokens, index));
      else if (token.text === ')') callees.pop();
      else if (token.text === ';') callees.length = 0;
      continue;
    }
    if (token.kind !== 'text') continue;
    let before = index - 1;
    while (tokens[before]?.text === '(' && tokens[before]?.kind === 'symbol') before--;
    const previous = tokens[before];
    const callee = callees.at(-1) ?? '';
    const isGiven =
      previous !== undefined &&
      (previous.text === ':=' ||
        previous.text === '=>' ||
        /^(?:immediate|execute|exec|for|do|as|default|sp_executesql|plpgsql|sql|query)$/.test(
          previous.word,
        ) ||
        (previous.text === '=' && isVariableBefore(tokens, before)));
    // What `format` fills in belongs to the statement.
    if (isGiven || runners.test(callee))
      yield callee === 'format' && before === index - 2 ? before : index;
  }
}

function calleeBefore(tokens: Source['tokens'], open: number): string {
  const token = tokens[open - 1];
  return token?.kind === 'word' ? token.word : '';
}

/** `@sql =`, `set sql =`, `@sql nvarchar(max) =`. */
function isVariableBefore(tokens: Source['tokens'], sign: number): boolean {
  for (let at = sign - 1; at >= Math.max(0, sign - 6); at--) {
    const token = tokens[at];
    if (token?.kind === 'variable' && token.text.startsWith('@')) return true;
    if (token?.word === 'set') return at === sign - 2;
    if (token?.kind === 'symbol' && !/^[()]$/.test(token.text)) return false;
  }
  return false;
}

/** The value of the first of these arguments that has one: positions from 0, or names. */
export function pickArgument(
  unit: Unit,
  args: readonly SqlArgument[],
  paths: readonly (number | string)[],
): ReturnType<Values['read']> {
  for (const path of paths) {
    const found =
      typeof path === 'number'
        ? args[path]?.name === undefined
          ? args[path]
          : undefined
        : args.find(({ name }) => name === path);
    const value = found && unit.values.read(found.start);
    if (value) return value;
  }
  return undefined;
}

/** The callee at an index, if a call stands there: its name in lower case, and where its arguments begin. */
export function readCallee(
  unit: Unit,
  index: number,
): { readonly name: string; readonly open: number } | undefined {
  const name = readName(unit.tokens, index);
  const bracket = name && unit.tokens[name.end];
  return name && bracket?.kind === 'symbol' && bracket.text === '('
    ? { name: name.parts.join('.').toLowerCase(), open: name.end }
    : undefined;
}
