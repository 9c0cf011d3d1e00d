import { chooseLog, isUtf16 } from './choose-log.ts';
import { toFieldReader } from './kernel/read-fields.ts';
import { judgeAgent, productOf } from './traffic/known-agents.ts';

/** What the first lines of an access log show. */
export interface RecognisedLog {
  /** The name of the format that fits. */
  readonly preset: string;
  /** Share of the sample's lines that are calls in it, 0 to 1. */
  readonly confidence: number;
  readonly lines: number;
  /** Services, routes and upstreams by the names that lines give them, with their calls. */
  readonly services: ReadonlyMap<string, number>;
  /** Hosts that were asked for. */
  readonly hosts: ReadonlyMap<string, number>;
  /** First segments of paths, as `/erp/`. */
  readonly prefixes: ReadonlyMap<string, number>;
  /** Who calls by name: users, consumers, products of agents. */
  readonly callers: ReadonlyMap<string, number>;
}

/** Less is a log of something else with a few lines that look like calls. */
const leastConfidence = 0.5;
const mostLines = 400;
const mostNames = 500;

/**
 * Tells an access log by its content.
 * @param sample its first lines
 * @returns undefined where no known format reads most of its first lines
 */
export function recogniseLog(file: string, sample: readonly string[]): RecognisedLog | undefined {
  if (sample.length === 0 || isUtf16(sample)) return undefined;
  const log = chooseLog(file, sample);
  if (!log?.detected || log.detected.confidence < leastConfidence) return undefined;
  const services = new Map<string, number>();
  const hosts = new Map<string, number>();
  const prefixes = new Map<string, number>();
  const callers = new Map<string, number>();
  if (log.format.kind !== 'columns' && log.layout === 'lines' && log.prefix === 'none') {
    const read = toFieldReader(log.format);
    for (const line of spread(sample)) {
      const fields = read(line);
      if (!fields) continue;
      const { consumer, user, agent, service, route, upstream, host, request, path } = fields;
      const product = agent === undefined ? '' : productOf(agent);
      const judged = judgeAgent(product);
      if (judged === 'health-check') continue;
      count(services, service ?? route ?? upstream ?? '');
      count(hosts, toHost(host ?? ''));
      count(prefixes, toPrefix(path ?? request?.split(' ')[1] ?? ''));
      count(callers, consumer ?? user ?? (judged === 'name' ? `${product}/` : ''));
    }
  }
  return {
    preset: log.detected.name,
    confidence: log.detected.confidence,
    lines: sample.length,
    services,
    hosts,
    prefixes,
    callers,
  };
}

/** Lines from all over the sample: the first of a day are often of one caller. */
function spread(sample: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(sample.length / mostLines));
  return sample.filter((_, index) => index % step === 0);
}

function count(counts: Map<string, number>, name: string): void {
  if (name === '' || name.length > 120 || (!counts.has(name) && counts.size >= mostNames)) return;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function toHost(host: string): string {
  const asked = host.toLowerCase().replace(/:\d{1,5}$/, '');
  return /^[a-z0-9][\w.-]*$/.test(asked) ? asked : '';
}

/** The first segment of a path, where a whole address may stand before it. */
function toPrefix(target: string): string {
  const path = target.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#;].*$/s, '');
  const segment = path.split('/')[1] ?? '';
  return path.startsWith('/') && /^[\w.~-]+$/.test(segment) ? `/${segment}/` : '';
}
