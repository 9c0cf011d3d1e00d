/**
 * `text`: a literal as it is. `template`: one whose variables are filled in. `command`: in
 * backticks. `words`: `qw(…)`. `regex`: a pattern or a replacement. `variable`: with its sigil.
 */
export interface PerlToken {
  readonly kind:
    | 'word'
    | 'number'
    | 'text'
    | 'template'
    | 'command'
    | 'words'
    | 'regex'
    | 'variable'
    | 'symbol'
    | 'handle';
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

interface Heredoc {
  readonly index: number;
  readonly tag: string;
  readonly isTemplate: boolean;
  readonly isIndented: boolean;
}

const blank = /[ \t\r\f]+/y;
const word = /[A-Za-z_]\w*(?:(?:::|')[A-Za-z_]\w*)*(?:::)?/y;
const number = /\d[\d_]*(?:\.\d[\d_]*)?(?:e[+-]?\d+)?|0x[\da-f]+/iy;
const variable =
  /\$#?\{\^?\w+\}|[@%]\{\w+\}|\$#(?=[${])|[$@%](?=\{)|[$@%](?=\$[A-Za-z_{$])|\$#?(?:::)?[A-Za-z_]\w*(?:::\w+)*|\$"(?=\s)|\$[\d&!@/\\,;.$]|[@%](?:::)?[A-Za-z_]\w*(?:::\w+)*/y;
const quoteLike = /(?:q[qwxr]?|m|s|tr|y)(?=\s*[^\s\w,;=)]|\s+[^\s\w,;=)])/y;
const heredoc = /<<(~?)(?:"([^"\n]{1,80})"|'([^'\n]{1,80})'|([A-Za-z_]\w{0,80}))/y;
const handle = /<(\$?\w{0,80})>/y;
const operators =
  /<=>|\*\*=|\|\|=|&&=|\/\/=|\.\.\.|->|=>|==|!=|=~|!~|<=|>=|\+\+|--|\+=|-=|\*=|\.=|\/=|\|\||&&|\/\/|\.\.|::|<<|>>|x=/y;

/** Words behind which a `/` begins a pattern, not a division. */
const leading =
  /^(?:split|grep|map|if|unless|while|until|and|or|not|return|push|unshift|join|x|eq|ne|when)$/;

