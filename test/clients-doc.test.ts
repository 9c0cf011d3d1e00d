import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { groupBy, sortBy, sortedUnique } from '../src/order.ts';
import type { ClientEntry } from '../src/scanners/scripts/clients/client.ts';
import { csharpClients } from '../src/scanners/scripts/clients/csharp.ts';
import { goClients } from '../src/scanners/scripts/clients/go.ts';
import { javaClients } from '../src/scanners/scripts/clients/java.ts';
import { javascriptClients } from '../src/scanners/scripts/clients/javascript.ts';
import { phpClients } from '../src/scanners/scripts/clients/php.ts';
import { powershellClients } from '../src/scanners/scripts/clients/powershell.ts';
import { pythonClients } from '../src/scanners/scripts/clients/python.ts';
import { rubyClients } from '../src/scanners/scripts/clients/ruby.ts';
import { findLanguage } from '../src/scanners/scripts/languages/readers.ts';
import { perlClients } from '../src/scanners/scripts/patterns/perl-clients.ts';
import { cloudClients } from '../src/scanners/scripts/shell/cloud-clients.ts';
import { databaseClients } from '../src/scanners/scripts/shell/database-clients.ts';
import { fileClients } from '../src/scanners/scripts/shell/file-clients.ts';
import { httpClients } from '../src/scanners/scripts/shell/http-clients.ts';
import { mailClients } from '../src/scanners/scripts/shell/mail-clients.ts';
import { messagingClients } from '../src/scanners/scripts/shell/messaging-clients.ts';
import { remoteClients } from '../src/scanners/scripts/shell/remote-clients.ts';
import { remoteFunctions } from '../src/scanners/scripts/sql/functions.ts';

interface Table {
  readonly title: string;
  readonly entries: readonly ClientEntry[];
  /** Takes a call apart into its module and its name there. */
  split(call: string): Call;
}

interface Call {
  readonly module: string;
  readonly name: string;
}

const languages: readonly Table[] = [
  { title: 'TypeScript and JavaScript', entries: javascriptClients, split: splitJavascript },
  { title: 'Python', entries: pythonClients, split: splitAtDot },
  { title: 'Java', entries: javaClients, split: splitAtDot },
  { title: 'C#', entries: csharpClients, split: splitAtDot },
  { title: 'Go', entries: goClients, split: splitAtDot },
  { title: 'PHP', entries: phpClients, split: splitAtDot },
  { title: 'Ruby', entries: rubyClients, split: splitAtDot },
  { title: 'PowerShell', entries: powershellClients, split: (name) => ({ module: '', name }) },
  { title: 'Perl', entries: perlClients, split: splitPerl },
];

const programs: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['HTTP, WebSocket, gRPC', httpClients],
  ['files: SCP, SFTP, FTP, SMB, NFS, HDFS', fileClients],
  ['databases', databaseClients],
  ['messaging', messagingClients],
  ['mail', mailClients],
  ['cloud storage and services', cloudClients],
  ['remote shells, sockets, directories, others', remoteClients],
];

/** How many calls of one module are written out before the rest is counted. */
const mostNames = 4;

const introduction = `# Known clients

Which calls of which libraries make a connection. This page is made from the tables in
\`src/scanners/scripts/\` (\`clients/\`, \`shell/\`, \`sql/\`, \`patterns/\`). Do not edit it:
\`npx vitest run test/clients-doc.test.ts --update\` writes it anew.
How the calls are read is told in [scripts.md](scripts.md). A library that is missing here can be described under
[\`clients:\`](configuration.md#clients) of a source, without any code.

\`module.{a, b, +3}\` stands for \`module.a\`, \`module.b\` and three more. A type stands for what makes one: a
constructor, a factory, a declaration that a framework fills. \`@Name\` is an annotation or a decorator. \`.name\` is a
method of that name on anything that is no other client. *By scheme* means that the address says the protocol, as
\`https://\` or \`postgresql://\` does.
`;

