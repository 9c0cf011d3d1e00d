/** A command that a pipeline has understood. */
export interface Command {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The lines that GitHub's runner obeys, taken apart in the order that it does. */
export function readGithub(text: string): Command[] {
  return text.split('\n').flatMap((line): Command[] => {
    const trimmed = line.trimStart();
    if (!trimmed.startsWith('::')) {
      if (line.includes('##[')) throw new Error(`the runner obeys ${line}`);
      return [];
    }
    const end = trimmed.indexOf('::', 2);
    const [name = '', ...rest] = trimmed.slice(2, end).split(' ');
    const values = rest
      .join(' ')
      .split(',')
      .map((pair) => [
        pair.slice(0, pair.indexOf('=')),
        decode(pair.slice(pair.indexOf('=') + 1), [
          ['%3A', ':'],
          ['%2C', ','],
          ['%0D', '\r'],
          ['%0A', '\n'],
          ['%25', '%'],
        ]),
      ]);
    const data = decode(trimmed.slice(end + 2), [
      ['%0D', '\r'],
      ['%0A', '\n'],
      ['%25', '%'],
    ]);
    return [{ name, values: Object.fromEntries(values), data }];
  });
}

/** The lines that the agent of Azure Pipelines obeys: the first `##vso[` of a line up to its `]`. */
export function readAzure(text: string): Command[] {
  return text.split('\n').flatMap((line): Command[] => {
    const start = line.indexOf('##vso[');
    if (start === -1) return [];
    const end = line.indexOf(']', start);
    const head = line.slice(start + 6, end);
    const blank = head.indexOf(' ');
    const codes = [
      ['%3B', ';'],
      ['%5D', ']'],
      ['%0D', '\r'],
      ['%0A', '\n'],
      ['%AZP25', '%'],
    ] as const;
    const values = head
      .slice(blank + 1)
      .split(';')
      .map((pair) => [
        pair.slice(0, pair.indexOf('=')),
        decode(pair.slice(pair.indexOf('=') + 1), codes),
      ]);
    return [
      {
        name: head.slice(0, blank),
        values: Object.fromEntries(values),
        data: decode(line.slice(end + 1), codes.slice(2)),
      },
    ];
  });
}

/** Each code once from left to right where they stand, so that `%250A` is no new line. */
function decode(text: string, codes: readonly (readonly [string, string])[]): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const found = codes.find(([code]) => text.startsWith(code, at));
    result += found ? found[1] : text[at];
    at += found ? found[0].length : 1;
  }
  return result;
}

/** The service messages of TeamCity; strict: every line that holds one must be one. */
export function readTeamcity(text: string): Command[] {
  return text.split('\n').flatMap((line): Command[] => {
    if (!line.includes('##teamcity[')) return [];
    const whole =
      /^##teamcity\[(\w+)((?: \w+='(?:[^|'[\]\n\r]|\|(?:[nr|'[\]]|0x[0-9a-f]{4}))*')+)\]$/;
    const [, name = '', attributes = ''] = whole.exec(line) ?? [];
    if (name === '') throw new Error(`no service message: ${line}`);
    const pairs = [...attributes.matchAll(/ (\w+)='((?:[^|']|\|.)*)'/g)].map(
      ([, key = '', value = '']) => [
        key,
        value.replace(/\|(?:0x([0-9a-f]{4})|(.))/g, (_whole, code?: string, sign = '') =>
          code === undefined
            ? ({ n: '\n', r: '\r' }[sign as string] ?? sign)
            : String.fromCharCode(Number.parseInt(code, 16)),
        ),
      ],
    );
    return [{ name, values: Object.fromEntries(pairs), data: '' }];
  });
}

/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads the part of XML 1.0 that JUnit's reports use, and refuses all that is not well-formed. */
export function readXml(document: string): Element {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(document))
    throw new Error('a character that XML does not have');
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const path = [root];
  for (const token of body.match(/<[^>]*>|[^<]+/g) ?? []) {
    const parent = path.at(-1) as Element;
    if (!token.startsWith('<')) {
      parent.text += readText(token);
      continue;
    }
    const [, name] = /^<\/(\w[\w-]*)>$/.exec(token) ?? [];
    if (name !== undefined) {
      if (path.pop()?.name !== name) throw new Error(`unexpected ${token}`);
      continue;
    }
    const open = /^<(\w[\w-]*)((?: [\w-]+="[^"<]*")*)>$/.exec(token);
    if (!open) throw new Error(`no tag: ${token}`);
    const attributes = [...(open[2] ?? '').matchAll(/ ([\w-]+)="([^"]*)"/g)].map(
      // A reader turns what is written as white space into blanks.
      ([, key = '', value = '']) => [key, readText(value.replace(/[\t\n\r]/g, ' '))],
    );
    const element: Element = {
      name: open[1] ?? '',
      attributes: Object.fromEntries(attributes),
      children: [],
      text: '',
    };
    parent.children.push(element);
    path.push(element);
  }
  const [top, ...others] = root.children;
  if (path.length !== 1 || !top || others.length > 0) throw new Error('not one element');
  return top;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function readText(written: string): string {
  return written.replace(/&(?:#(\d+);|(\w+);)?/g, (whole, code?: string, name = '') => {
    const sign = code === undefined ? entities[name] : String.fromCodePoint(Number(code));
    if (sign === undefined) throw new Error(`no entity: ${whole}`);
    return sign;
  });
}
