import { type LinePrefix, skipPrefix } from './formats/line-prefix.ts';
import type { ColumnsFormat, LogFormat } from './log-format.ts';
import type { CallCollector } from './traffic/call-collector.ts';
import { compileColumns, readFieldsLine, rolesOfColumns } from './walker/compile-columns.ts';
import { lookAhead } from './walker/find-byte.ts';
import type { Walk } from './walker/walk.ts';

/** A line longer than this is skipped: no log holds one, and memory must stay bounded. */
const maxLineBytes = 1024 * 1024;
/** Small enough to stay in the processor's cache; it grows only for longer lines. */
const firstBufferBytes = 256 * 1024;

/** How many skipped lines are kept with their places. */
const keptSkips = 20;

/** A line that was not used. */
export interface SkippedLine {
  /** From 1, counted from the first line of the task. */
  readonly line: number;
  readonly reason: string;
}

/** What is walked. */
interface WalkedTask {
  readonly format: LogFormat;
  readonly prefix: LinePrefix;
  readonly range?: { readonly start: number; readonly end: number };
}

/** Cuts bytes into lines, walks them, and hands their values to a collector, in constant memory. */
export class LineWalker {
  /** Lines that began in the bytes of the task, blank ones too. */
  lines = 0;
  parsed = 0;
  skipped = 0;
  readonly firstSkipped: SkippedLine[] = [];

  readonly #format: LogFormat;
  readonly #prefix: LinePrefix;
  readonly #collector: CallCollector;
  #bytes = new Uint8Array(firstBufferBytes + lookAhead);
  #words = new DataView(this.#bytes.buffer);
  #walk: Walk;
  #filled = 0;
  /** Where in the task the buffer begins. */
  #position: number;
  readonly #limit: number;
  /** Passing over the rest of a line: one that another task has, or one that is too long. */
  #dropping: boolean;
  /** Bytes of zeros before the buffer that belong to the line it begins with. */
  #zeros = 0;

  /**
   * @param task lines that begin in its range are its own; their bytes must be fed from one before
   *   the start of the range, or from 0
   * @param walk the compiled format
   */
  constructor(task: WalkedTask, walk: Walk, collector: CallCollector) {
    const { start, end } = task.range ?? { start: 0, end: Number.POSITIVE_INFINITY };
    this.#format = task.format;
    this.#prefix = task.prefix;
    this.#collector = collector;
    this.#walk = walk;
    this.#position = Math.max(0, start - 1);
    this.#limit = end;
    this.#dropping = start > 0;
  }

