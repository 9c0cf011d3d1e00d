import { redact } from '../redact.ts';

/** Nothing that names a thing is longer; what is longer was made to hurt. */
const mostCharacters = 4000;

/**
 * A text without secrets, without characters that steer a terminal or turn the order of what is read
 * around, and of bounded length. Plain already, it stays as it is.
 */
export function toPlainText(text: string): string {
  const shown = text
    .slice(0, mostCharacters)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
  return redact(shown).slice(0, mostCharacters);
}
