import { type MaskedSource, maskSource } from '../schedulers/source-mask.ts';
import type { Position, SafeguardFact } from '../scripts/facts.ts';
import { codeRules, mailCalls, raising, unchecked } from './code-rules.ts';
import { listFailureRanges, type Range } from './failure-ranges.ts';
import { type Found, openFound } from './found.ts';
import { findReceiver } from './services.ts';

const hashed = new Set(['python', 'ruby', 'powershell', 'perl']);
const indented = new Set(['python', 'ruby']);

/**
 * Finds what makes a program survivable by the libraries and statements it uses. Comments and texts
 * do not count.
 * @param first where the program first reaches another system
 */
export function readCodeSafeguards(
  language: string,
  text: string,
  first: Position,
): SafeguardFact[] {
  if (language === 'shell') return [];
  const source = mask(language, text);
  const found = openFound();
  for (const rule of codeRules) {
    if (rule.languages.length > 0 && !rule.languages.includes(language)) continue;
    let count = 0;
    for (const match of (rule.inTexts ? source.text : source.mask).matchAll(rule.pattern)) {
      if (++count > mostMatches) break;
      if (rule.until?.test(source.mask.slice(match.index))) continue;
      const at = match.index + match[0].length - match[0].trimStart().length;
      const place = { line: source.lineOf(at), column: 1 };
      if (rule.effect === 'defeats') found.defeat(rule.safeguard, place, rule.says);
      else found.provide(rule.safeguard, place, rule.says);
    }
  }
  for (const { languages, request, check, says } of unchecked) {
    const match = languages.includes(language) ? [...source.mask.matchAll(request)][0] : undefined;
    if (!match || check.test(source.mask)) continue;
    const place = { line: source.lineOf(match.index), column: 1 };
    found.defeat('failure-propagation', place, says);
    found.defeat('content-check', place, says);
  }
  readMessages(source, language, found);
  const facts = found.list();
  const name = Object.hasOwn(raising, language) ? raising[language] : undefined;
  const isHidden = facts.some(
    ({ safeguard, effect }) => safeguard === 'failure-propagation' && effect === 'defeats',
  );
  if (name !== undefined && !isHidden)
    found.provide(
      'failure-propagation',
      first,
      `${name} ends with a failure at an error that nothing catches`,
    );
  return found.list();
}

function mask(language: string, text: string): MaskedSource {
  if (language === 'sql') {
    const bare = blankSql(text);
    return { ...maskSource('', '', 'hash'), text: bare, mask: bare, lineOf: openLines(bare) };
  }
  const bare = language === 'powershell' ? blankBetween(text, '<#', '#>') : text;
  return maskSource(bare, '', hashed.has(language) ? 'hash' : 'slashes');
}

function openLines(text: string): (at: number) => number {
  return (at) => text.slice(0, at).split('\n').length;
}

function blankSql(text: string): string {
  return blankBetween(text, '/*', '*/').replace(/--[^\n]*/g, (comment) =>
    ' '.repeat(comment.length),
  );
}

/** Blanks what stands between two signs; what is never closed stays. */
function blankBetween(text: string, open: string, close: string): string {
  let result = '';
  let kept = 0;
  for (;;) {
    const from = text.indexOf(open, kept);
    const to = from < 0 ? -1 : text.indexOf(close, from + open.length);
    if (to < 0) return result + text.slice(kept);
    const end = to + close.length;
    result += text.slice(kept, from) + text.slice(from, end).replace(/[^\n]/g, ' ');
    kept = end;
  }
}

const mostMatches = 5;
const hints =
  /https?:\/\/|HEARTBEAT|HEALTH_?CHECK|SNITCH|WEB_?HOOK|CRONITOR|PAGERDUTY|OPSGENIE|DEADMAN|HC_/i;
const mostMessages = 50;

/** Addresses of monitors and messengers, and mails: a message alerts where it is sent on a failure. */
function readMessages(source: MaskedSource, language: string, found: Found): void {
  const hasMail = [...source.mask.matchAll(mailCalls)].slice(0, mostMessages);
  const lines = hints.test(source.text) ? listHinted(source) : [];
  if (hasMail.length === 0 && lines.length === 0) return;
  let ranges: Range[] | undefined;
  const isOnFailure = (at: number): boolean => {
    ranges ??= listFailureRanges(source.mask, indented.has(language));
    return ranges.some(({ from, to }) => at >= from && at <= to);
  };
  for (const { index } of hasMail)
    if (isOnFailure(index))
      found.provide(
        'alerting',
        { line: source.lineOf(index), column: 1 },
        'a mail is sent after a failure',
      );
  for (const { at, text } of lines) {
    const receiver = findReceiver(text);
    if (!receiver) continue;
    const place = { line: source.lineOf(at), column: 1 };
    const name =
      /^\s*(?:(?:export|const|let|var|final|private|public|static|readonly|String|string)\s+){0,6}\$?([A-Za-z_]\w*)\s*(?::\s*\w+\s*)?=/.exec(
        text,
      )?.[1];
    const uses = name === undefined ? [at] : listUses(source.mask, name, at, at + text.length);
    if (uses.some(isOnFailure))
      found.provide('alerting', place, `${receiver.name} is told of a failure`);
    else if (uses.length > 0 && receiver.safeguard === 'monitoring')
      found.provide('monitoring', place, `${receiver.name} gets a sign of life`);
    else if (uses.length > 0)
      found.provide(
        'alerting',
        place,
        `weak: ${receiver.name} gets a message whether it worked or not`,
      );
  }
}

function listHinted({ text }: MaskedSource): { readonly at: number; readonly text: string }[] {
  const lines: { at: number; text: string }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    if (lines.length < mostMessages && line.length < 1_000 && hints.test(line))
      lines.push({ at, text: line });
    at += line.length + 1;
  }
  return lines;
}

/** Where a name is used but in the line that defines it. */
function listUses(code: string, name: string, from: number, to: number): number[] {
  const uses: number[] = [];
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + name.length)) {
    if (uses.length >= mostMessages) break;
    const isWhole = !/[\w$]/.test(code[at - 1] ?? '') && !/\w/.test(code[at + name.length] ?? '');
    if (isWhole && (at < from || at > to)) uses.push(at);
  }
  return uses;
}
