import type { LogFormat } from '../log-format.ts';
import { apacheDirective } from './apache-directives.ts';
import { readTemplate } from './template.ts';
import type { Piece } from './variable.ts';

/**
 * Reads a `LogFormat` of Apache: the string alone, or the directive `LogFormat "…" name` as it stands
 * in the configuration. Quotes may be escaped (`\"`) or not.
 * @param name what to call a string without a directive
 * @throws ConfigError where its lines do not say who called whom, or the time cannot be read
 */
export function readApacheFormat(text: string, name = 'Apache LogFormat'): LogFormat {
  const trimmed = text.trim();
  const directive =
    /^(?:LogFormat|CustomLog\s+\S+)\s+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')(?:\s+([\w-]+))?/i.exec(
      trimmed,
    );
  const format = directive?.[1] ?? directive?.[2] ?? trimmed;
  return readTemplate(directive?.[3] ?? name, resolveEscapes(format), toApachePieces);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

function resolveEscapes(text: string): string {
  return text.replace(/\\(["'\\nt])/g, (_, letter: string) => escapes[letter] ?? letter).trim();
}

/** `%`, modifiers that pass over statuses or choose a request, an argument, the letters. */
const directive = /%(?:!?\d{3}(?:,\d{3})*)?[<>]?(?:\{([^{}]{0,200})\})?(\^?[a-zA-Z]|%)/g;

/** Cuts a format into literals and variables. */
export function toApachePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(directive)) {
    const [whole, argument, letter = ''] = match;
    // `%^ti` and `%^to` are the only names of more than one letter.
    const behind = match.index + whole.length;
    const more = letter.startsWith('^') ? (/^[a-zA-Z]?/.exec(text.slice(behind))?.[0] ?? '') : '';
    pieces.push({ literal: text.slice(from, match.index) });
    if (letter === '%') pieces.push({ literal: '%' });
    // The plain time stands in brackets of its own.
    else if (letter === 't' && argument === undefined)
      pieces.push({ literal: '[' }, { role: 'time', rank: 5 }, { literal: ']' });
    else pieces.push(apacheDirective(letter, argument));
    from = behind + more.length;
  }
  pieces.push({ literal: text.slice(from) });
  return pieces;
}
