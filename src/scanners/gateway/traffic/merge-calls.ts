import type { LatencySketch } from '../../../latency.ts';
import { kindOfSystem } from '../kernel/meanings.ts';
import type { TaskResult } from '../read-task.ts';
import { slotRoles } from '../slots.ts';
import { CallFigures } from './call-figures.ts';
import { KeyTable, keyLength, noRoom } from './key-table.ts';
import { RequestSamples } from './request-samples.ts';

/** Who called: a system by the caller map, an identity that the gateway knows, or an address. */
export type Caller =
  | { readonly kind: 'system' | 'identity' | 'key' | 'certificate'; readonly value: string }
  | { readonly kind: 'address'; readonly value: string; readonly product?: string }
  | { readonly kind: 'unknown' };

/** How a line names what was called; each part is empty where it says nothing. */
export interface Called {
  /** The service, route or upstream. */
  readonly name: string;
  readonly isUpstream: boolean;
  readonly host: string;
  readonly template: string;
  /** The path of the first such call, where paths are kept; else ''. */
  readonly path: string;
}

/** All calls of one caller to one callee by one route. */
export interface CallGroup<Callee> {
  readonly caller: Caller;
  readonly callee: Callee;
  readonly route: string;
  readonly calls: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly reads: number;
  readonly writes: number;
  readonly bytes: number;
  /** Milliseconds since 1970; undefined where no line had a time. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  readonly latency: LatencySketch;
  /** The lowest digests of request ids; empty where the log is none of a mesh. */
  readonly requests: readonly number[];
  /** Where the group was first seen. */
  readonly file: string;
  readonly line: number;
}

/** Calls of one caller to what one name stands for, as something else counted them. */
export interface CountedCalls {
  readonly caller: Caller;
  readonly called: Called;
  /** One row of figures, as `CallFigures` lays them out; the times are infinite where there is none. */
  readonly figures: readonly number[];
  readonly latency: LatencySketch;
  readonly file: string;
  readonly line: number;
}

const maxGroups = 100_000;
/** Beyond the bound only the start of a path tells calls apart, so that no link loses its calls. */
const roomForStarts = 50_000;
/** The most characters of all callers, of all callees, and of all routes. */
const maxCharacters = 64 * 1024 * 1024;

/** Puts the results of tasks together, in the order they come: that order decides what is first. */
export class CallMerger<Callee extends object> {
  /** Calls that were counted for no group of their own. */
  folded = 0;
  readonly #toCallee: (called: Called) => Callee;
  readonly #idOf: (callee: Callee) => string;
  readonly #groups = new KeyTable();
  readonly #figures = new CallFigures();
  readonly #requests = new RequestSamples();
  readonly #places: { readonly file: string; readonly line: number }[] = [];
  readonly #callers = new Interned<Caller>();
  readonly #callees = new Interned<Callee>();
  readonly #routes = new Interned<string>();

  /**
   * @param toCallee who is behind what a line names
   * @param idOf tells two callees apart
   */
  constructor(toCallee: (called: Called) => Callee, idOf: (callee: Callee) => string) {
    this.#toCallee = toCallee;
    this.#idOf = idOf;
  }

  /** Adds what one task counted. @param linesBefore lines of the same file in earlier tasks */
  add(result: TaskResult, file: string, linesBefore: number): void {
    this.folded += result.folded;
    const { keys, rows, sketches, sketchEnds } = result;
    const callers = new Map<number, number>();
    const callees = new Map<string, number>();
    const routes = result.templates.map((template) => this.#routes.number(template, template));
    for (let index = 0; index < sketchEnds.length; index++) {
      const at = keyLength * index;
      const caller = keys[at] as number;
      const product = keys[at + 1] as number;
      const name = keys[at + 2] as number;
      const host = keys[at + 3] as number;
      const template = keys[at + 4] as number;
      const who = remember(callers, caller * 0x20000 + product, () => {
        const found = toCaller(result, caller, product);
        return this.#callers.number(JSON.stringify(found), found);
      });
      const whom = remember(callees, `${name} ${host} ${template}`, () => {
        const found = this.#toCallee(toCalled(result, name, host, template, index));
        return this.#callees.number(this.#idOf(found), found);
      });
      const route = routes[template] as number;
      const place = { file, line: linesBefore + (result.firstLines[index] as number) };
      const group = this.#groupOf(who, whom, route, result.templates[template] ?? '', place);
      if (group === noRoom) {
        this.folded += rows[8 * index] as number;
        continue;
      }
      this.#figures.addRow(group, rows, 8 * index);
      const [from, end] = spanOf(result.digestEnds, index);
      if (from < end) this.#requests.add(group, result.digests, from, end);
      this.#figures.addSketch(group, sketches, ...spanOf(sketchEnds, index));
    }
  }

  /** Adds a group that was counted elsewhere, as by the engine that holds the log. */
  addCounted(counted: CountedCalls): void {
    const { caller, called, figures } = counted;
    const whom = this.#toCallee(called);
    const group = this.#groupOf(
      this.#callers.number(JSON.stringify(caller), caller),
      this.#callees.number(this.#idOf(whom), whom),
      this.#routes.number(called.template, called.template),
      called.template,
      counted,
    );
    if (group === noRoom) this.folded += figures[0] ?? 0;
    else {
      this.#figures.addRow(group, Float64Array.from(figures), 0);
      const pairs = Uint32Array.from(counted.latency.flat());
      this.#figures.addSketch(group, pairs, 0, pairs.length);
    }
  }

