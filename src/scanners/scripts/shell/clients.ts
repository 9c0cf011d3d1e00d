import { type Reference, toAddressReference, toExpression } from '../../../evidence.ts';
import type { ClientEntry } from '../clients/client.ts';
import { type ConnectionFact, toPattern } from '../facts.ts';
import { isOpen, showOpenText } from '../program/open-text.ts';
import { Arguments } from './arguments.ts';
import { cloudClients } from './cloud-clients.ts';
import type { ShellCommand } from './commands.ts';
import { databaseClients } from './database-clients.ts';
import { fileClients } from './file-clients.ts';
import { httpClients } from './http-clients.ts';
import { mailClients } from './mail-clients.ts';
import { messagingClients } from './messaging-clients.ts';
import { remoteClients } from './remote-clients.ts';
import type { FindSources } from './transfers.ts';
import { readUnknownProgram } from './unknown-program.ts';
import type { Client, Use } from './use.ts';
import { type Holes, toOpenText } from './words.ts';

/** The clients a shell script talks through, by program name. */
const clients: Readonly<Record<string, Client>> = {
  ...httpClients,
  ...fileClients,
  ...databaseClients,
  ...messagingClients,
  ...remoteClients,
  ...cloudClients,
  ...mailClients,
};

/** Whether a program talks to other systems. */
export function isClient(name: string): boolean {
  return Object.hasOwn(clients, name);
}

/** Programs that the user describes, by name. */
export type OwnPrograms = ReadonlyMap<string, Client>;

const noPrograms: OwnPrograms = new Map();

/** Clients of a user's own that are programs: what is neither a function of a module nor a method. */
export function toOwnPrograms(entries: readonly ClientEntry[]): OwnPrograms {
  return new Map(
    entries.flatMap((entry) =>
      entry.calls.filter((name) => /^[\w-]+$/.test(name)).map((name) => [name, toProgram(entry)]),
    ),
  );
}

function toProgram(entry: ClientEntry): Client {
  const pick = (argument: Arguments, path: string | undefined): string | undefined =>
    path === undefined
      ? undefined
      : /^\d+$/.test(path)
        ? argument.operands('')[Number(path)]
        : argument.value(path);
  const flow =
    entry.flow === 'pull' || entry.flow === 'push' || entry.flow === 'both'
      ? entry.flow
      : 'unknown';
  return (argument) => [
    {
      address: pick(argument, entry.address?.[0]) ?? entry.addressDefault ?? '',
      flow,
      protocol: entry.protocol,
      style: entry.style,
      resource: pick(argument, entry.resource?.[0]),
    },
  ];
}

/** What a command connects to, if it is a client that is known. */
export function readClient(
  name: string,
  command: ShellCommand,
  findSources: FindSources,
  holes: Holes,
  own: OwnPrograms = noPrograms,
): ConnectionFact[] {
  const client = own.get(name) ?? (isClient(name) ? clients[name] : readUnknownProgram);
  if (!client) return [];
  const opened = openCommand(command);
  const uses = client(new Arguments(opened.words.slice(1)), opened);
  // Read once more with the defaults of its variables in place: what the script does without a setting.
  const plain = opened === command ? uses : client(new Arguments(command.words.slice(1)), command);
  return uses.map((use, index) => {
    const known = plain.length === uses.length ? plain[index] : undefined;
    const fact = toFact(name, known ?? use, toOpenText(use.address, holes), command);
    // What is sent was fetched under the name it had before it was packed, sorted or moved.
    return fact.flow === 'pull'
      ? fact
      : { ...fact, localFiles: findSources(fact.localFiles ?? []) };
  });
}

/** The command with the names of its variables in place of their defaults. */
function openCommand(command: ShellCommand): ShellCommand {
  const environment = [...command.environment.values()];
  if ([...command.words, ...environment].every(({ open }) => open === undefined)) return command;
  return {
    ...command,
    words: command.words.map((word) => ({ ...word, text: word.open ?? word.text })),
    environment: new Map(
      [...command.environment].map(([name, word]) => [
        name,
        { ...word, text: word.open ?? word.text },
      ]),
    ),
  };
}

function toFact(name: string, use: Use, address: string, command: ShellCommand): ConnectionFact {
  const target: Reference =
    use.address === ''
      ? toExpression(command.words.map(({ text }) => text).join(' '))
      : toAddressReference(use.address);
  const word = command.words.find(({ text }) => use.address !== '' && text.includes(use.address));
  const resource = use.resource === undefined ? undefined : toPattern(use.resource);
  const arrow = { pull: 'from', push: 'to', both: 'with', unknown: 'to' }[use.flow];
  const shown = target.kind === 'expression' ? showOpenText(target.value) : target.value;
  return {
    kind: 'connection',
    line: command.line,
    column: command.column,
    target,
    ...(isOpen(address) ? { address } : {}),
    flow: use.flow,
    ...(use.protocol === undefined ? {} : { protocol: use.protocol }),
    ...(use.style === undefined ? {} : { style: use.style }),
    ...(resource === undefined || resource === '' ? {} : { resource }),
    localFiles: use.localFiles ?? (use.flow === 'pull' ? command.writesTo : command.readsFrom),
    confidence: use.confidence ?? word?.confidence ?? 0.9,
    summary: `${name} ${arrow} ${shown}`,
  };
}
