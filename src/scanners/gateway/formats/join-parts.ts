import { ConfigError } from '../../../errors.ts';
import { shapeOf } from './time-shape.ts';
import type { Piece, Variable } from './variable.ts';

type Literal = { readonly literal: string };

const isLiteral = (piece: Piece | undefined): piece is Literal =>
  piece !== undefined && 'literal' in piece;

const variableAt = (pieces: readonly Piece[], index: number): Variable | undefined => {
  const piece = pieces[index];
  return piece === undefined || 'literal' in piece ? undefined : piece;
};

/**
 * Makes one field of variables that together are one value: a time in pieces, `scheme://host/path`,
 * `address:port`, `path` and query. What is left side by side cannot be told apart and is passed
 * over as one field without a role. The result has literals and variables by turns.
 * @throws ConfigError for a time that is written in a way that cannot be read
 */
export function joinParts(name: string, pieces: readonly Piece[]): Piece[] {
  return joinNeighbours(joinPorts(joinUrls(joinTimes(name, joinLiterals(pieces)))));
}

function joinLiterals(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (isLiteral(piece) && isLiteral(last))
      joined[joined.length - 1] = { literal: last.literal + piece.literal };
    else if (!isLiteral(piece) || piece.literal !== '') joined.push(piece);
  }
  return joined;
}

/** `%d:%t %^` and `%{%F}t %{%T}t.%{msec_frac}t`: what stands between is part of the time. */
function joinTimes(name: string, pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const first = variableAt(pieces, index);
    if (first?.time === undefined) {
      joined.push(pieces[index] as Piece);
      continue;
    }
    let format = first.time;
    let next = index + 1;
    for (;;) {
      const glue = pieces[next];
      const behind = isLiteral(glue) ? next + 1 : next;
      const time = variableAt(pieces, behind)?.time;
      if (time === undefined || (isLiteral(glue) && !/^[ T:.,]$/.test(glue.literal))) break;
      format += (isLiteral(glue) ? glue.literal : '') + time;
      next = behind + 1;
    }
    const role = shapeOf(format);
    if (role === undefined)
      throw new ConfigError(
        `the log format "${name}" writes its time as "${format}", which cannot be read: use %d/%b/%Y:%H:%M:%S %z, ISO 8601 or seconds since 1970`,
      );
    if (isRest(pieces, next)) next += 2;
    joined.push({ role, ...(first.rank === undefined ? {} : { rank: first.rank }) });
    const zone = pieces[next];
    if (isLiteral(zone) && /^Z(?![A-Za-z])/.test(zone.literal)) {
      if (zone.literal.length > 1) joined.push({ literal: zone.literal.slice(1) });
      next++;
    }
    index = next - 1;
  }
  return joined;
}

/** A fraction or zone that the format passes over: ` %^]`. */
function isRest(pieces: readonly Piece[], index: number): boolean {
  const [glue, rest, end] = [pieces[index], variableAt(pieces, index + 1), pieces[index + 2]];
  if (!isLiteral(glue) || rest?.part !== 'rest' || !/^[ .+-]$/.test(glue.literal)) return false;
  return end === undefined || (isLiteral(end) && /^[\]"]/.test(end.literal));
}

/** `$scheme://$host:$server_port$request_uri` is the target of the request as a whole URL. */
function joinUrls(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const end = endOfUrl(pieces, index);
    if (end === undefined) joined.push(pieces[index] as Piece);
    else {
      joined.push({ role: 'path', rank: 9 });
      index = end - 1;
    }
  }
  return joined;
}

function endOfUrl(pieces: readonly Piece[], start: number): number | undefined {
  const slashes = pieces[start + 1];
  if (variableAt(pieces, start)?.part !== 'scheme') return undefined;
  if (!isLiteral(slashes) || slashes.literal !== '://') return undefined;
  if (variableAt(pieces, start + 2)?.role !== 'host') return undefined;
  const colon = pieces[start + 3];
  const hasPort =
    isLiteral(colon) && colon.literal === ':' && variableAt(pieces, start + 4)?.part === 'port';
  const path = start + (hasPort ? 5 : 3);
  return variableAt(pieces, path)?.role === 'path' ? path + 1 : undefined;
}

/** `$remote_addr:$remote_port` is one address: unbracketed IPv6 holds colons itself. */
function joinPorts(pieces: readonly Piece[]): Piece[] {
  return pieces.filter((piece, index) => {
    const isPort = (at: number): boolean => {
      const colon = pieces[at - 1];
      const before = variableAt(pieces, at - 2);
      return (
        variableAt(pieces, at)?.part === 'port' &&
        isLiteral(colon) &&
        colon.literal === ':' &&
        before !== undefined &&
        before.part === undefined
      );
    };
    return !isPort(index) && !(isLiteral(piece) && isPort(index + 1));
  });
}

function joinNeighbours(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of joinLiterals(pieces)) {
    const last = joined.at(-1);
    if (last === undefined || isLiteral(last) || isLiteral(piece)) joined.push(piece);
    else if (!(last.role === 'path' && piece.part === 'query')) joined[joined.length - 1] = {};
  }
  return joined;
}
