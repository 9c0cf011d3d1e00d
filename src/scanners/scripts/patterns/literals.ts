/** A text that is written out, and what stands around it. */
export interface Literal {
  readonly text: string;
  /** Offset of its opening quote. */
  readonly at: number;
  /** The last part of the name of the call it is an argument of. */
  readonly callee?: string;
  /** `host` of `host = "…"` inside a call. */
  readonly label?: string;
  /** The name it is given to outside of a call. */
  readonly assigned?: string;
  /** The name that is joined in front of it. */
  readonly before?: string;
  /** Variables in it are filled in. */
  readonly isTemplate: boolean;
  /** What the call says before it, at most 200 characters. */
  readonly around: string;
}

/** How a language writes comments and texts. */
export interface Syntax {
  readonly comment: RegExp;
  readonly quotes: string;
  /** Quotes in which `$name` is filled in. */
  readonly templates: string;
  /** A quote in a text is doubled, and `\` is a character like any other. */
  readonly isDoubled?: boolean;
  /** Calls may leave their brackets out: `http.Open "GET", "…"`. */
  readonly hasBareCalls?: boolean;
}

const curly: Syntax = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))/y,
  quotes: '"\'',
  templates: '"',
};
const syntaxes: Readonly<Record<string, Syntax>> = {
  r: { comment: /#[^\n]*/y, quotes: '"\'', templates: '' },
  lua: {
    comment: /--\[\[[\s\S]*?(?:\]\]|$(?![\s\S]))|--[^\n]*/y,
    quotes: '"\'',
    templates: '',
    hasBareCalls: true,
  },
  vbs: {
    comment: /'[^\n]*|rem[ \t][^\n]*/iy,
    quotes: '"',
    templates: '',
    isDoubled: true,
    hasBareCalls: true,
  },
  groovy: { ...curly, hasBareCalls: true },
  kt: { ...curly, quotes: '"' },
  scala: { ...curly, quotes: '"' },
};

/** The syntax of a language by the extension of its files; most are like C. */
export function syntaxOf(extension: string): Syntax {
  return Object.hasOwn(syntaxes, extension) ? (syntaxes[extension] ?? curly) : curly;
}

const word = /[A-Za-z_][\w.]*/y;
const keyword =
  /^(?:return|val|var|def|let|const|local|set|in|to|then|else|if|elseif|and|or|not|case|is|as|new|throw|when|do|dim|private|public|final|static|string|assert|print|println|echo|import|package)$/i;

/** A call whose arguments are being read. */
interface Open {
  readonly callee: string;
  readonly at: number;
}

/** Lists the texts of a program. Comments are passed over; what does not close ends with its line. */
export function listLiterals(text: string, syntax: Syntax): Literal[] {
  const literals: Literal[] = [];
  /** For each open bracket the nearest call around it. */
  const calls: (Open | undefined)[] = [];
  /** The names and signs since the last bracket, comma or line: `url =`, `base +`. */
  let words: string[] = [];
  let bare: Open | undefined;
  let isLineStart = true;
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    const comment =
      isLineStart || !/\w/.test(text[at - 1] ?? ' ')
        ? matchAt(syntax.comment, text, at)
        : undefined;
    if (comment) {
      at += comment.length;
      continue;
    }
    isLineStart = character === '\n' || (isLineStart && /\s/.test(character));
    if (character === '\n') {
      if (calls.length === 0) {
        bare = undefined;
        words = [];
      }
      at++;
    } else if (syntax.quotes.includes(character)) {
      const { value, end } = readText(text, at, syntax);
      literals.push(describe(value, at, character));
      words.push('"');
      at = end;
    } else if (/[A-Za-z_]/.test(character)) {
      const name = matchAt(word, text, at) ?? character;
      words.push(name);
      at += name.length;
    } else {
      readSign(character, at);
      at++;
    }
  }
  return literals;

  function readSign(character: string, at: number): void {
    if (character === '(') {
      const name = words.at(-1);
      const isCall =
        name !== undefined && /^[A-Za-z_]/.test(name) && /[\w>]/.test(text[at - 1] ?? '');
      calls.push(isCall ? { callee: lastPart(name), at } : calls.at(-1));
      words = [];
    } else if (character === ')') {
      calls.pop();
      words = [')'];
    } else if (character === ',' || character === ';' || character === '{' || character === '}') {
      words = [];
      if (character !== ',' && calls.length === 0) bare = undefined;
    } else if (!/\s/.test(character)) words.push(character);
    if (words.length > 20) words = words.slice(-10);
  }

  function describe(value: string, at: number, quote: string): Literal {
    const last = words.at(-1);
    const name = words.at(-2);
    if (isBareCallee(last)) bare = { callee: lastPart(last ?? ''), at };
    // `httpRequest url: '…'`.
    else if (last === ':' && words.length === 3 && isBareCallee(words[0]))
      bare = { callee: lastPart(words[0] ?? ''), at };
    const open = calls.at(-1) ?? bare;
    const isGiven = last === '=' || last === ':' || last === '-';
    const before = last === '+' || last === '&' ? name : undefined;
    return {
      text: value,
      at,
      isTemplate: syntax.templates.includes(quote),
      around: open ? text.slice(Math.max(open.at, at - 200), at) : '',
      ...(open === undefined ? {} : { callee: open.callee }),
      ...(isGiven && name !== undefined && open ? { label: lastPart(name) } : {}),
      ...(isGiven && !open ? nameAssigned() : {}),
      ...(before === undefined || before === '"' ? {} : { before: lastPart(before) }),
    };
  }

  /** `http.get "…"`: a name right before a text, where brackets may be left out. */
  function isBareCallee(name: string | undefined): boolean {
    return (
      syntax.hasBareCalls === true &&
      name !== undefined &&
      calls.length === 0 &&
      /^[A-Za-z_]/.test(name) &&
      !keyword.test(name)
    );
  }

  /** `val url: String =`, `url <-`, `Const url =`. */
  function nameAssigned(): { assigned?: string } {
    const names = words.filter((one) => /^[A-Za-z_]/.test(one) && !keyword.test(one));
    const first = names[0];
    return first === undefined ? {} : { assigned: lastPart(first) };
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readText(text: string, open: number, syntax: Syntax): { value: string; end: number } {
  const quote = text[open] ?? '"';
  const triple = quote.repeat(3);
  if (text.startsWith(triple, open)) {
    const close = text.indexOf(triple, open + 3);
    const stop = close < 0 ? text.length : close;
    return { value: text.slice(open + 3, stop), end: Math.min(text.length, stop + 3) };
  }
  let value = '';
  let at = open + 1;
  for (; at < text.length && text[at] !== '\n'; at++) {
    if (syntax.isDoubled && text[at] === quote && text[at + 1] === quote) at++;
    else if (!syntax.isDoubled && text[at] === '\\') at++;
    else if (text[at] === quote) break;
    if (value.length < 2_000) value += text[at] ?? '';
  }
  return { value, end: Math.min(text.length, at + 1) };
}
