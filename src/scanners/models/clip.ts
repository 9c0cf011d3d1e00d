import { redact } from '../../redact.ts';

const longestName = 200;

/** One line without secrets, control characters or what turns the order of reading around. */
export function clip(text: string): string {
  const line = redact(text.slice(0, longestName * 4))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > longestName ? `${line.slice(0, longestName - 1)}…` : line || 'unnamed';
}
