import type { LogFormat, Role } from '../log-format.ts';
import { slotRoles } from '../slots.ts';
import { inputAt, inputBytes, slotsAt } from './assembly/layout.ts';
import { giveBack, inputOf, loadProgram, takeKernel } from './start-kernel.ts';
import { toProgram } from './to-program.ts';

/** The values of one line by role. Roles whose value is missing or `-` are absent. */
export type LineFields = Readonly<Partial<Record<Role, string>>>;

/**
 * Reads single lines of a format as texts: for samples and tests, where speed does not count. Gives
 * undefined where a line is not of the format.
 */
export function toFieldReader(format: LogFormat): (line: string) => LineFields | undefined {
  const program = toProgram(format);
  return (line) => {
    const text = new TextEncoder().encode(line.replace(/[\r\n]+$/, ''));
    if (text.length >= inputBytes) return undefined;
    const kernel = takeKernel();
    try {
      loadProgram(kernel, program);
      const input = inputOf(kernel);
      input.set(text);
      input[text.length] = 10;
      if (kernel.exports.walkLine(inputAt) < 0) return undefined;
      const slots = new Int32Array(kernel.exports.memory.buffer, slotsAt, 2 * slotRoles.length);
      const decoder = new TextDecoder();
      return Object.fromEntries(
        slotRoles.flatMap((role, index) => {
          const [from = inputAt, end = inputAt] = slots.subarray(2 * index, 2 * index + 2);
          const value = decoder.decode(input.subarray(from - inputAt, end - inputAt));
          return from === 0 || value === '' || value === '-' ? [] : [[role, value]];
        }),
      );
    } finally {
      giveBack(kernel);
    }
  };
}