  /** Walks the lines that end in a chunk. @returns false when all lines of the task were walked */
  feed(chunk: Uint8Array): boolean {
    for (let offset = 0; offset < chunk.length; ) {
      const room = Math.min(chunk.length - offset, this.#capacity - this.#filled);
      this.#bytes.set(chunk.subarray(offset, offset + room), this.#filled);
      this.#filled += room;
      offset += room;
      if (!this.#walkFilled()) return false;
    }
    return true;
  }

  /** Walks the last line, which may lack its newline. */
  end(): void {
    if (this.#filled > 0) this.feed(Uint8Array.of(10));
  }

  /** Walks the whole lines in the buffer and keeps the beginning of the next one. */
  #walkFilled(): boolean {
    const end = this.#bytes.lastIndexOf(10, this.#filled - 1) + 1;
    if (end === 0) {
      if (this.#filled < this.#capacity) return true;
      if (this.#passZeros() || this.#grow()) return true;
      if (!this.#dropping && this.#position - this.#zeros < this.#limit) {
        this.#skip('longer than 1 MB');
        this.lines++;
      }
      this.#dropping = true;
      this.#position += this.#filled;
      this.#filled = 0;
      return true;
    }
    const isOpen = this.#walkLines(this.#beginOfLines(), end);
    this.#dropping = false;
    this.#zeros = 0;
    this.#bytes.copyWithin(0, end, this.#filled);
    this.#filled -= end;
    this.#position += end;
    return isOpen;
  }

  /** Where the first line in the buffer begins that is not passed over. */
  #beginOfLines(): number {
    if (this.#dropping) return this.#bytes.indexOf(10) + 1;
    const [first, second, third] = this.#bytes;
    // A byte order mark says that the file is UTF-8; like zeros it is passed over.
    if (this.#position === 0 && first === 0xef && second === 0xbb && third === 0xbf)
      this.#bytes.fill(0, 0, 3);
    return 0;
  }

  /** Zeros fill what was cut off a log that its writer held open: however many, they are no line. */
  #passZeros(): boolean {
    if (this.#dropping || this.#bytes.subarray(0, this.#filled).some((byte) => byte !== 0))
      return false;
    this.#zeros += this.#filled;
    this.#position += this.#filled;
    this.#filled = 0;
    return true;
  }

  get #capacity(): number {
    return this.#bytes.length - lookAhead;
  }

  /** Makes room for a longer line; false where it is too long to be one. */
  #grow(): boolean {
    if (this.#dropping || this.#capacity >= maxLineBytes) return false;
    const bytes = new Uint8Array(2 * this.#capacity + lookAhead);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer);
    return true;
  }

  #walkLines(from: number, end: number): boolean {
    const bytes = this.#bytes;
    const words = this.#words;
    const collector = this.#collector;
    const limit = this.#limit - this.#position;
    let at = from;
    while (at < end) {
      if (at >= limit && (at > 0 || this.#zeros === 0 || limit + this.#zeros <= 0)) return false;
      // A log that was cut while its writer held it open begins with zeros.
      while (bytes[at] === 0) at++;
      const first = bytes[at];
      if (first === 10 || (first === 13 && bytes[at + 1] === 10)) {
        at += first === 10 ? 1 : 2;
        this.lines++;
        continue;
      }
      if (first === 35 && this.#format.kind === 'columns') {
        at = this.#readDirective(at);
        continue;
      }
      const begin = this.#prefix === 'none' ? at : skipPrefix(this.#prefix, bytes, at);
      const next = this.#walk(bytes, words, begin, collector.slots);
      if (next < 0) {
        const end = bytes.indexOf(10, ~next);
        if (!isBlank(bytes, at, end)) this.#skip(`not in the format ${this.#format.name}`);
        this.lines++;
        at = end + 1;
        continue;
      }
      at = next;
      if (collector.take(bytes, words, this.lines + 1) === 'other')
        this.#skip(`its time or status is none that ${this.#format.name} would have`);
      else this.parsed++;
      // Several objects may stand on one line.
      if (bytes[next - 1] === 10) this.lines++;
    }
    return true;
  }

  /** Skips the line that the walker is in, or one of several records of it. */
  #skip(reason: string): void {
    this.skipped++;
    if (this.firstSkipped.length < keptSkips)
      this.firstSkipped.push({ line: this.lines + 1, reason });
  }

  /** A line that begins with `#`: it may name the columns of those below it. */
  #readDirective(from: number): number {
    this.lines++;
    const end = this.#bytes.indexOf(10, from);
    const text = new TextDecoder('windows-1252').decode(this.#bytes.subarray(from, end));
    const columns = readFieldsLine(text);
    if (columns && this.#format.kind === 'columns') {
      this.#walk = toColumnsWalk(this.#format, columns);
      this.#collector.changeColumns(rolesOfColumns(this.#format, columns));
    }
    return end + 1;
  }
}

function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++)
    if (bytes[at] !== 32 && bytes[at] !== 9 && bytes[at] !== 13) return false;
  return true;
}

/** The header is written with blanks even where tabs stand between the values. */
function toColumnsWalk(format: ColumnsFormat, columns: readonly string[]): Walk {
  let walk = compileColumns(format, columns, '\t');
  let other = compileColumns(format, columns, ' ');
  return (bytes, words, at, slots) => {
    const next = walk(bytes, words, at, slots);
    if (next >= 0) return next;
    const second = other(bytes, words, at, slots);
    if (second >= 0) [walk, other] = [other, walk];
    return second;
  };
}
