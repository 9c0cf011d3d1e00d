import { familyOfProtocol } from '../../vocabulary.ts';
import { plainWords } from './plain-words.ts';
import type { StandIns } from './stand-ins.ts';

/** What stands for words that nothing is known of. */
export const hidden = '…';

/** Longer names in a sentence are taken apart, and their words are hidden one by one. */
const mostWords = 12;
const longestText = 4000;

/**
 * Makes a sentence anonymous: names become their stand-ins, and of all other words only those stay
 * that the tool's own sentences are made of, and plain figures and dates.
 */
export function scrub(standIns: StandIns, text: string): string {
  const tokens = text
    .slice(0, longestText)
    .split(/\s+/)
    .filter((token) => token !== '')
    .map(takeApart);
  const written: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const [count, standIn] = findName(standIns, tokens, at);
    const { before, core } = tokens[at] as Token;
    const { after } = tokens[at + count - 1] as Token;
    const shown = standIn ?? showWord(standIns, core);
    // A row of hidden words tells their number, and no more than one does.
    if (shown !== hidden || before + after !== '' || written.at(-1) !== hidden)
      written.push(`${before}${shown}${after}`);
    at += count;
  }
  return written.join(' ');
}

function showWord(standIns: StandIns, core: string): string {
  if (core === '' || isPlainWord(core) || familyOfProtocol(core) !== 'other') return core;
  const [, file = '', place = ''] = /^(.*?)((?::\d{1,7}){1,2})$/.exec(core) ?? [];
  const standIn = file === '' ? undefined : standIns.find(file);
  return standIn === undefined ? hidden : `${standIn}${place}`;
}

/** A word with the signs around it. */
interface Token {
  readonly before: string;
  readonly core: string;
  readonly after: string;
}

const edges = new Set([...'"\'“”‘’(),;:.!?`→←…–—=≥≤<>%']);

function takeApart(token: string): Token {
  const characters = [...token];
  let start = 0;
  while (start < characters.length && edges.has(characters[start] as string)) start++;
  let end = characters.length;
  while (end > start && edges.has(characters[end - 1] as string)) end--;
  return {
    before: characters.slice(0, start).join(''),
    core: characters.slice(start, end).join(''),
    after: characters.slice(end).join(''),
  };
}

/** The longest name that begins here: how many words it has, and what stands for it. */
function findName(
  standIns: StandIns,
  tokens: readonly Token[],
  at: number,
): readonly [number, string | undefined] {
  const first = tokens[at] as Token;
  const longest = Math.max(
    standIns.lengthFrom(first.core),
    // A name may itself end in a sign that a sentence ends in.
    standIns.lengthFrom(`${first.core}${first.after}`),
  );
  let text = '';
  let found: readonly [number, string | undefined] = [1, standIns.findSystem(first.core)];
  for (let count = 1; count <= Math.min(longest, mostWords, tokens.length - at); count++) {
    const { before, core, after } = tokens[at + count - 1] as Token;
    const name = count === 1 ? core : `${text} ${before}${core}`;
    // What is called like a plain word of a sentence most often is that word; a system is replaced.
    const standIn = count === 1 && isPlainWord(name) ? undefined : standIns.find(name);
    if (standIn !== undefined) found = [count, standIn];
    text = `${name}${after}`;
  }
  return found;
}

const month = /^\d{4}-\d{2}(?:-\d{2})?$/;

/** Figures that could be part of an address or a number of somebody are too long to stay. */
export function isPlainWord(core: string): boolean {
  if (/^\d{1,4}(?:[.,]\d{1,3})?$/.test(core)) return true;
  if (/^\d{1,2}:\d{2}(?::\d{2})?$/.test(core) || month.test(core)) return true;
  const folded = core.toLowerCase();
  return (
    plainWords.has(core) ||
    // Only at the beginning of a sentence does a plain word begin with a capital.
    (core.slice(1) === folded.slice(1) && plainWords.has(folded)) ||
    core.split('-').every((part) => plainWords.has(part))
  );
}