  /** The number of a group, added on its first sight. @param template of its route */
  #groupOf(
    who: number,
    whom: number,
    route: number,
    template: string,
    { file, line }: { readonly file: string; readonly line: number },
  ): number {
    let group =
      (who | whom | route) < 0 ? noRoom : this.#groups.find(who, whom, route, 0, 0, maxGroups);
    if (group === noRoom && (who | whom) >= 0) {
      const start = this.#numberOfStart(template);
      group = this.#groups.find(who, whom, start, 0, 0, maxGroups + roomForStarts);
    }
    if (group >= 0 || group === noRoom) return group;
    this.#places.push({ file, line });
    return this.#figures.add();
  }

  #numberOfStart(template: string): number {
    const segments = template.split('/');
    const start = segments.length > 2 ? `${segments.slice(0, 2).join('/')}/…` : template;
    return this.#routes.number(start, start);
  }

  /** The groups in the order they were first seen. */
  *groups(): Iterable<CallGroup<Callee>> {
    const keys = this.#groups.keys();
    for (let group = 0; group < this.#figures.size; group++) {
      const figures = this.#figures;
      const [caller = 0, callee = 0, route = 0] = keys.subarray(5 * group);
      yield {
        caller: this.#callers.value(caller),
        callee: this.#callees.value(callee),
        route: this.#routes.value(route),
        calls: figures.figure(group, 'calls'),
        clientErrors: figures.figure(group, 'clientErrors'),
        serverErrors: figures.figure(group, 'serverErrors'),
        reads: figures.figure(group, 'reads'),
        writes: figures.figure(group, 'writes'),
        bytes: figures.figure(group, 'bytes'),
        firstSeen: finite(figures.figure(group, 'firstSeen')),
        lastSeen: finite(figures.figure(group, 'lastSeen')),
        latency: figures.sketch(group),
        requests: this.#requests.sample(group),
        ...(this.#places[group] as { file: string; line: number }),
      };
    }
  }
}

/** Values by the number that their key was given first; -1 where there is no room for them. */
class Interned<T> {
  readonly #numbers = new Map<string, number>();
  readonly #values: T[] = [];
  #characters = 0;

  number(key: string, value: T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#characters += key.length;
    if (this.#values.length >= maxGroups || this.#characters > maxCharacters) return -1;
    this.#values.push(value);
    this.#numbers.set(key, this.#values.length - 1);
    return this.#values.length - 1;
  }

  value(number: number): T {
    return this.#values[number] as T;
  }
}

function toCaller({ kinds, texts }: TaskResult, caller: number, product: number): Caller {
  const value = texts[caller] ?? '';
  const kind = kinds[caller] as number;
  // Without an address, what the agent says it is remains.
  if (caller === 0)
    return product > 0
      ? { kind: 'identity', value: texts[product] as string }
      : { kind: 'unknown' };
  if (kind === kindOfSystem) return { kind: 'system', value };
  const role = slotRoles[kind];
  if (role === 'address')
    return {
      kind: 'address',
      value,
      ...(product > 0 ? { product: texts[product] as string } : {}),
    };
  return { kind: role === 'api-key' ? 'key' : role === 'certificate' ? role : 'identity', value };
}

function toCalled(
  result: TaskResult,
  name: number,
  host: number,
  template: number,
  group: number,
): Called {
  const { kinds, texts, templates } = result;
  return {
    name: texts[name] ?? '',
    isUpstream: name > 0 && slotRoles[kinds[name] as number] === 'upstream',
    host: texts[host] ?? '',
    template: templates[template] ?? '',
    path: result.paths[group] ?? '',
  };
}

/** Where what a list holds of one group begins and ends. */
function spanOf(ends: Uint32Array, index: number): [from: number, end: number] {
  return [index === 0 ? 0 : (ends[index - 1] as number), ends[index] as number];
}

function remember<K>(known: Map<K, number>, key: K, find: () => number): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  const number = find();
  known.set(key, number);
  return number;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