/** Takes Perl apart. Comments, POD and what stands behind `__END__` are left out. */
export function tokenizePerl(source: string): PerlToken[] {
  const text = blankPod(source);
  const tokens: PerlToken[] = [];
  const pending: Heredoc[] = [];
  let at = 0;

  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text) ?? undefined;
  };
  const add = (kind: PerlToken['kind'], value: string, end: number): void => {
    tokens.push({ kind, text: value, at, end });
    at = end;
  };
  /** Whether the token before is a value, so that an operator follows. */
  const isAfterValue = (): boolean => {
    const last = tokens.at(-1);
    if (!last) return false;
    if (last.kind === 'word') return !leading.test(last.text);
    return last.kind !== 'symbol' || /^[)\]}]$/.test(last.text);
  };

  while (at < text.length) {
    const space = match(blank);
    if (space) at += space[0].length;
    else if (text[at] === '\n') {
      at++;
      readHeredocs();
    } else if (text[at] === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else readToken(text[at] ?? '');
  }
  return tokens;

  function readToken(character: string): void {
    if (character === "'") readDelimited(at, 'text', 1);
    else if (character === '"') readDelimited(at, 'template', 1);
    else if (character === '`') readDelimited(at, 'command', 1);
    else if (!isQuotedKey() && !isMemberName() && match(quoteLike)) readQuoteLike();
    else if (character === '/' && !isAfterValue()) readDelimited(at, 'regex', 1);
    else if (character === '<' && readAngle()) return;
    else if (/[$@%]/.test(character) && readVariable(character)) return;
    else if (match(word)) {
      const value = match(word)?.[0] ?? character;
      add('word', value, at + value.length);
    } else if (match(number)) {
      const value = match(number)?.[0] ?? character;
      add('number', value.replaceAll('_', ''), at + value.length);
    } else {
      const value = match(operators)?.[0] ?? character;
      add('symbol', value, at + value.length);
    }
  }

  /** `{y}` and `s => 1` are names. */
  function isQuotedKey(): boolean {
    return /^\w{1,2}\s{0,9}(?:=>|\}|=(?!~))/.test(text.slice(at, at + 20));
  }

  /** `->s(…)`, `sub y`. */
  function isMemberName(): boolean {
    const last = tokens.at(-1);
    return last?.text === '->' || (last?.kind === 'word' && last.text === 'sub');
  }

  function readVariable(character: string): boolean {
    // `$x % $y` and `%hash`, `a & b`: an operator stands behind a value.
    if (character === '%' && isAfterValue() && tokens.at(-1)?.kind !== 'word') return false;
    const found = match(variable);
    if (!found) return false;
    add('variable', found[0], at + found[0].length);
    return true;
  }

  function readAngle(): boolean {
    const document = isAfterValue() && tokens.at(-1)?.kind !== 'word' ? undefined : match(heredoc);
    if (document) {
      const [whole, tilde, double, single, bare] = document;
      pending.push({
        index: tokens.length,
        tag: double ?? single ?? bare ?? '',
        isTemplate: single === undefined,
        isIndented: tilde === '~',
      });
      add(single === undefined ? 'template' : 'text', '', at + whole.length);
      return true;
    }
    const file = isAfterValue() ? undefined : match(handle);
    if (!file) return false;
    add('handle', file[1] ?? '', at + file[0].length);
    return true;
  }

  /** Bodies of here-documents begin behind the line that names them. */
  function readHeredocs(): void {
    for (const { index, tag, isIndented } of pending.splice(0, 20)) {
      const lines: string[] = [];
      let start = at;
      while (start < text.length) {
        const found = text.indexOf('\n', start);
        const end = found < 0 ? text.length : found;
        const line = text.slice(start, end);
        start = end + 1;
        if ((isIndented ? line.trim() : line.replace(/\r$/, '')) === tag) break;
        lines.push(line);
      }
      const token = tokens[index];
      if (token) tokens[index] = { ...token, text: lines.join('\n') };
      at = Math.min(start, text.length);
    }
  }

  function readQuoteLike(): void {
    const name = match(quoteLike)?.[0] ?? 'q';
    const open =
      at +
      name.length +
      (/^\s*/.exec(text.slice(at + name.length, at + name.length + 50))?.[0].length ?? 0);
    if (text[open] === '#' && open > at + name.length) {
      add('word', name, at + name.length);
      return;
    }
    const isPair = name === 's' || name === 'tr' || name === 'y';
    const kinds: Readonly<Record<string, PerlToken['kind']>> = {
      q: 'text',
      qq: 'template',
      qx: 'command',
      qw: 'words',
    };
    readDelimited(open, kinds[name] ?? 'regex', isPair ? 2 : 1);
  }

  /** Reads from an opening delimiter to its closing one; brackets nest. */
  function readDelimited(open: number, kind: PerlToken['kind'], parts: number): void {
    const first = closingOf(open);
    let end = first;
    if (parts === 2) {
      const isBracket = /[([{<]/.test(text[open] ?? '');
      const second = isBracket ? nextDelimiter(first + 1) : first;
      end = closingOf(second);
    }
    const flags =
      kind === 'regex' ? (/^[a-z]*/.exec(text.slice(end + 1, end + 12))?.[0].length ?? 0) : 0;
    add(kind, text.slice(open + 1, first), Math.min(text.length, end + 1 + flags));
  }

  function nextDelimiter(from: number): number {
    let next = from;
    while (next < text.length && /\s/.test(text[next] ?? '')) next++;
    return next;
  }

  function closingOf(open: number): number {
    const opening = text[open] ?? '';
    const closing = { '(': ')', '[': ']', '{': '}', '<': '>' }[opening] ?? opening;
    let depth = 0;
    for (let index = open + 1; index < text.length; index++) {
      const character = text[index];
      if (character === '\\') index++;
      else if (character === closing && depth === 0) return index;
      else if (character === closing) depth--;
      else if (character === opening) depth++;
    }
    return text.length;
  }
}

/** Blanks documentation, and everything behind the end of the program; offsets stay. */
function blankPod(text: string): string {
  const end = /^__(?:END|DATA)__\s*$/m.exec(text)?.index ?? text.length;
  const program = text.slice(0, end);
  if (!/^=[a-z]/m.test(program)) return program;
  const lines = program.split('\n');
  let isPod = false;
  return lines
    .map((line) => {
      if (/^=cut\b/.test(line)) {
        isPod = false;
        return ' '.repeat(line.length);
      }
      if (/^=[a-z]/.test(line)) isPod = true;
      return isPod ? ' '.repeat(line.length) : line;
    })
    .join('\n');
}
