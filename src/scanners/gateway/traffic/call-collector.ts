import { type DurationUnit, type LogFormat, type Role, rolesOf } from '../log-format.ts';
import { newTimeMemory, readDayAndClock, readTime } from '../read-time.ts';
import { newSlots, slotOf } from '../walker/slots.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import { CallFigures } from './call-figures.ts';
import { CallerNumbers, healthCheck } from './caller-numbers.ts';
import type { CallerRules } from './caller-rules.ts';
import { KeyTable, noRoom } from './key-table.ts';
import { isFilled, readCount, readDuration, readMethod, readStatusClass } from './read-values.ts';
import { digestOfRequest, RequestSamples } from './request-samples.ts';
import { RequestTarget } from './request-target.ts';
import { cutTemplate, newTemplateSpace, writeTemplate } from './route-template.ts';

/** How calls are told apart. */
export interface CollectOptions {
  readonly rules: CallerRules;
  /** Whether the callee may depend on the host that was asked for, even where the line names it. */
  readonly byHost: boolean;
  /** How many leading segments of paths stay as they are. */
  readonly literalSegments: number;
  /** Whether the path of the first call of each group is kept. */
  readonly keepPaths: boolean;
}

/** What became of a line: a call, one that reached nothing, or values that are none of the format. */
export type Outcome = 'call' | 'no-call' | 'other';

/** Bounds of what one task keeps: hostile paths, agents and addresses must not fill the memory. */
const maxTexts = 100_000;
const maxTemplates = 20_000;
const maxGroups = 50_000;
/** Beyond the bounds only the start of a path tells calls apart, so that no link loses its calls. */
const roomForStarts = 25_000;
const keptSegments = 2;

/** What `#readTime` gives for a text that is no time; a line without one has NaN. */
const noMoment = -1;

const upstreamSlot = 2 * slotOf.upstream;

/** Clusters of Istio whose name holds no address. */
const clusterOfAnyHost =
  /^(?:(?:in|out)bound\|\d{0,5}\|[^|]*\|$|PassthroughCluster$|BlackHoleCluster$|InboundPassthrough)/;
const dateSlot = 2 * slotOf.date;

/**
 * Adds up the calls of one task. Values stay bytes: a string is made only for what was not seen
 * before.
 */
export class CallCollector {
  /** Where the walker notes the values of a line. */
  readonly slots = newSlots();
  readonly texts = new ByteDictionary(maxTexts);
  readonly templates = new ByteDictionary(maxTemplates);
  readonly groups = new KeyTable();
  readonly figures = new CallFigures();
  readonly requests = new RequestSamples();
  /** The line that each group was first seen in. */
  readonly firstLines: number[] = [];
  /** The path that each group was first seen with, where paths are kept. */
  readonly paths: string[] = [];
  /** Calls beyond the bounds: they are counted for no group. */
  folded = 0;
  /** Calls that only ask whether something is alive. */
  healthChecks = 0;
  /** Calls that no upstream was asked for. */
  answeredItself = 0;
  /** The earliest and the latest moment of any line, in milliseconds since 1970. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;

  readonly #options: CollectOptions;
  readonly #callers: CallerNumbers;
  readonly #target: RequestTarget;
  readonly #unit: DurationUnit;
  readonly #callees: readonly number[];
  #namesUpstream: boolean;
  /** Where the pairs of slots begin; -1 where the format has no such field. */
  readonly #status: number;
  readonly #bytes: number;
  readonly #duration: number;
  readonly #time: number;
  readonly #requestId: number;
  readonly #clock: number;
  readonly #memory = newTimeMemory();
  readonly #leaveHost: boolean[] = [];
  readonly #template = newTemplateSpace();

  constructor(format: LogFormat, options: CollectOptions) {
    const { roles, unit } = rolesOf(format);
    const slot = (role: Role): number => (roles.has(role) ? 2 * slotOf[role] : -1);
    this.#options = options;
    this.#callers = new CallerNumbers(roles, this.texts, options.rules);
    this.#target = new RequestTarget(roles);
    this.#unit = unit;
    this.#callees = (['service', 'route', 'upstream'] as const).map(slot).filter((at) => at >= 0);
    this.#namesUpstream = roles.has('upstream');
    this.#status = slot('status');
    this.#bytes = slot('bytes');
    this.#duration = slot('duration');
    this.#time = slot('time');
    this.#requestId = slot('request-id');
    this.#clock = slot('clock');
  }

  /** Lines have other columns from here on: what the slots hold of the ones before counts no more. */
  changeColumns(roles: ReadonlySet<Role>): void {
    this.slots.fill(0);
    this.#namesUpstream = roles.has('upstream');
  }