function splitAtDot(call: string): Call {
  const framework = /^settings\(\)\.(\w+)$/.exec(call)?.[1];
  if (framework !== undefined) return { module: '', name: `Django settings: ${framework}` };
  const component = /^org\.apache\.camel\.(\w+)\.(?:pull|push|both)$/.exec(call)?.[1];
  if (component !== undefined) return { module: '', name: `Apache Camel: ${component}` };
  const method = /^(.*)#([^#]*)$/.exec(call);
  if (method) return { module: method[1] ?? '', name: `.${method[2] ?? ''}` };
  const isAnnotation = call.startsWith('@');
  const path = isAnnotation ? call.slice(1) : call;
  const at = path.lastIndexOf('.');
  return {
    module: path.slice(0, Math.max(at, 0)),
    name: `${isAnnotation ? '@' : ''}${path.slice(at + 1)}`,
  };
}

/** Names of packages may hold dots and begin with `@`; calls of the AWS libraries are told by service. */
function splitJavascript(call: string): Call {
  const service = /^aws (\S+) \S+$/.exec(call)?.[1];
  if (service !== undefined) return { module: '', name: `AWS SDK: ${service}` };
  if (call.includes('#')) return splitAtDot(call);
  const decorated = call.startsWith('@@') ? call.slice(1) : call;
  const at = decorated.lastIndexOf('.');
  const name = decorated.slice(at + 1);
  if (at <= 0 || /[-/]/.test(name)) return { module: '', name: decorated };
  return { module: decorated.slice(0, at), name: decorated === call ? name : `@${name}` };
}

