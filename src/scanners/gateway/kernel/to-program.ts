import type { ColumnsFormat, LogFormat } from '../log-format.ts';
import { columnsProgram, jsonProgram, textProgram } from './assembly/layout.ts';
import { toTextFormat } from './columns.ts';
import { newProgramSpace, writeKeys, writeSteps } from './token-program.ts';

/** What the kernel walks lines by: data, so that nothing a user wrote becomes code. */
export interface Program {
  readonly kind: number;
  readonly bytes: Uint8Array;
  /** Where it begins, as the kernel counts; of columns, one for each separator. */
  readonly first: number;
  readonly second: number;
}

/** The program of a format; columns without a `#Fields:` line take the initial ones, by blanks. */
export function toProgram(format: LogFormat): Program {
  const space = newProgramSpace();
  switch (format.kind) {
    case 'text': {
      const first = writeSteps(format, space);
      return { kind: textProgram, bytes: space.bytes.subarray(0, space.filled), first, second: 0 };
    }
    case 'json': {
      const first = writeKeys(format, space);
      return { kind: jsonProgram, bytes: space.bytes.subarray(0, space.filled), first, second: 0 };
    }
    case 'columns':
      return toColumnsProgram(format, format.initial ?? [], [' ', ' ']);
    default:
      return format satisfies never;
  }
}

/**
 * The program of the lines below a `#Fields:` line, which is written with blanks even where tabs stand
 * between the values.
 * @param separators what may stand between two values, what is tried first before the other
 */
export function toColumnsProgram(
  format: ColumnsFormat,
  names: readonly string[],
  separators: readonly ['\t' | ' ', '\t' | ' '] = ['\t', ' '],
): Program {
  const space = newProgramSpace();
  const [first, second] = separators.map((separator) =>
    writeSteps(toTextFormat(format, names, separator), space),
  ) as [number, number];
  return { kind: columnsProgram, bytes: space.bytes.subarray(0, space.filled), first, second };
}
