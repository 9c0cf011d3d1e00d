const hidden = '***';

/** What kind of secret a text holds. */
export type SecretKind = 'password' | 'token' | 'private-key';

interface SecretPattern {
  readonly kind: SecretKind;
  readonly pattern: RegExp;
  /** What every match of the pattern holds, whether in a whole text or in a line by itself. */
  readonly trigger: string;
  /** The secret is named by what looks like a variable, so bare words in code may be no secret. */
  readonly named?: true;
}

/** A value in quotes (also `\"escaped\"`), or a bare one up to where it must end. */
function value(bare: string): string {
  return String.raw`(\\"[^"\\\n]{1,400}\\"|"[^"\n]{1,400}"|'[^'\n]{1,400}'|["']?${bare})`;
}

const bareValue = String.raw`[^\s"'&;,)}\\]{1,400}`;
const argument = String.raw`[^\s"';|&)]{1,400}`;
const passwordNames =
  'password|passwd|pwd|passphrase|mysql_pwd|sshpass|(?<![a-z])pass|(?<![a-z])pw|userpass';
const tokenNames =
  'api[-_]?key|account[-_]?key|access[-_]?key(?:[-_]?id)?|secret(?:[-_]?(?:access[-_]?)?key)?|auth[-_]?token|access[-_]?token|client[-_]?secret|token|sig|signature';

/** A user and a password before the host of an address. */
const login = String.raw`\/\/[^\s:/@'"]{0,200}:[^\s'"]{1,200}@`;

/** An option that takes the name of a user, and often the password after it. */
const userOption = String.raw`(?<!\S)-(?:u|-(?:proxy-)?user)`;

/** The end of a name, and the sign before its value. */
function named(ends: string): string {
  return String.raw`(?:${ends})\\?["']?\s{0,3}[=:]`;
}

/**
 * Each pattern captures what stands before the secret as group 1 and the secret itself as group 2.
 * All are linear: no nested quantifiers, bounded lengths.
 */
