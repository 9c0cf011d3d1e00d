import type { LogFormat } from '../log-format.ts';
import { assembleText } from './assemble.ts';
import { readTemplate } from './template.ts';
import { lookUp, type Piece, type Variables } from './variable.ts';

/** The other two settings of GoAccess; without them its own defaults. */
export interface GoaccessTimes {
  readonly date?: string;
  readonly time?: string;
}

const specifiers: Variables = {
  h: { role: 'address' },
  r: { role: 'request' },
  m: { role: 'method' },
  U: { role: 'path', rank: 3 },
  q: { part: 'query' },
  s: { role: 'status' },
  b: { role: 'bytes' },
  u: { role: 'agent' },
  v: { role: 'host' },
  e: { role: 'user' },
  D: { role: 'duration', unit: 'us', rank: 3 },
  T: { role: 'duration', unit: 's', rank: 2 },
  L: { role: 'duration', unit: 'ms', rank: 1 },
  n: { role: 'duration', unit: 'ns', rank: 4 },
  '^': { part: 'rest' },
};

/**
 * Reads a log-format as GoAccess takes it, such as `%h %^[%d:%t %^] "%r" %s %b "%R" "%u"`, or a JSON
 * object of such specifiers. As there, more may follow behind what the format names.
 * @throws ConfigError where its lines do not say who called whom, or the time cannot be read
 */
export function readGoaccessFormat(
  text: string,
  times: GoaccessTimes = {},
  name = 'GoAccess log-format',
): LogFormat {
  const toPieces = (part: string): Piece[] => toGoaccessPieces(part, times);
  const trimmed = text.trim();
  return trimmed.startsWith('{')
    ? readTemplate(name, trimmed, toPieces)
    : assembleText(name, toPieces(trimmed), true);
}

function toGoaccessPieces(text: string, { date, time }: GoaccessTimes): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/%(.)|~h\{([^{}]{0,20})\}|\\t/gs)) {
    const [whole, letter, characters] = match;
    pieces.push({ literal: text.slice(from, match.index) });
    from = match.index + whole.length;
    if (whole === '\\t') pieces.push({ literal: '\t' });
    else if (letter === undefined) pieces.push(...forwarded(characters ?? ''));
    else if (letter === '%') pieces.push({ literal: '%' });
    else if (letter === 'd') pieces.push({ time: date ?? '%d/%b/%Y' });
    else if (letter === 't') pieces.push({ time: time ?? '%H:%M:%S' });
    else if (letter === 'x') pieces.push({ time: date ?? '%Y-%m-%dT%H:%M:%S' });
    // `%~` steps over blanks, as each blank of a literal does.
    else if (letter !== '~') pieces.push(lookUp(specifiers, letter));
  }
  pieces.push({ literal: text.slice(from) });
  return pieces;
}

/** `~h{, "}`: addresses that proxies have put in a row, in quotes where a quote is named. */
function forwarded(characters: string): Piece[] {
  const quote: Piece[] = characters.includes('"') ? [{ literal: '"' }] : [];
  return [...quote, { role: 'address', rank: 1, list: true }, ...quote];
}
