/** A command of a service as a line of shell. */
export interface UnitCommand {
  readonly shell: string;
  /** `-` before it: its failure counts as success. */
  readonly ignoresFailure: boolean;
}

/** What `%i` and its like stand for, by their letter. */
export type Specifiers = ReadonlyMap<string, string>;

/** Longer ones are none that people write. */
const longestLine = 100_000;

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** The specifiers that follow from the name of a unit, by systemd.unit(5). */
export function listSpecifiers(name: string): Specifiers {
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot);
  const at = stem.indexOf('@');
  const prefix = at < 0 ? stem : stem.slice(0, at);
  const instance = at < 0 ? '' : stem.slice(at + 1);
  return new Map([
    ['%', '%'],
    ['n', name],
    ['N', stem],
    ['p', prefix],
    ['P', unescapeName(prefix)],
    ['i', instance],
    ['I', unescapeName(instance)],
    ['j', prefix.slice(prefix.lastIndexOf('-') + 1)],
  ]);
}

/** Fills in the specifiers that are known; others stay. */
export function fillSpecifiers(text: string, specifiers: Specifiers): string {
  return text.replace(/%([A-Za-z%])/g, (whole, letter: string) => specifiers.get(letter) ?? whole);
}

/**
 * Reads the value of ExecStart= and its like, which is no shell: words and quotes by
 * systemd.service(5), the characters before the program, `;` between commands. What comes out means
 * the same to a shell.
 * @param folder where relative script files are looked for
 */
export function readUnitCommands(
  value: string,
  specifiers: Specifiers,
  folder: string | undefined,
): UnitCommand[] {
  if (value.length > longestLine) return [];
  const commands: UnitCommand[] = [];
  let words: Word[] = [];
  const close = (): void => {
    const command = writeCommand(words, specifiers, folder);
    if (command) commands.push(command);
    words = [];
  };
  for (const word of splitWords(value)) {
    if (word.text === ';' && word.isBare) close();
    else words.push(word.text === '\\;' && word.isBare ? { ...word, text: ';' } : word);
  }
  close();
  return commands;
}

interface Word {
  readonly text: string;
  /** No quote and no escape in it. */
  readonly isBare: boolean;
}

function splitWords(value: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < value.length) {
    while (/\s/.test(value[at] ?? '')) at++;
    if (at >= value.length) break;
    let text = '';
    let isBare = true;
    let quote = '';
    for (; at < value.length; at++) {
      const char = value[at] ?? '';
      if (char === '\\' && value[at + 1] !== ';') {
        const [, code, plain] =
          /^\\(?:(x[0-9a-f]{2}|[0-7]{3}|u[0-9a-f]{4})|(.))/is.exec(value.slice(at, at + 6)) ?? [];
        if (code !== undefined) {
          text += String.fromCharCode(
            /^\d/.test(code) ? Number.parseInt(code, 8) : Number.parseInt(code.slice(1), 16),
          );
          at += code.length;
        } else {
          text += escapes[plain ?? ''] ?? `\\${plain ?? ''}`;
          at += 1;
        }
        isBare = false;
      } else if (quote === '' && (char === '"' || char === "'")) {
        quote = char;
        isBare = false;
      } else if (char === quote) quote = '';
      else if (quote === '' && /\s/.test(char)) break;
      else text += char;
    }
    words.push({ text, isBare });
  }
  return words;
}

function writeCommand(
  words: readonly Word[],
  specifiers: Specifiers,
  folder: string | undefined,
): UnitCommand | undefined {
  const [first, ...others] = words;
  if (!first) return undefined;
  const [, marks = '', program = ''] = /^([@:+!|-]*)(.*)$/s.exec(first.text) ?? [];
  if (program === '') return undefined;
  // After @ the second word is only what the program is told that it is called.
  const rest = marks.includes('@') ? others.slice(1) : others;
  const expands = !marks.includes(':');
  const written = [program, ...rest.map(({ text }) => resolveScript(text, folder))].map((text) =>
    quoteWord(fillSpecifiers(text, specifiers), expands),
  );
  return { shell: written.join(' '), ignoresFailure: marks.includes('-') };
}

/** A script file that is named without a folder lies in the working directory. */
function resolveScript(text: string, folder: string | undefined): string {
  return folder?.startsWith('/') &&
    /^(?:\.\/)?[\w][\w./-]*\.(?:sh|bash|ksh|py|pl|rb|php|js|mjs|ts|ps1|sql|jar)$/.test(text)
    ? `${folder.replace(/\/+$/, '')}/${text.replace(/^\.\//, '')}`
    : text;
}

/** `${NAME}` stays a variable, `$NAME` only as a word of its own; `$$` is a dollar sign. */
function quoteWord(text: string, expands: boolean): string {
  if (expands && /^\$[A-Za-z_]\w*$/.test(text)) return text;
  const parts = expands ? text.split(/(\$\$|\$\{[A-Za-z_]\w*\})/) : [text];
  const plain = parts.map((part) => (part === '$$' ? '$' : part));
  if (!parts.some((part) => part.startsWith('${'))) {
    const whole = plain.join('');
    if (/^[\w@%+=:,./-]+$/.test(whole)) return whole;
    return `'${whole.replaceAll("'", "'\\''")}'`;
  }
  const quoted = plain.map((part, index) =>
    index % 2 === 1 && part.startsWith('${') ? part : part.replace(/["\\$`]/g, '\\$&'),
  );
  return `"${quoted.join('')}"`;
}

/** `\x2d` is a character, `-` a slash. */
function unescapeName(text: string): string {
  return text
    .replaceAll('-', '/')
    .replace(/\\x([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
}

/** Reads the assignments of Environment=, each of which may stand in quotes. */
export function readUnitEnvironment(value: string, specifiers: Specifiers): [string, string][] {
  if (value.length > longestLine) return [];
  return splitWords(value).flatMap(({ text }): [string, string][] => {
    const [, name, content] = /^([A-Za-z_]\w*)=(.*)$/s.exec(fillSpecifiers(text, specifiers)) ?? [];
    return name === undefined || content === undefined ? [] : [[name, content]];
  });
}
