import type { LogFormat } from '../log-format.ts';
import { headerOf } from './headers.ts';
import { readTemplate } from './template.ts';
import { lookUp, type Piece, type Variable, type Variables } from './variable.ts';

const clf = '%d/%b/%Y:%H:%M:%S';

const variables: Variables = {
  ci: { role: 'address', rank: 4 },
  cp: { part: 'port' },
  b: { role: 'upstream', rank: 5 },
  si: { role: 'upstream', rank: 1 },
  sp: { part: 'port' },
  t: { time: `${clf}.%f`, rank: 5 },
  tr: { time: `${clf}.%f`, rank: 5 },
  T: { time: `${clf} %z`, rank: 4 },
  Tl: { time: `${clf} %z`, rank: 4 },
  trg: { time: `${clf} %z`, rank: 4 },
  trl: { time: `${clf} %z`, rank: 4 },
  Ts: { time: '%s', rank: 3 },
  Ta: { role: 'duration', unit: 'ms', rank: 6 },
  Tt: { role: 'duration', unit: 'ms', rank: 5 },
  Tr: { role: 'duration', unit: 'ms', rank: 1 },
  ST: { role: 'status' },
  B: { role: 'bytes' },
  r: { role: 'request' },
  HM: { role: 'method' },
  HU: { role: 'path', rank: 5 },
  HPO: { role: 'path', rank: 4 },
  HP: { role: 'path', rank: 4 },
  HQ: { part: 'query' },
  ID: { role: 'request-id', rank: 4 },
};

/** Sample expressions in brackets. */
const samples: Variables = {
  src: { role: 'address', rank: 3 },
  src_port: { part: 'port' },
  be_name: { role: 'upstream', rank: 5 },
  ssl_c_s_dn: { role: 'certificate', rank: 5 },
  'ssl_c_s_dn(cn)': { role: 'certificate', rank: 4 },
  ssl_fc_sni: { role: 'host', rank: 2 },
  method: { role: 'method' },
  path: { role: 'path', rank: 4 },
  pathq: { role: 'path', rank: 5 },
  url: { role: 'path', rank: 5 },
  'unique-id': { role: 'request-id', rank: 4 },
};

/**
 * Reads a `log-format` of HAProxy. Captured headers (`%hr`, `%hs`) stand in a line only where some
 * were captured: they are passed over together with the field before them.
 * @throws ConfigError where its lines do not say who called whom
 */
export function readHaproxyFormat(text: string, name = 'HAProxy log-format'): LogFormat {
  const trimmed = text
    .trim()
    .replace(/^log-format\s+/, '')
    .replace(/^"(.*)"$/s, '$1')
    // A configuration escapes blanks and quotes.
    .replace(/\\([ "'\\])/g, '$1');
  return readTemplate(name, trimmed.replace(/\s?%(?:hr|hs)(?![A-Za-z])\s?/g, ''), toHaproxyPieces);
}

function toHaproxyPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(
    /%(?:\{([^{}]{0,40})\})?(?:\[([^[\]]{1,200})\]|([A-Za-z]{1,5})|%)/g,
  )) {
    const [whole, flags, sample, letters] = match;
    pieces.push({ literal: text.slice(from, match.index) });
    from = match.index + whole.length;
    const quote: Piece[] = flags?.includes('+Q') ? [{ literal: '"' }] : [];
    if (sample !== undefined) pieces.push(...quote, sampleOf(sample), ...quote);
    else if (letters !== undefined) pieces.push(...quote, lookUp(variables, letters), ...quote);
    else pieces.push({ literal: '%' });
  }
  pieces.push({ literal: text.slice(from) });
  return pieces;
}

/** Converters behind the first comma change how a value looks, not what it is. */
function sampleOf(sample: string): Variable {
  const name = sample.split(',')[0]?.trim() ?? '';
  const header = /^(?:req\.|req_)?f?hdr\(([\w-]+)/.exec(name)?.[1];
  const kept = /^(?:var\((?:txn|sess|req)\.|capture\.req\.hdr\()([\w-]+)/.exec(name)?.[1];
  return header || kept
    ? headerOf((header ?? kept ?? '').replaceAll('_', '-'))
    : lookUp(samples, name);
}
