import { inflateRawSync } from 'node:zlib';

/**
 * Inflates a part of an archive, and stops where it grows beyond a limit.
 * @returns undefined where it is larger, or no deflated data
 */
export function inflateBounded(packed: Uint8Array, most: number): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch {
    return undefined;
  }
}
