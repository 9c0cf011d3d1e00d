import type { CommentEvidence, ConnectionEvidence, Evidence } from '../evidence.ts';
import type { Comment, Contradiction, System } from '../landscape.ts';
import { groupBy } from '../order.ts';
import { kindOfProtocol } from '../vocabulary/protocol-kinds.ts';
import { familyOfProtocol, isIntermediary } from '../vocabulary.ts';
import type { CodeTable } from './code.ts';
import { listFaults } from './comments.ts';
import type { Identity } from './identity.ts';

/** A comment, and the statements that it ties to its row. */
interface Draft {
  readonly comment: CommentEvidence;
  readonly faults: string[];
  readonly ties: { readonly statement: ConnectionEvidence; readonly row: ConnectionEvidence }[];
}

/** Evidence as comments want it, and what is known of them. */
export interface Tied {
  readonly evidence: readonly Evidence[];
  /** What is tied, as the code has it. */
  readonly untied: ReadonlyMap<Evidence, ConnectionEvidence>;
  readonly drafts: readonly Draft[];
}

/**
 * A comment in the code can tie a statement to a row of a registry. Such a statement is evidence for
 * that row's link, whatever its own address comes to. A comment with a fault ties nothing.
 */
export function tieToRows(evidence: readonly Evidence[], today: string): Tied {
  const comments = evidence.filter((item) => item.kind === 'comment');
  const untied = new Map<Evidence, ConnectionEvidence>();
  if (comments.length === 0) return { evidence, untied, drafts: [] };
  const rows = new Map(
    evidence.flatMap((item) =>
      item.kind === 'connection' && item.declared ? [[item.declared.id, item] as const] : [],
    ),
  );
  const drafts = comments.map(
    (comment): Draft => ({ comment, faults: [...listFaults(comment, rows, today)], ties: [] }),
  );
  const tiesOf = indexTies(drafts);
  const tied = evidence.map((item) => {
    if (item.kind !== 'connection' && item.kind !== 'unresolved') return item;
    const draft = tiesOf.get(item.origin.file)?.get(item.origin.line);
    const row = rows.get(draft?.comment.link ?? '');
    const statement = item.kind === 'connection' ? item : item.connection;
    if (!draft || !row || statement.declared) return item;
    const made = tie(statement, row);
    draft.ties.push({ statement, row });
    untied.set(made, statement);
    return made;
  });
  return { evidence: tied, untied, drafts };
}

/** The comments that hold and name a row, by file and line; of two on one line the second is at fault. */
function indexTies(drafts: readonly Draft[]): ReadonlyMap<string, ReadonlyMap<number, Draft>> {
  const holding = drafts.filter(
    ({ comment, faults }) => comment.link !== undefined && faults.length === 0,
  );
  return new Map(
    [...groupBy(holding, ({ comment }) => comment.origin.file)].map(([file, group]) => {
      const byLine = new Map<number, Draft>();
      for (const draft of group) {
        const [first, last] = draft.comment.lines;
        for (let line = first; line <= last; line++) {
          const other = byLine.get(line)?.comment.link;
          if (other === undefined) byLine.set(line, draft);
          else if (other !== draft.comment.link && draft.faults.length === 0)
            draft.faults.push(`Line ${line} is tied to ${other} already; keep one of the two.`);
        }
      }
      return [file, byLine];
    }),
  );
}

function tie(connection: ConnectionEvidence, row: ConnectionEvidence): ConnectionEvidence {
  const protocol = row.protocol ?? connection.protocol;
  return {
    ...connection,
    from: row.from,
    to: row.to,
    initiator: row.initiator,
    direction: row.direction,
    via: row.via,
    ...(protocol === undefined ? {} : { protocol }),
    confidence: 1,
    summary: `${connection.summary} (tied to ${row.declared?.id ?? ''})`,
  };
}

/** All comments with what became of them; nothing where there is none. */
export function tellComments(
  { drafts }: Tied,
  identity: Identity,
  table: CodeTable,
  systems: ReadonlyMap<string, System>,
): { readonly comments?: readonly Comment[] } {
  if (drafts.length === 0) return {};
  const comments = drafts.map(({ comment, faults, ties }): Comment => {
    const { origin, lines, link, accepts, expires, since, owner, reason } = comment;
    return {
      origin,
      lines,
      ...(link === undefined ? {} : { link }),
      ...(accepts === undefined ? {} : { accepts }),
      ...(expires === undefined ? {} : { expires }),
      ...(since === undefined ? {} : { since }),
      ...(owner === undefined ? {} : { owner }),
      ...(reason === undefined ? {} : { reason }),
      faults,
      ties: ties.length,
      contradictions: ties.flatMap(({ statement, row }) =>
        compare(statement, row, identity, table, systems),
      ),
    };
  });
  return { comments };
}

/** Where the ends, the direction or the protocol of a statement are known and are not those of its row. */
function compare(
  statement: ConnectionEvidence,
  row: ConnectionEvidence,
  identity: Identity,
  table: CodeTable,
  systems: ReadonlyMap<string, System>,
): Contradiction[] {
  const find = (reference: ConnectionEvidence['from']): string | undefined => {
    if (reference.kind === 'code') return table.code.get(reference.value)?.owner;
    const found = identity.resolve(reference);
    return found.kind === 'system' ? found.id : undefined;
  };
  const [from, to] = [find(row.from), find(row.to)];
  if (from === undefined || to === undefined) return [];
  const passed = new Set(row.via.map(find));
  const id = row.declared?.id ?? '';
  const told = `${id} is ${from} → ${to}`;
  const isClear = statement.direction === 'forward' && row.direction === 'forward';
  const judge = (reference: ConnectionEvidence['from'], own: string, other: string): string[] => {
    const end = find(reference);
    if (end === undefined || end === own || passed.has(end) || isPassed(systems.get(end)))
      return [];
    if (end !== other)
      return [
        reference.kind === 'code'
          ? `The code belongs to ${end}, and ${told}.`
          : `The code connects to ${end}, and ${told}.`,
      ];
    return isClear
      ? [
          `The code moves the data the other way: it ${end === from ? 'goes to' : 'comes from'} ${end}, and ${told}.`,
        ]
      : [];
  };
  const messages = [...judge(statement.from, from, to), ...judge(statement.to, to, from)];
  // What a carrier fetches may come by another protocol than it is delivered with, and where the
  // address is unknown the protocol is a guess.
  const isFetched = statement.to.kind === 'code' && find(statement.to) === undefined;
  const isGuess = [statement.from, statement.to].some(({ kind }) => kind === 'expression');
  const [spoken, agreed] = [statement.protocol, row.protocol];
  if (messages.length + Number(isFetched) + Number(isGuess) === 0 && differ(spoken, agreed))
    messages.push(`The code speaks ${spoken}, and ${id} is registered for ${agreed}.`);
  return [...new Set(messages)].map((message) => ({
    message,
    origins: [statement.origin, row.origin],
  }));
}

/** What data passes on its way is no end of it. */
function isPassed(system: System | undefined): boolean {
  if (system === undefined) return false;
  return isIntermediary(system.kind) || ['proxy', 'host', 'file-store'].includes(system.kind);
}

function differ(spoken: string | undefined, agreed: string | undefined): boolean {
  if (spoken === undefined || agreed === undefined) return false;
  if (familyOfProtocol(spoken) !== familyOfProtocol(agreed)) return true;
  const [one, other] = [kindOfProtocol(spoken), kindOfProtocol(agreed)];
  return one !== undefined && other !== undefined && one !== other;
}
