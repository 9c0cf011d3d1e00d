/** Plain data for YAML. What is absent is left out. */
export type YamlValue =
  | string
  | undefined
  | readonly string[]
  | { readonly [key: string]: YamlValue };

/**
 * One document of a YAML file. Every text is quoted as JSON quotes it, which YAML reads alike; so
 * no name is taken for a number, a date or syntax.
 */
export function writeYamlDocument(value: Readonly<Record<string, YamlValue>>): string {
  return `---\n${writeMapping(value, '')}`;
}

function writeMapping(value: Readonly<Record<string, YamlValue>>, indent: string): string {
  return Object.entries(value)
    .map(([key, member]) => writeMember(key, member, indent))
    .join('');
}

function writeMember(key: string, value: YamlValue, indent: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return `${indent}${key}: ${quote(value)}\n`;
  if (isList(value)) {
    if (value.length === 0) return `${indent}${key}: []\n`;
    return `${indent}${key}:\n${value.map((item) => `${indent}  - ${quote(item)}\n`).join('')}`;
  }
  return `${indent}${key}:\n${writeMapping(value, `${indent}  `)}`;
}

function isList(value: YamlValue): value is readonly string[] {
  return Array.isArray(value);
}

/** What YAML cannot hold unescaped is escaped; half a character becomes U+FFFD. */
function quote(text: string): string {
  return JSON.stringify(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
