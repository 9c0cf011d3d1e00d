import { toPlainText } from '../../../evidence/plain-text.ts';

const mostCharacters = 300;

/**
 * One short line of what an engine said. It quotes queries and data, and what answers in its place
 * may quote what it was sent, so secrets are replaced.
 */
export function briefly(text: string, secrets: readonly string[] = []): string {
  const hidden = secrets.reduce((said, secret) => said.replaceAll(secret, '***'), text);
  const line = toPlainText(hidden).replace(/\s+/g, ' ').trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
}
