import { javascriptClients } from '../clients/javascript.ts';
import type { JavascriptEntry } from '../clients/javascript-entry.ts';
import { type CallRecord, pick, pickText, pickTexts } from '../program/calls.ts';
import { readAwsCall } from './typescript-aws.ts';
import { renameGenerated } from './typescript-generated.ts';

const entries = new Map(
  javascriptClients.flatMap((entry) => entry.calls.map((call) => [call, entry] as const)),
);

/** Calls that take a list of clients, and where it stands. */
const lists: Readonly<Record<string, string>> = {
  '@nestjs/microservices.ClientsModule.register': '0',
  '@nestjs/microservices.ClientsModule.registerAsync': '0',
  '@apollo/gateway.IntrospectAndCompose': '0.subgraphs',
  '@apollo/gateway.ApolloGateway': '0.serviceList',
};

/**
 * Brings the calls of a file to the form that the table of clients can tell: a call that opens
 * several connections becomes several, a command of a cloud service gets the address of the client
 * that sends it, and what only looks like a client loses its name.
 */
export function prepareCalls(calls: readonly CallRecord[]): CallRecord[] {
  const byId = new Map(calls.map((call) => [call.id, call] as const));
  const used = new Set(calls.flatMap((call) => (isUse(call) ? [call.receiver] : [])));
  const prepared: CallRecord[] = [];
  const add = (call: CallRecord): void => {
    prepared.push(call);
    const entry = call.receiver === undefined ? entries.get(call.callee) : undefined;
    if (entry?.isUsed && !used.has(call.id) && hasAddress(call, entry))
      prepared.push(toUse(call, calls.length + prepared.length));
  };
  for (const call of calls) {
    if (call.callee.endsWith('#export')) {
      const made = call.receiver === undefined ? undefined : byId.get(call.receiver);
      const entry = made && entries.get(made.callee);
      if (made && entry && !entry.isUsed && !used.has(made.id) && hasAddress(made, entry))
        prepared.push({ ...call, line: made.line, column: made.column, text: made.text });
      continue;
    }
    const items = pickList(call);
    if (items) {
      for (const item of items) add({ ...call, id: call.id + item.offset, args: [item.value] });
      continue;
    }
    const renamed = renameGenerated(readAwsCall(call, byId) ?? call, byId);
    if (!saysNothing(renamed)) add(renamed);
  }
  return prepared;
}

/** The clients of a list, each with an id of its own. */
function pickList(call: CallRecord) {
  const path = Object.hasOwn(lists, call.callee) ? lists[call.callee] : undefined;
  const list = path === undefined ? undefined : pick(call, path);
  return list?.kind === 'list'
    ? list.items.map((value, index) => ({ value, offset: index === 0 ? 0 : index * 1_000_000 }))
    : undefined;
}

function hasAddress(call: CallRecord, entry: JavascriptEntry): boolean {
  return entry.addressDefault !== undefined || pickTexts(call, entry.address ?? []).length > 0;
}

/** A method that the table knows, of what a client's call gave. */
function isUse({ callee, receiver }: CallRecord): boolean {
  const at = callee.lastIndexOf('#');
  if (receiver === undefined || at < 0) return false;
  const root = callee.slice(0, callee.indexOf('#'));
  const method = callee.slice(at + 1);
  const operation = entries.get(root)?.operations?.[method];
  return method !== 'export' && operation !== undefined && operation.flow !== 'none';
}

function toUse(call: CallRecord, id: number): CallRecord {
  return {
    ...call,
    id,
    callee: `${call.callee}#export`,
    receiver: call.id,
    args: [],
    named: new Map(),
  };
}

/** What has the name of a client, and none of the arguments that make it one. */
function saysNothing(call: CallRecord): boolean {
  const entry = entries.get(call.callee);
  if (entry && isRelative(call, entry)) return true;
  if (entry && (call.receiver === undefined || call.callee.includes('#')))
    return entry.needsAddress === true && !hasAddress(call, entry);
  // sql`insert into t ${sql(rows)}`: a part of a statement
  if (!call.callee.endsWith('#')) return false;
  const operation = entries.get(call.callee.slice(0, -1))?.operations?.[''];
  if (operation?.flow !== 'sql') return false;
  const statement = pickText(call, operation.statement ?? [])?.text;
  return statement === undefined || /^\{[^{}]*\}$/.test(statement);
}

/** `fetch('orders/1')` of a page asks the page's own server. */
function isRelative(call: CallRecord, entry: JavascriptEntry): boolean {
  if (entry.style !== 'request-reply' || entry.protocol !== undefined) return false;
  if (/^(?:node:)?https?\./.test(call.callee) || entry.operations !== undefined) return false;
  const addresses = pickTexts(call, entry.address ?? []);
  return (
    addresses.length > 0 &&
    addresses.every(({ text }) => /^(?!localhost(?:\/|$))[a-z][\w-]*(?:[/?#]\S*)?$/i.test(text))
  );
}
