import { slotOf } from '../slots.ts';
import type { CallerRules } from '../traffic/caller-rules.ts';
import { judgeAgent, productOf } from '../traffic/known-agents.ts';
import { readLongDuration } from '../traffic/long-duration.ts';
import type { KernelImports, KernelMemory } from './web-assembly.ts';

/** Kinds of texts beside the slots of the roles: a mapped system, and the product of an agent. */
export const kindOfSystem = 100;
export const kindOfProduct = 101;

/** What a text of an agent stands for that only asks whether something is alive. */
const healthCheck = -2;

/** What the meanings of texts need of the kernel. */
export interface TextExports {
  readonly memory: KernelMemory;
  roomFor(length: number): number;
  addText(from: number, length: number, kind: number): number;
}

/** Clusters of Istio whose name holds no address. */
const clusterOfAnyHost =
  /^(?:(?:in|out)bound\|\d{0,5}\|[^|]*\|$|PassthroughCluster$|BlackHoleCluster$|InboundPassthrough)/;

const callees: readonly number[] = [slotOf.service, slotOf.route, slotOf.upstream];

const units = ['s', 'ms', 'us', 'ns'] as const;

/**
 * The functions that the kernel asks on the first sight of an identity, agent or address, and for
 * durations that are no plain number.
 * @param kernel called only after the kernel was started with these
 */
export function toImports(rules: CallerRules, kernel: () => TextExports): KernelImports {
  const numberOf = (text: string, kind: number): number => {
    const { memory, roomFor, addText } = kernel();
    const bytes = new TextEncoder().encode(text);
    const at = roomFor(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    return addText(at, bytes.length, kind);
  };
  const numberOfAgent = (agent: string): number => {
    const product = productOf(agent);
    const judged = judgeAgent(product);
    if (judged === 'health-check') return healthCheck;
    return judged === 'generic' ? 0 : numberOf(product, kindOfProduct);
  };
  return {
    callers: {
      meaningOf: (number: number, kind: number, start: number, length: number): number => {
        const text = new TextDecoder().decode(
          new Uint8Array(kernel().memory.buffer, start, length),
        );
        if (callees.includes(kind)) return clusterOfAnyHost.test(text) ? 1 : 0;
        const system = systemOf(rules, kind, text);
        if (system !== undefined) return numberOf(system, kindOfSystem);
        return kind === slotOf.agent ? numberOfAgent(text) : number;
      },
    },
    values: {
      readLongDuration: (from: number, end: number, unit: number): number =>
        readLongDuration(new Uint8Array(kernel().memory.buffer), from, end, units[unit] ?? 's'),
    },
  };
}

function systemOf(rules: CallerRules, kind: number, text: string): string | undefined {
  if (kind === slotOf.agent) return rules.agent(text);
  return kind === slotOf.address ? rules.address(text) : rules.identity(text);
}
