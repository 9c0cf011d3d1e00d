const hidden = '***';

/** What kind of secret a text holds. */
export type SecretKind = 'password' | 'token' | 'private-key';

interface SecretPattern {
  readonly kind: SecretKind;
  readonly pattern: RegExp;
}

/**
 * Each pattern captures what stands before the secret as group 1 and the secret itself as group 2.
 * All are linear: no nested quantifiers, bounded lengths.
 */
const patterns: readonly SecretPattern[] = [
  {
    kind: 'password',
    pattern: /([a-z][a-z0-9+.-]{1,40}:\/\/[^\s:/@'"]{0,200}:)([^\s@/'"]{1,200})(?=@)/gi,
  },
  {
    kind: 'password',
    pattern:
      /((?:password|passwd|pwd|passphrase|pgpassword|mysql_pwd|sshpass)["']?\s{0,3}[=:]\s{0,3}["']?)([^\s"'&;,)}]{1,200})/gi,
  },
  {
    kind: 'token',
    pattern:
      /((?:api[-_]?key|access[-_]?key|secret(?:[-_]?key)?|auth[-_]?token|access[-_]?token|client[-_]?secret|token|sig|signature)["']?\s{0,3}[=:]\s{0,3}["']?)([^\s"'&;,)}]{1,400})/gi,
  },
  { kind: 'token', pattern: /(\b(?:bearer|basic)\s{1,3})([a-z0-9._~+/=-]{8,2000})/gi },
  { kind: 'password', pattern: /(\bsshpass\s{1,3}-p\s{0,3}["']?)([^\s"']{1,200})/gi },
  {
    kind: 'password',
    pattern: /((?:^|\s)(?:-u|--user)[=\s]{1,3}["']?[^\s:"']{1,100}:)([^\s"']{1,200})/gi,
  },
  {
    kind: 'password',
    pattern: /(\b(?:mysql|mysqldump|mariadb)\b[^\n|;]{0,300}\s-p)([^\s"']{1,200})/gi,
  },
  {
    kind: 'password',
    pattern: /(\bsqlplus\b[^\n|;/]{0,200}\s[\w$#]{1,60}\/)([^\s@"']{1,200})(?=@)/gi,
  },
  {
    kind: 'token',
    pattern:
      /()\b((?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36,80}|xox[abprs]-[A-Za-z0-9-]{10,80})\b/g,
  },
  { kind: 'private-key', pattern: /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)([^-]{1,8000})/g },
];

/** A secret is only worth hiding if it is a value, not a variable that holds one. */
function isReference(value: string): boolean {
  return /^(?:[$%{<@]|process\.env|os\.environ|getenv|null$|none$|true$|false$|\*{3})/i.test(value);
}

/** Replaces passwords, tokens and keys in a text by `***`. Safe to apply twice. */
export function redact(text: string): string {
  let result = text;
  for (const { pattern } of patterns) {
    result = result.replace(pattern, (whole, before: string, secret: string) =>
      isReference(secret) ? whole : before + hidden,
    );
  }
  return result;
}

/** The kinds of secret written out in a text, each once, with the offset of the first. */
export function findSecrets(text: string): { kind: SecretKind; offset: number }[] {
  const found: { kind: SecretKind; offset: number }[] = [];
  for (const { kind, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[2] ?? '';
      if (isReference(secret)) continue;
      found.push({ kind, offset: match.index + (match[1]?.length ?? 0) });
    }
  }
  return found
    .sort((a, b) => a.offset - b.offset)
    .filter((secret, index, all) => index === 0 || all[index - 1]?.offset !== secret.offset);
}
