import { ConfigError } from '../../../errors.ts';
import type { LogFormat } from '../log-format.ts';
import { nginxVariable } from './nginx-variables.ts';
import { readTemplate } from './template.ts';
import type { Piece } from './variable.ts';

/**
 * Reads a `log_format` of nginx: the string alone, or the statement
 * `log_format name escape=json '…' '…';` as it stands in the configuration.
 * @param name what to call a string without a statement
 * @throws ConfigError where the statement is broken, or its lines do not say who called whom
 */
export function readNginxFormat(text: string, name = 'nginx log_format'): LogFormat {
  const trimmed = text.trim();
  if (!/^(?:log_format\s|')/.test(trimmed)) return readTemplate(name, trimmed, toNginxPieces);
  const words = readWords(trimmed);
  const isStatement = words[0]?.text === 'log_format' && !words[0].quoted;
  const given = isStatement ? words[1]?.text : undefined;
  const strings = words
    .slice(isStatement ? 2 : 0)
    .filter(({ text: word, quoted }) => quoted || !word.startsWith('escape='));
  const format = strings.map((word) => word.text).join('');
  if (format === '')
    throw new ConfigError(`the nginx log_format "${given ?? name}" holds no string`);
  return readTemplate(given ?? name, format.trim(), toNginxPieces);
}

/** Cuts the text of a `log_format` into literals and variables (`$name`, `${name}`). */
export function toNginxPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$(?:\{(\w{1,200})\}|(\w{1,200}))/g)) {
    pieces.push({ literal: text.slice(from, match.index) });
    pieces.push(nginxVariable(match[1] ?? match[2] ?? ''));
    from = match.index + match[0].length;
  }
  pieces.push({ literal: text.slice(from) });
  return pieces;
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

const escapes: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

/** The words of a statement up to its semicolon; quotes are taken off and escapes resolved. */
function readWords(statement: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < statement.length) {
    const quote = statement[at] ?? '';
    if (/\s/.test(quote)) at++;
    else if (quote === ';') break;
    else if (quote === "'" || quote === '"') {
      let text = '';
      for (at++; at < statement.length && statement[at] !== quote; at++) {
        const next = statement[at + 1] ?? '';
        if (statement[at] !== '\\') text += statement[at];
        else if (/[\\'"trn]/.test(next)) {
          text += escapes[next] ?? next;
          at++;
        } else text += '\\';
      }
      if (at >= statement.length)
        throw new ConfigError('the nginx log_format has a quote that is not closed');
      words.push({ text, quoted: true });
      at++;
    } else {
      const end = /[\s;]/.exec(statement.slice(at))?.index ?? statement.length - at;
      words.push({ text: statement.slice(at, at + end), quoted: false });
      at += end;
    }
  }
  return words;
}
