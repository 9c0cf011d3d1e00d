import type { Layout } from '../read-task.ts';

/** The records of a sample as lines, and how they stand in the file. */
export interface SampleRecords {
  readonly lines: readonly string[];
  readonly layout: Layout;
}

const maxSample = 8 * 1024 * 1024;

/**
 * Puts the JSON objects of a sample on lines of their own where they span lines, or stand in an array
 * or in an array of an object (`{"records": [ … ]}`). Any other sample stays as it is; a last object
 * that the sample cuts off is left out.
 */
export function splitSample(lines: readonly string[]): SampleRecords {
  const first = lines[0]?.trimStart() ?? '';
  const isWhole = first.startsWith('{') && isObject(first) && !isWrapper(first);
  if (isWhole || !/^(?:\{|\[\s*(?:\{|$))/.test(first)) return { lines, layout: 'lines' };
  const text = lines.join('\n').slice(0, maxSample);
  const wrapped = isWrapper(text.trimStart());
  const records = split(text, wrapped ? 1 : 0);
  if (!isObject(records[0] ?? '')) return { lines, layout: 'lines' };
  return { lines: records, layout: wrapped ? 'wrapped' : 'records' };
}

/** An object whose first key holds an array of objects is only the paper around its records. */
function isWrapper(text: string): boolean {
  return /^\{\s*"[^"\\]{1,100}"\s*:\s*\[\s*\{/.test(text);
}

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text.replace(/,\s*$/, '')) === 'object';
  } catch {
    return false;
  }
}

/** The objects that lie below `outer` other objects. */
function split(text: string, outer: number): string[] {
  const records: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at);
    else if (character === '{') {
      if (depth === outer) start = at;
      depth++;
    } else if (character === '}' && depth > 0) {
      depth--;
      if (depth === outer) records.push(text.slice(start, at + 1).replaceAll(/[\r\n]+/g, ' '));
    }
  }
  return records;
}

function endOfText(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"' || text[at] === '\n') return at;
  }
  return text.length;
}
