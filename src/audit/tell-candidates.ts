/** How many names a message lists. */
const mostListed = 20;

/** Names on one line, the rest counted. */
export function listKnown(names: readonly string[]): string {
  const more = names.length > mostListed ? ` and ${names.length - mostListed} more` : '';
  return `${names.slice(0, mostListed).join(', ')}${more}`;
}

/** Names below each other, the rest counted. */
export function indentKnown(names: readonly string[]): string {
  const more = names.length > mostListed ? [`… and ${names.length - mostListed} more`] : [];
  return [...names.slice(0, mostListed), ...more].map((name) => `  ${name}`).join('\n');
}
