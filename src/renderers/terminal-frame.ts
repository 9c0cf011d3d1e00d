import type { Frame } from './checks/frames.ts';
import type { Paint } from './terminal-text.ts';

/** Lines of code as compilers show them: numbered, the one that is meant marked, at most so wide. */
export function writeFrame(frame: Frame | undefined, paint: Paint, width: number): string[] {
  if (!frame) return [];
  const { lines, marked, column } = frame;
  const digits = Math.max(...lines.map(({ number }) => String(number).length));
  const room = width - digits - 9;
  const text = lines.find(({ number }) => number === marked)?.text ?? '';
  // A long line is shown from where its place can be seen.
  const start = column !== undefined && column > room - 10 ? column - Math.floor(room / 2) : 0;
  const gutter = (number: string, isMarked: boolean): string =>
    `    ${isMarked ? paint('red', '>') : ' '} ${paint('dim', `${number.padStart(digits)} |`)}`;
  return lines.flatMap((line) => {
    const isMarked = line.number === marked;
    const written = `${gutter(String(line.number), isMarked)} ${cutLine(line.text, start, room)}`;
    const isInside = isMarked && column !== undefined && column <= text.length;
    return isInside
      ? [
          written.trimEnd(),
          `${gutter('', false)} ${' '.repeat(column - 1 - start)}${paint('red', '^')}`,
        ]
      : [written.trimEnd()];
  });
}

/** So many characters from a start on, with an ellipsis on each side where more follows. */
function cutLine(text: string, start: number, room: number): string {
  const part = text.slice(start, start + room);
  const left = start > 0 && part !== '' ? `…${part.slice(1)}` : part;
  const cut = text.length > start + room ? `${left.slice(0, -1)}…` : left;
  return cut.replace(/\p{Surrogate}/gu, ' ');
}
