import type { Origin, Traffic } from '../../evidence.ts';
import { earlier, later } from '../../order.ts';
import type { LogLine } from './combined-line.ts';

/** All calls of one caller to one callee. */
export interface Group {
  readonly caller: string;
  /** Whether the caller was mapped to a system; else it is an address. */
  readonly callerMapped: boolean;
  readonly callee: string;
  readonly calleeMapped: boolean;
  /** Whether any call read, and whether any call wrote. */
  reads: number;
  writes: number;
  traffic: Traffic;
  /** The first line of the group. */
  readonly origin: Origin;
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);
const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * More groups than this are folded into one: addresses and paths of a public site have no end, and
 * memory must not grow with them.
 */
const maxGroups = 20_000;

/** Adds calls up by caller and callee. */
export class TrafficGroups {
  readonly #groups = new Map<string, Group>();
  /** Calls that were folded because there were too many groups. */
  folded = 0;

  add(
    line: LogLine,
    ends: Pick<Group, 'caller' | 'callerMapped' | 'callee' | 'calleeMapped'>,
    origin: Origin,
  ): void {
    const group = this.#find(ends, origin);
    if (!group) {
      this.folded++;
      return;
    }
    const { traffic } = group;
    if (reading.has(line.method)) group.reads++;
    if (writing.has(line.method)) group.writes++;
    group.traffic = {
      calls: traffic.calls + 1,
      errors: traffic.errors + (line.status >= 400 ? 1 : 0),
      bytes: traffic.bytes + line.bytes,
      firstSeen: traffic.firstSeen === '' ? line.time : earlier(line.time, traffic.firstSeen),
      lastSeen: later(line.time, traffic.lastSeen),
    };
  }

  /** The groups in the order they first appeared. */
  all(): Iterable<Group> {
    return this.#groups.values();
  }

  #find(
    ends: Pick<Group, 'caller' | 'callerMapped' | 'callee' | 'calleeMapped'>,
    origin: Origin,
  ): Group | undefined {
    const key = `${ends.caller}\u0000${ends.callerMapped}\u0000${ends.callee}\u0000${ends.calleeMapped}`;
    const known = this.#groups.get(key);
    if (known) return known;
    if (this.#groups.size >= maxGroups) return undefined;
    const group: Group = {
      ...ends,
      reads: 0,
      writes: 0,
      traffic: { calls: 0, errors: 0, bytes: 0, firstSeen: '', lastSeen: '' },
      origin,
    };
    this.#groups.set(key, group);
    return group;
  }
}
