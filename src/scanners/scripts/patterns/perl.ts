import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import type { ClientEntry } from '../clients/client.ts';
import type { CodeFact, ReadCode } from '../facts.ts';
import type { CallRecord, Value } from '../program/calls.ts';
import { evaluate } from '../program/evaluate.ts';
import { interpretCalls } from '../program/interpret-calls.ts';
import { readStartedCommand } from '../program/started-commands.ts';
import type { TextFunction } from '../program/text-functions.ts';
import { loadShellReader } from '../shell/shell.ts';
import { perlClients } from './perl-clients.ts';
import { lowerPerl } from './perl-statements.ts';

const textFunctions: Readonly<Record<string, TextFunction>> = {
  sprintf: { does: 'percent', template: 0 },
  join: { does: 'join-list', list: 1, separator: 0 },
  lc: { does: 'pass', argument: 0 },
  uc: { does: 'pass', argument: 0 },
  lcfirst: { does: 'pass', argument: 0 },
  ucfirst: { does: 'pass', argument: 0 },
  URI: { does: 'pass', argument: 0 },
  'URI.new': { does: 'pass', argument: 0 },
  'Mojo/URL': { does: 'pass', argument: 0 },
  '#as_string': { does: 'pass', argument: 'this' },
  '#to_string': { does: 'pass', argument: 'this' },
  '#canonical': { does: 'pass', argument: 'this' },
};

/** Loads the reader of Perl. It is synchronous and pure. */
export async function loadPerlReader(own: readonly ClientEntry[] = []): Promise<ReadCode> {
  const readShell = await loadShellReader(own);
  const clients = [...perlClients, ...own];
  return (text) => {
    const { calls, definitions, sites } = evaluate(lowerPerl(text), {
      clients,
      textFunctions,
      environmentObjects: ['ENV'],
      implicitModules: [],
    });
    const known = calls.flatMap(readDriver);
    const facts: CodeFact[] = [
      ...interpretCalls(known, clients).map((fact) => ({
        ...fact,
        summary: fact.summary.replace(/^[\w/]+/, (name) => name.replaceAll('/', '::')),
      })),
      ...known.flatMap((call) => readStartedCommand(call, readShell)),
    ];
    return { facts, definitions, sites };
  };
}

/** Drivers of DBI that are not called by the name of their product. */
const drivers: Readonly<Record<string, string>> = {
  sybase: 'mssql',
  ado: 'mssql',
  interbase: 'firebird',
  proxy: 'database',
};

/** A data source of DBI as an address; one that is a file of the same host is none. */
function readDriver(call: CallRecord): CallRecord[] {
  const first = call.args[0];
  if (!first || !/\.connect(?:_cached)?$/.test(call.callee)) return [call];
  const texts = first.kind === 'choice' ? first.options : [first];
  if (!texts.some((value) => value.kind === 'text' && /^dbi:/i.test(value.text))) return [call];
  if (
    texts.every(
      (value) =>
        value.kind === 'text' &&
        /^dbi:(?:sqlite|csv|dbm|mem|file|sponge|xbase|excel)\b/i.test(value.text),
    )
  )
    return [];
  const rewritten: Value =
    first.kind === 'choice'
      ? { ...first, options: first.options.map(rewriteSource) }
      : rewriteSource(first);
  // `Acme::Schema->connect('dbi:…')` of an object mapper opens the same connection.
  return [{ ...call, callee: 'DBI.connect', args: [rewritten, ...call.args.slice(1)] }];
}

/** `dbi:Pg:dbname=x;host=h;port=p` → `postgresql://h:p/x`. */
function rewriteSource(value: Value): Value {
  if (value.kind !== 'text') return value;
  const [, name = '', rest = ''] =
    /^dbi:(\w{1,40})(?:\([^()]{0,300}\))?:(.*)$/is.exec(value.text.trim()) ?? [];
  const driver = name.toLowerCase();
  const known = Object.hasOwn(drivers, driver) ? drivers[driver] : protocolOfProduct(driver);
  const protocol = known ?? driver;
  if (protocol === '') return value;
  const host =
    /(?:^|[;:,(\s])(?:host|hostname|hostaddr|server|data source|addr)\s{0,9}=\s{0,9}(\{[^{}]{1,200}\}|[^;,)\s]{1,300})/i.exec(
      rest,
    )?.[1];
  const port = /(?:^|[;:(\s])port\s{0,9}=\s{0,9}(\{[^{}]{1,200}\}|\d{1,5})/i.exec(rest)?.[1];
  const database =
    /(?:^|[;:(\s])(?:dbname|database|db|sid|service_name)\s{0,9}=\s{0,9}([^;)\s]{1,200})/i.exec(
      rest,
    )?.[1];
  // `dbi:mysql:shop:host:3306`, `dbi:Oracle://host:1521/X`, `dbi:Oracle:ERP`.
  const parts = /^([\w-]{1,100}):([\w.{}:-]{1,200}?)(?::(\d{1,5}))?$/.exec(rest);
  const address =
    host ??
    (/^(?:mysql|mariadb)$/.test(protocol) && parts ? parts[2] : undefined) ??
    (/[=;]/.test(rest) ? undefined : rest.replace(/^\/\//, ''));
  if (address === undefined || address === '') return { ...value, text: '' };
  const end = port ?? (host === undefined ? parts?.[3] : undefined);
  const plain = address.replace(/^tcp:/i, '').replace(/\\.*$/, '');
  const [only = '', listed] = plain.split(',');
  return {
    ...value,
    text: `${protocol}://${only}${(end ?? listed) ? `:${end ?? listed}` : ''}${database ? `/${database}` : ''}`,
  };
}