const patterns: readonly SecretPattern[] = [
  {
    // The key itself, or the end of the line where only one line is at hand.
    kind: 'private-key',
    pattern: /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)([^-]{1,8000}|$)/g,
    trigger: String.raw`-----BEGIN\x20`,
  },
  {
    // A password may hold @, or else /, but `https://host:443/a@b` has none.
    kind: 'password',
    pattern:
      /([a-z][a-z0-9+.-]{1,40}:\/\/[^\s:/@'"]{0,200}:)([^\s/'"]{1,200}|(?!\d{1,5}\/)[^\s@'"]{1,200})(?=@)/gi,
    trigger: login,
  },
  {
    kind: 'password',
    named: true,
    pattern: new RegExp(
      String.raw`((?:${passwordNames})\\?["']?\s{0,3}[=:]\s{0,3})${value(bareValue)}`,
      'gi',
    ),
    trigger: named('pass(?:w(?:or)?d|phrase)?|pwd?'),
  },
  {
    kind: 'token',
    named: true,
    pattern: new RegExp(
      String.raw`((?:${tokenNames})\\?["']?\s{0,3}[=:]\s{0,3})${value(bareValue)}`,
      'gi',
    ),
    trigger: named('key(?:[-_]?id)?|secret|token|sig(?:nature)?'),
  },
  {
    kind: 'password',
    pattern: new RegExp(
      String.raw`(\s--?(?:password|passwd|pass|passphrase)\s{1,3})(?!-)${value(argument)}`,
      'gi',
    ),
    trigger: String.raw`-pass(?:w(?:or)?d|phrase)?\s`,
  },
  {
    kind: 'token',
    pattern: /(\b(?:bearer|basic)\s{1,3})([a-z0-9._~+/=-]{8,2000})/gi,
    trigger: String.raw`(?:bearer|basic)\s{1,3}[a-z0-9._~+/=-]{8}`,
  },
  {
    kind: 'password',
    pattern: new RegExp(String.raw`(\bsshpass\s{1,3}-p\s{0,3})${value(argument)}`, 'g'),
    trigger: String.raw`sshpass\s`,
  },
  {
    kind: 'password',
    pattern:
      /((?:^|\s)(?:-u|--user|--proxy-user)[=\s]{0,3}"[^\s:"']{1,100}:)([^"\n]{1,200})(?=")|((?:^|\s)(?:-u|--user|--proxy-user)[=\s]{0,3}'[^\s:"']{1,100}:)([^'\n]{1,200})(?=')/g,
    trigger: userOption,
  },
  {
    kind: 'password',
    pattern:
      /((?:^|\s)(?:-u|--user|--proxy-user)[=\s]{0,3}["']?[^\s:"'/]{1,100}:)([^\s"']{1,200})/g,
    trigger: userOption,
  },
  {
    kind: 'password',
    pattern: new RegExp(
      String.raw`(\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump)\b[^\n|;]{0,300}\s-p)(?=[^\s-])${value(argument)}`,
      'g',
    ),
    trigger: String.raw`(?:mysql|mariadb)[^\n|;]{0,320}\s-p`,
  },
  {
    kind: 'password',
    pattern: /(\bsqlplus\b[^\n|;/]{0,200}\s["']?[\w$#]{1,60}\/)([^\s@"']{1,200})(?=@)/gi,
    trigger: 'sqlplus',
  },
  {
    // SQL*Plus inside a script: `CONNECT scott/tiger@erp`.
    kind: 'password',
    pattern: /(\bconn(?:ect)?\s{1,9}["']?[\w$#]{1,60}\/)([^\s@"']{1,200})(?=@)/gi,
    trigger: String.raw`conn(?:ect)?\s`,
  },
  {
    // An address without its scheme.
    kind: 'password',
    pattern: /((?:^|[\s"'=(,])\/\/[^\s:/@'"]{1,100}:)([^\s/'"@]{1,200})(?=@)/g,
    trigger: login,
  },
  {
    kind: 'password',
    pattern: new RegExp(
      String.raw`(\bidentified\s{1,9}by\s{1,9}(?:values\s{1,9})?)${value(bareValue)}`,
      'gi',
    ),
    trigger: String.raw`identified\s`,
  },
  {
    kind: 'password',
    pattern: /(\s-U\s{0,3}["']?[^\s%"'{}$]{1,100}%)([^\s"']{1,200})/g,
    trigger: userOption,
  },
  {
    kind: 'password',
    pattern: /(\blftp\b[^\n|;]{0,300}\s-u\s{0,3}["']?[^\s,"']{1,100},)([^\s"']{1,200})/g,
    trigger: userOption,
  },
  {
    // A login inside an ftp here-document.
    kind: 'password',
    pattern:
      /(^[ \t]{0,20}user[ \t]{1,3}[^\s"'=(]{1,100}[ \t]{1,3})([^\s"'=]{1,200})(?=[ \t]{0,9}$)/gm,
    trigger: String.raw`^[ \t]{0,20}user[ \t]`,
  },
  {
    kind: 'token',
    pattern:
      /()\b((?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36,80}|github_pat_\w{30,100}|xox[abprs]-[A-Za-z0-9-]{10,80}|AIza[\w-]{35}|[sr]k_live_[A-Za-z0-9]{16,100}|eyJ[\w-]{8,500}\.eyJ[\w-]{8,1000}\.[\w-]{8,1000})(?![\w])/g,
    trigger: String.raw`A[KS]IA[A-Z0-9]{16}|gh[pousr]_[A-Z0-9]{36}|github_pat_|xox[abprs]-|AIza[\w-]{35}|[sr]k_live_|eyJ[\w-]{8,500}\.eyJ`,
  },
];

/** What holds none of this holds no secret: one look in place of one for each pattern. */
const triggers = [...new Set(patterns.map(({ trigger }) => trigger))].join('|');
const anyTrigger = new RegExp(triggers, 'im');

/**
 * The lines of a text that may hold a secret, in order, 1-based. Each of the others holds none by
 * itself.
 */
export function* listSuspectLines(text: string): Iterable<{ line: number; text: string }> {
  const next = new RegExp(triggers, 'gim');
  let line = 1;
  let start = 0;
  for (let match = next.exec(text); match; match = next.exec(text)) {
    for (let end = text.indexOf('\n', start); end !== -1 && end < match.index; line++) {
      start = end + 1;
      end = text.indexOf('\n', start);
    }
    const end = text.indexOf('\n', match.index);
    yield { line, text: text.slice(start, end === -1 ? undefined : end) };
    if (end === -1) return;
    line++;
    start = end + 1;
    next.lastIndex = start;
  }
}

/** A secret is only worth hiding if it is a value, not a variable that holds one. */
function isReference(text: string): boolean {
  const inner = text.replace(/^\\?["']/, '');
  return /^(?:[$%{<@]|!vault\b|process\.env|os\.environ|getenv|(?:null|none|true|false|undefined)\W*$|\*{3})/i.test(
    inner,
  );
}

/** `***` in the quotes that the secret stood in. */
function hide(secret: string): string {
  const open = /^\\?["']/.exec(secret)?.[0] ?? '';
  return open !== '' && secret.length > open.length && secret.endsWith(open)
    ? open + hidden + open
    : open + hidden;
}

/** Replaces passwords, tokens and keys in a text by `***`. Safe to apply twice. */
export function redact(text: string): string {
  return anyTrigger.test(text) ? replaceSecrets(text, hide) : text;
}

/**
 * The lines of a whole text without its secrets, also without those that begin on another line. As
 * many as before, so that line numbers hold.
 */
export function redactLines(text: string): string[] {
  const lines = replaceSecrets(
    text,
    (secret) => hide(secret) + '\n'.repeat(secret.split('\n').length - 1),
  ).split('\n');
  let isKey = false;
  return lines.map((line) => {
    const isInside = isKey;
    if (/-----BEGIN [A-Z ]{0,40}PRIVATE KEY/.test(line)) isKey = true;
    if (/-----END /.test(line)) isKey = false;
    return isInside && isKey ? hidden : redact(line);
  });
}

function replaceSecrets(text: string, hideOne: (secret: string) => string): string {
  let result = text;
  for (const { pattern } of patterns) {
    result = result.replace(pattern, (whole: string, ...groups: (string | undefined)[]) => {
      const [before = '', secret = ''] = groups[0] === undefined ? groups.slice(2) : groups;
      return isReference(secret) ? whole : before + hideOne(secret);
    });
  }
  return result;
}

/**
 * The kinds of secret written out in a text, each once, with the offset of the first.
 * @param language `code` where a bare word is an expression: there only quoted values are secrets
 */
export function findSecrets(
  text: string,
  language: 'text' | 'code' = 'text',
): { kind: SecretKind; offset: number }[] {
  if (!anyTrigger.test(text)) return [];
  const found: { kind: SecretKind; offset: number }[] = [];
  for (const { kind, pattern, named } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [before = '', secret = ''] = match[1] === undefined ? match.slice(3) : match.slice(1);
      if (isReference(secret)) continue;
      if (named && language === 'code' && !/^\\?["']/.test(secret) && !isQuoted(text, match.index))
        continue;
      found.push({
        kind,
        offset: match.index + before.length + (/^\\?["']/.exec(secret)?.[0].length ?? 0),
      });
    }
  }
  return found
    .sort((a, b) => a.offset - b.offset)
    .filter((secret, index, all) => index === 0 || all[index - 1]?.offset !== secret.offset);
}

/** Whether a place in a line of code lies inside a text, e.g. in a DSN. */
function isQuoted(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', offset) + 1, offset);
  return ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
}
