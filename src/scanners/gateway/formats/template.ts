import type { Field, LogFormat } from '../log-format.ts';
import { assembleText, expectEnds, keepMostTelling, toField } from './assemble.ts';
import { joinParts } from './join-parts.ts';
import type { Piece, Variable } from './variable.ts';

/**
 * Reads a format string: lines of text, or JSON where the string is a JSON object with variables.
 * @param toPieces reads the language of the string; called for the whole and for values of JSON
 * @throws ConfigError where the lines would not say who called whom, and when
 */
export function readTemplate(
  name: string,
  text: string,
  toPieces: (text: string) => readonly Piece[],
): LogFormat {
  const pieces = toPieces(text);
  return readJsonTemplate(name, pieces) ?? assembleText(name, pieces);
}

/** A character that no format string holds stands for a variable while JSON is parsed. */
const mark = '\u{10ffff}';

function readJsonTemplate(name: string, pieces: readonly Piece[]): LogFormat | undefined {
  const first = pieces[0];
  if (first === undefined || !('literal' in first) || !/^\s*\{/.test(first.literal))
    return undefined;
  const variables: Variable[] = [];
  let inText = false;
  let json = '';
  for (const piece of pieces) {
    if ('literal' in piece) {
      json += piece.literal;
      inText = endsInText(piece.literal, inText);
    } else {
      const place = `${mark}${variables.push(piece) - 1}${mark}`;
      json += inText ? place : `"${place}"`;
    }
  }
  const value = parse(json);
  if (value === undefined) return undefined;
  const found = new Map<string, Variable>();
  collect(value, [], (path, text) => {
    const variable = toVariable(name, text, variables);
    if (variable?.role) found.set(path, variable);
  });
  const kept = keepMostTelling([...found.values()]);
  const fields: Record<string, Field> = {};
  for (const [path, variable] of found) if (kept.has(variable)) fields[path] = toField(variable);
  expectEnds(
    name,
    Object.values(fields).map(({ role }) => role),
  );
  return { kind: 'json', name, fields };
}

function endsInText(literal: string, inText: boolean): boolean {
  let inside = inText;
  for (let index = 0; index < literal.length; index++) {
    if (literal[index] === '\\') index++;
    else if (literal[index] === '"') inside = !inside;
  }
  return inside;
}

function parse(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json.replace(/,(\s*[}\]])/g, '$1'));
    return value;
  } catch {
    return undefined;
  }
}

const maxDepth = 20;

function collect(
  value: unknown,
  path: readonly string[],
  found: (path: string, text: string) => void,
): void {
  if (typeof value === 'string') found(path.join('.'), value);
  else if (typeof value === 'object' && value !== null && path.length < maxDepth) {
    for (const [key, child] of Object.entries(value))
      collect(child, [...path, key.replaceAll('.', '\\.')], found);
  }
}

/** The one variable that a text of JSON is, after its parts are joined. */
function toVariable(
  name: string,
  text: string,
  variables: readonly Variable[],
): Variable | undefined {
  const pieces = text
    .split(mark)
    .map((part, index): Piece => (index % 2 === 0 ? { literal: part } : (variables[+part] ?? {})));
  const joined = joinParts(name, pieces);
  const [only] = joined;
  return joined.length === 1 && only && !('literal' in only) ? { ...only } : undefined;
}