function splitPerl(call: string): Call {
  return splitAtDot(call.replaceAll('/', '::'));
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** The calls of one cell, a module at a time. */
function showCalls(calls: readonly Call[]): string {
  const modules = [...groupBy(calls, ({ module }) => module)].map(([module, own]) => {
    const names = sortedUnique(own.map(({ name }) => name));
    return { module, names };
  });
  return sortBy(modules, ({ module }) => module)
    .flatMap(({ module, names }) => {
      if (module === '') return names.map(code);
      const [first = ''] = names;
      if (names.length === 1)
        return [code(first.startsWith('.') ? module + first : `${module}.${first}`)];
      const shown = names.slice(0, mostNames);
      const rest = names.length - shown.length;
      return [code(`${module}.{${[...shown, ...(rest > 0 ? [`+${rest}`] : [])].join(', ')}}`)];
    })
    .join(' ');
}

/** A type's own makers, `MongoClient.connect`, and `AddKeyed…` beside `Add…` say no more than the type. */
function dropMakers(calls: readonly string[]): string[] {
  const all = new Set(calls);
  return calls.filter((call) => {
    const unkeyed = call.replace('#AddKeyed', '#Add');
    const type = call.slice(0, Math.max(call.lastIndexOf('.'), 0));
    return !all.has(type) && (unkeyed === call || !all.has(unkeyed));
  });
}

/** How a table names the protocol; without one the address says it. */
function protocolOf({ protocol, style }: ClientEntry): string {
  if (protocol === 'database') return 'database, by driver or scheme';
  if (protocol !== undefined) return protocol;
  return style === 'request-reply' ? 'http, by scheme' : `${style}, by scheme`;
}

function showLanguage({ title, entries, split }: Table): string {
  const rows = [...groupBy(entries, protocolOf)].map(
    ([protocol, own]) =>
      `| ${protocol} | ${showCalls(dropMakers(own.flatMap(({ calls }) => calls)).map(split))} |`,
  );
  return `## ${title}\n\n| protocol | calls |\n| --- | --- |\n${rows.sort().join('\n')}\n`;
}

function showPrograms(): string {
  const rows = programs.map(
    ([what, table]) => `| ${what} | ${Object.keys(table).map(code).join(' ')} |`,
  );
  return `## Shell\n\n| what for | programs |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function showFunctions(): string {
  const byProtocol = [...groupBy(remoteFunctions, ({ protocol }) => protocol)];
  const rows = byProtocol.map(([protocol, own]) => {
    const names = sortedUnique(own.flatMap(({ names: all }) => all));
    return `| ${protocol} | ${showCalls(names.map(splitAtDot))} |`;
  });
  return `## SQL\n\nFunctions and procedures of the databases. Links, foreign servers, stages and the like are statements: [SQL](scripts.md#sql).\n\n| protocol | functions |\n| --- | --- |\n${rows.sort().join('\n')}\n`;
}

/** How many entry points the tables hold, beside those of the user. */
function countCalls(): number {
  return languages
    .flatMap(({ entries }) => entries.flatMap(({ calls }) => calls))
    .concat(programs.flatMap(([, table]) => Object.keys(table)))
    .concat(remoteFunctions.flatMap(({ names }) => names)).length;
}

function renderClients(): string {
  return [introduction, showPrograms(), ...languages.map(showLanguage), showFunctions()].join('\n');
}

test('docs/clients.md is what the tables say', async () => {
  await expect(renderClients()).toMatchFileSnapshot('../docs/clients.md');
});

test('every language and program of the tables is told, and it stays short enough to read', () => {
  const text = renderClients();
  for (const told of [
    '`requests.{',
    '`pg.{',
    '`curl`',
    '`utl_http.{',
    'AWS SDK: s3',
    'RestTemplate',
  ])
    expect(text).toContain(told);
  expect(countCalls()).toBeGreaterThan(2_000);
  expect(text.split('\n').length).toBeLessThan(600);
});

test('docs/scripts.md names exactly the extensions that are read', async () => {
  const text = await readFile('docs/scripts.md', 'utf8');
  const table = text.slice(text.indexOf('### Languages'), text.indexOf('### Settings'));
  const told = [...table.matchAll(/^\|.*$/gm)].flatMap(([row]) =>
    [...row.matchAll(/`(\.[a-z0-9]+)`/g)].map(([, extension = '']) => extension),
  );
  expect(told.length).toBeGreaterThan(40);
  for (const extension of told) expect(findLanguage(`a${extension}`, ''), extension).toBeDefined();
  const code = await readFile('src/scanners/scripts/languages/readers.ts', 'utf8');
  const listed = [...code.matchAll(/^ {2}([a-z0-9]+): '[a-z]+',$/gm)].map(([, name]) => `.${name}`);
  const read = listed.filter((extension) => findLanguage(`a${extension}`, '') !== undefined);
  expect(read.filter((extension) => !told.includes(extension))).toEqual([]);
});

test('what the documentation links to exists', async () => {
  const pages = ['scripts', 'clients', 'configuration', 'formats', 'architecture'];
  const headings = new Map<string, string[]>();
  const read = async (file: string): Promise<string> => readFile(file, 'utf8');
  const anchorsOf = async (file: string): Promise<string[]> => {
    const known =
      headings.get(file) ??
      [...(await read(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .trim()
          .replace(/\s/g, '-'),
      );
    headings.set(file, known);
    return known;
  };
  for (const page of pages) {
    const text = await read(`docs/${page}.md`);
    const links = [...text.matchAll(/\]\(([^)\s#]*)(?:#([^)\s]+))?\)/g)];
    expect(links.length, page).toBeGreaterThan(0);
    for (const [whole, target = '', anchor] of links) {
      if (/^https?:/.test(target)) continue;
      const file = target === '' ? `docs/${page}.md` : path.posix.join('docs', target);
      await expect(access(file), `${page}: ${whole}`).resolves.toBeUndefined();
      if (anchor !== undefined && file.endsWith('.md')) {
        const anchors = await anchorsOf(file);
        // The second heading of a name gets a number.
        expect(anchors, `${page}: ${whole}`).toContain(anchor.replace(/-1$/, ''));
      }
    }
  }
});
