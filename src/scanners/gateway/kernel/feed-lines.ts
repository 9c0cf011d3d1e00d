import type { LinePrefix } from '../formats/line-prefix.ts';
import { type LogFormat, type Role, rolesOf } from '../log-format.ts';
import type { SkippedLine, TaskOptions } from '../read-task.ts';
import { slotOf } from '../slots.ts';
import type { CallerRules } from '../traffic/caller-rules.ts';
import * as layout from './assembly/layout.ts';
import * as prefixes from './assembly/prefixes.ts';
import { readFieldsLine, rolesOfColumns } from './columns.ts';
import { inputOf, type Kernel, loadProgram } from './start-kernel.ts';
import { type Program, toColumnsProgram, toProgram } from './to-program.ts';

/** A line longer than this is skipped: no log holds one, and memory must stay bounded. */
const maxLineBytes = layout.inputBytes;
/** Small enough to stay in the processor's cache; it grows only for longer lines. */
const firstBufferBytes = 256 * 1024;

const units = ['s', 'ms', 'us', 'ns'] as const;

const prefixNumbers: Readonly<Record<LinePrefix, number>> = {
  none: prefixes.noPrefix,
  syslog: prefixes.syslogPrefix,
  cri: prefixes.criPrefix,
  compose: prefixes.composePrefix,
  pod: prefixes.podPrefix,
};

/** What is walked. */
interface WalkedTask {
  readonly format: LogFormat;
  readonly prefix: LinePrefix;
  readonly range?: { readonly start: number; readonly end: number };
}

type CollectOptions = Omit<TaskOptions, 'callers'> & { readonly rules: CallerRules };

/** Cuts bytes into whole lines and lets the kernel walk them, in constant memory. */
export class LineFeeder {
  readonly #format: LogFormat;
  readonly #prefix: number;
  readonly #kernel: Kernel;
  readonly #flags: number;
  #capacity = firstBufferBytes;
  #filled = 0;
  /** Where in the task the buffer begins. */
  #position: number;
  readonly #limit: number;
  /** Passing over the rest of a line: one that another task has, or one that is too long. */
  #dropping: boolean;
  /** The `#Fields:` line that the columns come from. */
  #directive = '';
  /** Bytes of zeros before the buffer that belong to the line it begins with. */
  #zeros = 0;

  /**
   * @param task lines that begin in its range are its own; their bytes must be fed from one before
   *   the start of the range, or from 0
   * @param kernel it must not be used for anything else until the task has ended
   */
  constructor(task: WalkedTask, kernel: Kernel, options: CollectOptions) {
    const { start, end } = task.range ?? { start: 0, end: Number.POSITIVE_INFINITY };
    this.#format = task.format;
    this.#prefix = prefixNumbers[task.prefix];
    this.#kernel = kernel;
    this.#position = Math.max(0, start - 1);
    this.#limit = end;
    this.#dropping = start > 0;
    this.#flags =
      (options.byHost ? layout.byHostFlag : 0) |
      (options.keepPaths ? layout.keepPathsFlag : 0) |
      (options.rules.hasAgents ? layout.wholeAgentsFlag : 0);
    kernel.rules = options.rules;
    kernel.exports.reset();
    kernel.exports.resetLines();
    const { roles, unit } = rolesOf(task.format);
    const facts = new DataView(kernel.exports.memory.buffer);
    const bits = [...roles].reduce((all, role) => all | (1 << slotOf[role]), 0);
    facts.setInt32(layout.rolesAt, bits, true);
    facts.setInt32(layout.unitAt, units.indexOf(unit), true);
    facts.setInt32(layout.literalSegmentsAt, options.literalSegments, true);
    this.#load(toProgram(task.format), roles);
  }

  /** Walks the lines that end in a chunk. @returns false when all lines of the task were walked */
  feed(chunk: Uint8Array): boolean {
    for (let offset = 0; offset < chunk.length; ) {
      const room = this.room();
      const part = chunk.subarray(offset, offset + room.length);
      room.set(part);
      offset += part.length;
      if (!this.take(part.length)) return false;
    }
    return true;
  }