  /** Counts the line whose values the slots hold. @param line its number, from 1 */
  take(bytes: Uint8Array, words: DataView, line: number): Outcome {
    const status = this.#readStatus(bytes);
    const time = this.#readTime(bytes, words);
    if (Number.isNaN(status) || time === noMoment) return 'other';
    if (time < this.first) this.first = time;
    if (time > this.last) this.last = time;

    const target = this.#target;
    if (!target.read(bytes, this.slots)) return 'no-call';
    const template = target.hasPath ? this.#readTemplate(bytes, words, target) : 0;
    const caller = this.#callers.read(bytes, words, this.slots);
    if (caller === healthCheck) {
      this.healthChecks++;
      return 'no-call';
    }
    const { product } = this.#callers;
    const callee = this.#readCallee(bytes, words);
    if (callee === 0 && this.#namesUpstream) {
      this.answeredItself++;
      return 'no-call';
    }
    const asked =
      callee === 0 || this.#options.byHost || this.#leavesHost(callee)
        ? this.#readHost(bytes, words, target)
        : 0;
    if ((caller | product | callee | asked | template) < 0) {
      this.folded++;
      return 'call';
    }
    let group = this.groups.find(caller, product, callee, asked, template, maxGroups);
    if (group === noRoom && template > 0) {
      const start = this.#numberOfStart(template);
      group = this.groups.find(caller, product, callee, asked, start, maxGroups + roomForStarts);
    }
    if (group === noRoom) {
      this.folded++;
      return 'call';
    }
    if (group < 0) {
      group = this.figures.add();
      this.firstLines.push(line);
      if (this.#options.keepPaths) this.paths.push(decodePath(bytes, target));
    }
    const way = target.method < 0 ? 'other' : readMethod(bytes, target.method);
    const reads = way === 'read' ? 1 : 0;
    const writes = way === 'write' ? 1 : 0;
    this.figures.count(group, status, reads, writes, this.#readBytes(bytes), time);
    this.#countDuration(group, bytes);
    this.#sampleRequest(group, bytes, words);
    return 'call';
  }

  #readStatus(bytes: Uint8Array): number {
    if (this.#status < 0) return 0;
    const { slots } = this;
    return readStatusClass(bytes, slots[this.#status] as number, slots[this.#status + 1] as number);
  }

  #readTime(bytes: Uint8Array, words: DataView): number {
    const { slots } = this;
    const at = this.#time >= 0 ? this.#time : this.#clock;
    if (at < 0) return Number.NaN;
    const from = slots[at] as number;
    const end = slots[at + 1] as number;
    if (!isFilled(bytes, from, end)) return Number.NaN;
    if (at === this.#time) {
      const time = readTime(bytes, words, from, end, this.#memory);
      return time >= 0 ? time : noMoment;
    }
    const date = slots[dateSlot] as number;
    // A time of day alone is no moment.
    if (!isFilled(bytes, date, slots[dateSlot + 1] as number)) return Number.NaN;
    const time = readDayAndClock(bytes, date, from, end);
    return time >= 0 ? time : noMoment;
  }

  #readTemplate(bytes: Uint8Array, words: DataView, { path, pathEnd }: RequestTarget): number {
    const { literalSegments } = this.#options;
    const space = this.#template;
    const length = writeTemplate(bytes, words, path, pathEnd, literalSegments, space);
    const number = this.templates.number(space.bytes, space.words, 0, length, 0);
    return number < 0 ? this.#numberOfCut(length) : number;
  }

  /** The number of the start of a template that was written last: a few segments of it. */
  #numberOfCut(length: number): number {
    const space = this.#template;
    const kept = Math.max(keptSegments, this.#options.literalSegments);
    const end = cutTemplate(space, length, kept);
    const max = maxTemplates + roomForStarts;
    const number = this.templates.number(space.bytes, space.words, 0, end, 0, max);
    if (number >= 0) return number;
    return this.templates.number(
      space.bytes,
      space.words,
      0,
      cutTemplate(space, end, 0),
      0,
      max + 1,
    );
  }

  #numberOfStart(template: number): number {
    const bytes = this.templates.bytes(template);
    this.#template.bytes.set(bytes);
    return this.#numberOfCut(bytes.length);
  }

  #readCallee(bytes: Uint8Array, words: DataView): number {
    for (const slot of this.#callees) {
      const end = this.slots[slot + 1] as number;
      let from = this.slots[slot] as number;
      if (!isFilled(bytes, from, end)) continue;
      // Of several upstreams the last one answered; names of services may hold blanks.
      if (slot === upstreamSlot)
        for (let at = end - 1; at > from; at--) if (bytes[at] === 32) from = at + 1;
      if (isFilled(bytes, from, end)) return this.texts.number(bytes, words, from, end, slot >> 1);
    }
    return 0;
  }

  /** Whether the callee is a cluster of a mesh that stands for whatever host was asked for. */
  #leavesHost(callee: number): boolean {
    if (!this.#namesUpstream || callee <= 0) return false;
    this.#leaveHost[callee] ??= clusterOfAnyHost.test(this.texts.text(callee));
    return this.#leaveHost[callee];
  }

  #readHost(bytes: Uint8Array, words: DataView, { host, hostEnd }: RequestTarget): number {
    return isFilled(bytes, host, hostEnd)
      ? this.texts.number(bytes, words, host, hostEnd, slotOf.host)
      : 0;
  }

  #readBytes(bytes: Uint8Array): number {
    if (this.#bytes < 0) return 0;
    const { slots } = this;
    return readCount(bytes, slots[this.#bytes] as number, slots[this.#bytes + 1] as number);
  }

  /** Only in a mesh both sides of a call log it; there a cluster and a request id stand in each line. */
  #sampleRequest(group: number, bytes: Uint8Array, words: DataView): void {
    if (this.#requestId < 0 || !this.#namesUpstream) return;
    const from = this.slots[this.#requestId] as number;
    const end = this.slots[this.#requestId + 1] as number;
    if (isFilled(bytes, from, end)) this.requests.add(group, digestOfRequest(words, from, end));
  }

  #countDuration(group: number, bytes: Uint8Array): void {
    if (this.#duration < 0) return;
    const from = this.slots[this.#duration] as number;
    const end = this.slots[this.#duration + 1] as number;
    const duration = readDuration(bytes, from, end, this.#unit);
    if (duration >= 0) this.figures.countDuration(group, duration);
  }
}

function decodePath(bytes: Uint8Array, { path, pathEnd }: RequestTarget): string {
  const text = new TextDecoder().decode(bytes.subarray(path, Math.min(pathEnd, path + 2000)));
  return text.split(' ')[0] ?? '';
}
