import type { ConfigName } from '../../audit/config-names.ts';
import type { Link, Proof, ProofEnd } from '../../landscape.ts';
import { formatOrigin } from '../html/links.ts';
import { type ExplainContext, nameOf } from './context.ts';

/** One end of a piece of proof: what the source says, and step by step what that is. */
export interface EndChain {
  readonly end: 'from' | 'to';
  readonly reference: string;
  readonly is: string;
  readonly steps: readonly string[];
}

/** The resolution chains of both ends, every step with the line that it rests on. */
export function tellChains(context: ExplainContext, proof: Proof, link: Link): EndChain[] {
  const [from, to] = proof.ends;
  const steps = [
    proof.resolution.slice(0, from.steps),
    proof.resolution.slice(from.steps, from.steps + to.steps),
  ] as const;
  return [
    toChain(context, 'from', from, steps[0], proof, link),
    toChain(context, 'to', to, steps[1], proof, link),
  ];
}

function toChain(
  context: ExplainContext,
  end: EndChain['end'],
  { reference, is }: ProofEnd,
  steps: readonly string[],
  proof: Proof,
  link: Link,
): EndChain {
  const { names } = context.facts;
  if (proof.witness === 'observed') {
    const wanted = kindInLog(end, link.initiator);
    const told = names.filter(
      (name) => name.system === reference && wanted.includes(name.kind as 'caller' | 'route'),
    );
    if (told.length > 0)
      return { end, reference, is, steps: [tellConfigNames(told, nameOf(context, is))] };
  }
  const told =
    isOwnId(reference, is, steps) && context.systems.has(is)
      ? [`${reference} is the id of ${nameOf(context, is)}`]
      : steps.map((step) => cite(context, step));
  return { end, reference, is, steps: told };
}

/** Whoever opens the connection is the caller in a log; the other end is where a route leads. */
function kindInLog(
  end: EndChain['end'],
  initiator: Link['initiator'],
): readonly ('caller' | 'route')[] {
  if (initiator === 'from' || initiator === 'to') return [initiator === end ? 'caller' : 'route'];
  return ['caller', 'route'];
}

/** As in `the caller "10.20.1.0/28" is ERP (landscape.yaml:61)`. */
function tellConfigNames(names: readonly ConfigName[], system: string): string {
  const values = names.map(({ kind, value }) => `the ${kind} "${value}"`).join(' or ');
  const places = [...new Set(names.map(({ place }) => `${place.file}:${place.line}`))].join(', ');
  const verb = names.every(({ kind }) => kind === 'route') ? 'leads to' : 'is';
  return `${values} ${verb} ${system} (${places})`;
}

function isOwnId(reference: string, is: string, steps: readonly string[]): boolean {
  return reference === is && steps.length === 1 && steps[0] === `"${is}" is ${is}`;
}

/** Adds where it stands that a name or path is this system's, if one place gives it. */
function cite(context: ExplainContext, step: string): string {
  const words = new Set(step.split(/[\s,]+/).map((word) => word.replace(/^"|"$/g, '')));
  const given = [...words].flatMap((word) =>
    (context.systems.get(word)?.given ?? [])
      .filter(({ value, kind }) => kind !== 'name' && value !== word && words.has(value))
      .map(({ origin }) => formatOrigin(origin)),
  );
  const told = context.facts.names
    .filter((name) => words.has(name.system) && tells(name, step, words))
    .map(({ place }) => `${place.file}:${place.line}`);
  const places = [...new Set([...given, ...told])];
  return places.length === 1 ? `${step} (${places[0]})` : step;
}

/** Whether a step of this form rests on a line of the configuration. */
function tells({ kind, value }: ConfigName, step: string, words: ReadonlySet<string>): boolean {
  switch (kind) {
    case 'alias':
      return step.startsWith('alias ') && words.has(value);
    case 'route':
      return step.startsWith('path ') && words.has(value.replace(/(?<=.)\/$/, ''));
    case 'code':
      // Which glob it was is not kept; where one alone names the system, it is that one.
      return step.includes(' is code of ');
    case 'caller':
      return false;
    default:
      return kind satisfies never;
  }
}
