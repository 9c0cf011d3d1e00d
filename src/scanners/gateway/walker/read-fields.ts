import type { LogFormat, Role } from '../log-format.ts';
import { compile } from './compile.ts';
import { lookAhead } from './find-byte.ts';
import { newSlots, slotRoles } from './slots.ts';
import type { Walk } from './walk.ts';

/** The values of one line by role. Roles whose value is missing or `-` are absent. */
export type LineFields = Readonly<Partial<Record<Role, string>>>;

/** Reads single lines of a format as texts: for samples and tests, where speed does not count. */
export function toFieldReader(format: LogFormat): (line: string) => LineFields | undefined {
  return readWith(compile(format));
}

/** Reads single lines by a walker; undefined where a line is not of its format. */
export function readWith(walk: Walk): (line: string) => LineFields | undefined {
  return (line) => {
    const text = new TextEncoder().encode(line.replace(/[\r\n]+$/, ''));
    const bytes = new Uint8Array(text.length + 1 + lookAhead);
    bytes.set(text);
    bytes[text.length] = 10;
    const slots = newSlots();
    if (walk(bytes, new DataView(bytes.buffer), 0, slots) < 0) return undefined;
    const decoder = new TextDecoder();
    return Object.fromEntries(
      slotRoles.flatMap((role, index) => {
        const value = decoder.decode(bytes.subarray(slots[2 * index], slots[2 * index + 1]));
        return value === '' || value === '-' ? [] : [[role, value]];
      }),
    );
  };
}
