import { toAddressReference } from '../../../evidence.ts';
import type { Style } from '../../../vocabulary.ts';
import type { CodeFact, Flow, Position } from '../facts.ts';
import { writeHole } from '../program/open-text.ts';

const confidence = 0.4;
/** Commands that show a text or keep it. */
const harmless =
  /^(?:echo|title|rem|set|if|goto|call|:|::|start|explorer|msg|for|@echo|type|prompt)$/i;

/** Reads a Windows batch file: addresses and shares that its commands are given. */
export function readBatch(text: string, positionAt: (offset: number) => Position): CodeFact[] {
  const facts: CodeFact[] = [];
  const variables = new Map<string, string>();
  let start = 0;
  for (const line of text.split('\n')) {
    const offset = start;
    start += line.length + 1;
    if (line.length > 4_000 || /^\s*@?(?:rem(?:\s|$)|::)/i.test(line)) continue;
    const set = /^\s*@?set\s+"?([\w.-]{1,80})=([^"\r]*)"?/i.exec(line);
    if (set) {
      variables.set((set[1] ?? '').toLowerCase(), fill((set[2] ?? '').trim(), variables));
      continue;
    }
    for (const command of splitCommands(fill(line, variables).slice(0, 8_000)))
      for (const use of readCommand(command.trim()))
        facts.push({ ...use, ...positionAt(offset + (/^\s*/.exec(line)?.[0].length ?? 0)) });
  }
  return facts;
}

/** Commands of a line, which `&` and `|` part outside of quotes. */
function splitCommands(line: string): string[] {
  const commands: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    else if ((character === '&' || character === '|') && !isQuoted && line[at - 1] !== '^') {
      commands.push(line.slice(start, at));
      start = at + 1;
    }
  }
  return [...commands, line.slice(start)];
}

/** `%NAME%` and `!NAME!`. */
function fill(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/%([A-Za-z_][\w.-]{0,79})%|!([A-Za-z_][\w.-]{0,79})!/g, (_, a, b) => {
    const name: string = a ?? b;
    return (variables.get(name.toLowerCase()) ?? writeHole({ kind: 'env', name })).slice(0, 1_000);
  });
}

type Use = Omit<Extract<CodeFact, { kind: 'connection' }>, 'line' | 'column'>;

function readCommand(command: string): Use[] {
  const words =
    command.match(/"[^"]{0,1000}"|[^\s"]{1,1000}/g)?.map((word) => word.replaceAll('"', '')) ?? [];
  const program = (words[0] ?? '')
    .replace(/^@/, '')
    .replace(/^.*[\\/]/, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
  if (program === '' || harmless.test(program)) return [];
  const uses = words.slice(1).flatMap((word) => readUrl(word, program));
  if (uses.length > 0) return uses;
  if (/^(?:copy|xcopy|robocopy|move|net|pushd|dir|del)$/.test(program))
    return readShare(program, words.slice(1));
  if (/^(?:sqlcmd|osql|isql|bcp)$/.test(program)) {
    const at = words.findIndex((word) => /^-S/.test(word));
    const given = at < 0 ? undefined : words[at] === '-S' ? words[at + 1] : words[at]?.slice(2);
    const host = given?.replace(/^tcp:/i, '').replace(/\\.*$/, '').replace(',', ':');
    return host && !/^(?:\.|\(local\)|localhost)$/i.test(host)
      ? [describe(host, program, 'mssql', 'database', 'unknown')]
      : [];
  }
  return [];
}

function readUrl(word: string, program: string): Use[] {
  const address = /(?:^|=)((?:https?|ftps?|sftp):\/\/[^\s"'<>]{3,500})$/i.exec(word)?.[1];
  if (!address || /^\w+:\/\/(?:localhost|127\.)/i.test(address)) return [];
  const scheme = address.slice(0, address.indexOf(':')).toLowerCase();
  return [
    describe(
      address,
      program,
      scheme,
      scheme.startsWith('http') ? 'request-reply' : 'file',
      'unknown',
    ),
  ];
}

/** `copy file \\host\share\`, `net use x: \\host\share`. */
function readShare(program: string, operands: readonly string[]): Use[] {
  const names = operands.filter((word) => !/^[/-]/.test(word));
  return names.flatMap((word, index) => {
    const [, host = '', path = ''] = /^\\\\([\w.{}:-]{2,255})\\(.{1,400})$/.exec(word) ?? [];
    if (host === '' || host === '.' || host.startsWith('?')) return [];
    const flow: Flow = !/^(?:copy|xcopy|robocopy|move)$/.test(program)
      ? 'unknown'
      : index === 0
        ? 'pull'
        : 'push';
    return [
      {
        ...describe(`smb://${host}`, program, 'smb', 'file', flow),
        resource: path.replaceAll('\\', '/'),
      },
    ];
  });
}

function describe(
  address: string,
  program: string,
  protocol: string,
  style: Style,
  flow: Flow,
): Use {
  const target = toAddressReference(address);
  return {
    kind: 'connection',
    target,
    flow,
    protocol,
    style,
    confidence,
    summary: `${program} with ${target.value}`,
  };
}
