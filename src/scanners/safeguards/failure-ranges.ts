/** A part of a text, by offsets. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const mostRanges = 300;
const longestRange = 20_000;

/**
 * The parts of a program that run when something failed: except, catch and rescue blocks, and the
 * functions that these call.
 * @param code the program with its comments and texts blank
 */
export function listFailureRanges(code: string, isIndented: boolean): Range[] {
  const ranges: Range[] = [];
  const starts = isIndented
    ? /^[ \t]*(?:except|rescue)\b[^\n]*/gm
    : /\bcatch\b[^{;\n]{0,160}\{|\.catch\s*\(|\bif\s+err\s*!=\s*nil\s*\{|^[ \t]*trap[ \t]*\{/gm;
  for (const match of code.matchAll(starts)) {
    if (ranges.length >= mostRanges) break;
    ranges.push(
      isIndented
        ? findIndented(code, match.index, match[0].length)
        : findBraced(code, match.index + match[0].length - 1),
    );
  }
  const called = new Set<string>();
  for (const { from, to } of ranges)
    for (const match of code
      .slice(from, to)
      .matchAll(/\b([A-Za-z_][\w-]{0,60})\s{0,9}\(|^[ \t]*([A-Z]\w{0,40}-\w{1,40})/gm))
      called.add(match[1] ?? match[2] ?? '');
  const definitions = isIndented
    ? /^[ \t]*(?:async\s+)?def\s+([A-Za-z_]\w*)[^\n]*/gm
    : /\b(?:function|func|void|Task|int|bool|boolean|String)\s+([A-Za-z_][\w-]*)\s*\([^)]{0,300}\)[^{;\n]{0,80}\{|\b(?:const|let)\s+([A-Za-z_]\w*)\s*=\s*(?:async\s*)?\([^)]{0,300}\)[^={;\n]{0,60}=>\s*\{|\bfunction\s+([A-Z]\w*-\w+)\s*\{/g;
  for (const match of code.matchAll(definitions)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (!called.has(name) || ranges.length >= 2 * mostRanges) continue;
    ranges.push(
      isIndented
        ? findIndented(code, match.index, match[0].length)
        : findBraced(code, match.index + match[0].length - 1),
    );
  }
  return ranges;
}

/** The lines below that stand further in. */
function findIndented(code: string, at: number, length: number): Range {
  const margin = /^[ \t]*/.exec(code.slice(at, at + 500))?.[0].length ?? 0;
  let end = at + length;
  while (end < code.length && end - at < longestRange) {
    const next = code.indexOf('\n', end + 1);
    const line = code.slice(end + 1, next < 0 ? code.length : next);
    if (line.trim() !== '' && line.length - line.trimStart().length <= margin) break;
    end = next < 0 ? code.length : next;
  }
  return { from: at, to: end };
}

/** From an opening bracket to the one that closes it. */
function findBraced(code: string, at: number): Range {
  let depth = 0;
  const last = Math.min(code.length, at + longestRange);
  for (let end = at; end < last; end++) {
    const sign = code[end];
    if (sign === '{' || sign === '(') depth++;
    else if ((sign === '}' || sign === ')') && --depth === 0) return { from: at, to: end };
  }
  return { from: at, to: last };
}