  /** Where the next bytes go, never empty: they are read there and then taken. */
  room(): Uint8Array {
    return inputOf(this.#kernel).subarray(this.#filled, this.#capacity);
  }

  /** Walks the lines that end in so many bytes of the room, as `feed` does. */
  take(count: number): boolean {
    this.#filled += count;
    return this.#walkFilled();
  }

  /** Walks the last line, which may lack its newline. */
  end(): void {
    if (this.#filled > 0) this.feed(Uint8Array.of(10));
  }

  /** The first lines that were skipped, and why. */
  skips(): SkippedLine[] {
    const { memory, skipped } = this.#kernel.exports;
    const view = new DataView(memory.buffer);
    const told = Math.min(skipped.value, layout.toldSkips);
    return Array.from({ length: told }, (_, index) => {
      const at = layout.skipsAt + index * layout.skipBytes;
      return {
        line: view.getFloat64(at, true),
        reason: this.#explain(view.getInt32(at + 8, true)),
      };
    });
  }

  #explain(reason: number): string {
    const { name } = this.#format;
    if (reason === layout.longLine) return 'longer than 1 MB';
    return reason === layout.foreignLine
      ? `not in the format ${name}`
      : `its time or status is none that ${name} would have`;
  }

  /** Lines are walked by this program from here on, and have these roles. */
  #load(program: Program, roles: ReadonlySet<Role>): void {
    loadProgram(this.#kernel, program, this.#prefix);
    const flags = this.#flags | (roles.has('upstream') ? layout.namesUpstreamFlag : 0);
    new DataView(this.#kernel.exports.memory.buffer).setInt32(layout.flagsAt, flags, true);
  }

  /** Walks the whole lines in the buffer and keeps the beginning of the next one. */
  #walkFilled(): boolean {
    const input = inputOf(this.#kernel);
    const end = this.#filled === 0 ? 0 : input.lastIndexOf(10, this.#filled - 1) + 1;
    if (end === 0) {
      const filled = input.subarray(0, this.#filled);
      if (this.#filled < this.#capacity) return true;
      if (this.#passZeros(filled) || this.#grow()) return true;
      if (!this.#dropping && this.#position - this.#zeros < this.#limit) {
        this.#kernel.exports.skipLine(layout.longLine);
        this.#kernel.exports.endLine();
      }
      this.#dropping = true;
      this.#position += this.#filled;
      this.#filled = 0;
      return true;
    }
    const isOpen = this.#walkLines(this.#beginOfLines(input), end);
    this.#dropping = false;
    this.#zeros = 0;
    inputOf(this.#kernel).copyWithin(0, end, this.#filled);
    this.#filled -= end;
    this.#position += end;
    return isOpen;
  }

  /** Where the first line in the buffer begins that is not passed over. */
  #beginOfLines(filled: Uint8Array): number {
    if (this.#dropping) return filled.indexOf(10) + 1;
    const [first, second, third] = filled;
    // A byte order mark says that the file is UTF-8; like zeros it is passed over.
    if (this.#position === 0 && first === 0xef && second === 0xbb && third === 0xbf)
      filled.fill(0, 0, 3);
    return 0;
  }

  /** Zeros fill what was cut off a log that its writer held open: however many, they are no line. */
  #passZeros(filled: Uint8Array): boolean {
    if (this.#dropping || filled.some((byte) => byte !== 0)) return false;
    this.#zeros += this.#filled;
    this.#position += this.#filled;
    this.#filled = 0;
    return true;
  }

  /** Makes room for a longer line; false where it is too long to be one. */
  #grow(): boolean {
    if (this.#dropping || this.#capacity >= maxLineBytes) return false;
    this.#capacity *= 2;
    return true;
  }

  #walkLines(from: number, end: number): boolean {
    const { walkLines } = this.#kernel.exports;
    const limit = this.#limit - this.#position;
    const isHeld = this.#zeros > 0 && limit + this.#zeros > 0;
    const limitAt = layout.inputAt + Math.max(0, Math.min(limit, layout.inputBytes));
    const endAt = layout.inputAt + end;
    let at = layout.inputAt + from;
    while (at < endAt) {
      const stopped = walkLines(at, endAt, limitAt, isHeld);
      if (stopped === layout.taskEnded) return false;
      if (stopped === layout.allWalked) return true;
      at = this.#readDirective(stopped);
    }
    return true;
  }

  /** A line that begins with `#`: it may name the columns of those below it. */
  #readDirective(from: number): number {
    this.#kernel.exports.endLine();
    const input = inputOf(this.#kernel);
    const start = from - layout.inputAt;
    const end = input.indexOf(10, start);
    const text = new TextDecoder('windows-1252').decode(input.subarray(start, end));
    const columns = text === this.#directive ? undefined : readFieldsLine(text);
    if (columns && this.#format.kind === 'columns') {
      // A log may repeat it each minute.
      this.#directive = text;
      this.#load(toColumnsProgram(this.#format, columns), rolesOfColumns(this.#format, columns));
    }
    return layout.inputAt + end + 1;
  }
}
