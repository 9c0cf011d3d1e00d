import { type Column, linkColumns, systemColumns } from './columns.ts';
import { endWords, headerWords, linkWords, stateWords } from './header-words.ts';
import { foldHeader } from './name-columns.ts';

/** Header in the file → column of the project. */
export type ColumnMap = Readonly<Record<string, string>>;

/** A column, or what only the headers beside it decide. */
type Meaning = Column | 'a from' | 'a to' | 'a link' | 'a state';

const own = new Map<string, Column>(
  [...systemColumns, ...linkColumns].map((column) => [foldHeader(column), column]),
);
const meanings = collectMeanings();
/** What a table calls the systems it lists; beside a target alone it is where the data comes from. */
const systemWords = new Set(
  [
    ...['system', 'system name', 'application', 'application name', 'app', 'anwendung'],
    ...['applikation', 'systemname', 'anwendungsname', 'système', 'sistema', 'aplicación'],
    ...['sistem', 'uygulama', 'sistem adı', 'uygulama adı', 'applikasjon', 'systemnavn'],
    ...['fagsystem', 'it system'],
  ].map(foldHeader),
);

/** Whether a header is one that inventories use, whatever stands beside it. */
export function isKnownHeader(header: string, mapped: ColumnMap): boolean {
  return findMapped(header, mapped) !== undefined || findMeaning(header) !== undefined;
}

/** The column that a written name stands for by itself. */
export function findOwnColumn(name: string): Column | undefined {
  return own.get(foldHeader(name));
}

/**
 * Tells which column each header of a table stands for: by the user's map, then its own name, then
 * what people call it. Words with two meanings are decided by the headers beside them.
 * @returns only headers that are understood
 */
export function matchHeaders(
  headers: Iterable<string>,
  mapped: ColumnMap,
): ReadonlyMap<string, Column> {
  const matched = new Map<string, Column>();
  const open = new Map<string, Meaning>();
  for (const header of headers) {
    const given = findMapped(header, mapped);
    if (given !== undefined) {
      if (given !== null) matched.set(header, given);
      continue;
    }
    const meaning = findMeaning(header);
    const isClear = meaning === 'from' || meaning === 'to' ? own.has(foldHeader(header)) : true;
    if (meaning === undefined) continue;
    if (isColumn(meaning) && isClear) matched.set(header, meaning);
    else open.set(header, meaning);
  }
  matchEnds(matched, open);
  const columns = new Set(matched.values());
  const isLinks = columns.has('from') || columns.has('to');
  for (const [header, meaning] of open) {
    if (meaning === 'a link' && isLinks) matched.set(header, 'id');
    if (meaning === 'a state') matched.set(header, isLinks ? 'status' : 'lifecycle');
  }
  // Lists of systems have states too, and they say nothing of an approval.
  if (!isLinks && !columns.has('lifecycle'))
    for (const [header, column] of matched)
      if (column === 'status' && foldHeader(header) === 'status') matched.set(header, 'lifecycle');
  return matched;
}

/** A word for one end counts where another header names the other end. */
function matchEnds(matched: Map<string, Column>, open: ReadonlyMap<string, Meaning>): void {
  const isEnd = (end: 'from' | 'to', meaning: Meaning): boolean =>
    meaning === end || meaning === `a ${end}`;
  const namesEnd = (end: 'from' | 'to'): boolean =>
    [...matched.values()].includes(end) ||
    [...open.values()].some((meaning) => isEnd(end, meaning));
  const namesBoth = namesEnd('from') && namesEnd('to');
  if (namesBoth) {
    for (const end of ['from', 'to'] as const) {
      const found = [...open].filter(([, meaning]) => isEnd(end, meaning));
      // `Source system` says more than `Source` does, which may then be a file or a table.
      const best = found.some(([, meaning]) => meaning === end)
        ? found.filter(([, meaning]) => meaning === end)
        : found;
      if (![...matched.values()].includes(end))
        for (const [header] of best) matched.set(header, end);
    }
    return;
  }
  const clear = (end: 'from' | 'to'): string[] =>
    [...open].flatMap(([header, meaning]) => (meaning === end ? [header] : []));
  const isTarget = clear('to').length > 0 || [...matched.values()].includes('to');
  const system = [...matched].find(
    ([header, column]) => column === 'name' && systemWords.has(foldHeader(header)),
  );
  if (!isTarget || namesEnd('from') || !system) return;
  matched.set(system[0], 'from');
  for (const header of clear('to')) matched.set(header, 'to');
}

/** The user's word on a header: a column, or null where the text names none. */
function findMapped(header: string, mapped: ColumnMap): Column | null | undefined {
  const given = [header, header.trim()].find((name) => Object.hasOwn(mapped, name));
  return given === undefined ? undefined : (own.get(foldHeader(mapped[given] ?? '')) ?? null);
}

/** By the whole header, without what stands in brackets, or by its parts in two languages. */
function findMeaning(header: string): Meaning | undefined {
  if (header.length > 200) return undefined;
  const find = (text: string): Meaning | undefined => {
    const folded = foldHeader(text);
    return own.get(folded) ?? meanings.get(folded);
  };
  const whole = find(header) ?? find(header.replace(/\([^()]*\)|\[[^[\]]*\]/g, ''));
  if (whole !== undefined) return whole;
  const parts = header.split(/[/|\n]/).flatMap((part) => find(part) ?? []);
  const agreed = new Set(parts.map((meaning) => meaning.replace(/^a (?=from|to)/, '')));
  return agreed.size === 1 ? (parts.find(isColumn) ?? parts[0]) : undefined;
}

function collectMeanings(): ReadonlyMap<string, Meaning> {
  const found = new Map<string, Meaning>();
  const add = (words: readonly string[], meaning: Meaning): void => {
    for (const spelling of words.flatMap(listSpellings))
      if (!found.has(spelling)) found.set(spelling, meaning);
  };
  for (const column of Object.keys(headerWords) as Column[]) add(headerWords[column], column);
  add(endWords.from, 'a from');
  add(endWords.to, 'a to');
  add(linkWords, 'a link');
  add(stateWords, 'a state');
  return found;
}

/** Without a key for them, people write `ae` for `ä`, `oe` for `ö` and `ø`, `aa` for `å`. */
function listSpellings(word: string): string[] {
  const letters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
  const spelt = word.replace(/[äöüøå]/g, (letter) => letters[letter] ?? letter);
  return [foldHeader(word), foldHeader(spelt)];
}

function isColumn(meaning: Meaning): meaning is Column {
  return !meaning.startsWith('a ');
}
