import type { ConfigName } from '../../audit/config-names.ts';
import type { Link, Proof, ProofEnd } from '../../landscape.ts';
import { formatOrigin } from '../html/links.ts';
import { type ExplainContext, introduce, nameOf } from './context.ts';

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
      return { end, reference, is, steps: [`${tellConfigNames(told)} ${introduce(context, is)}`] };
  }
  const told =
    isOwnId(reference, is, steps) && context.systems.has(is)
      ? [`the id of ${nameOf(context, is)}`]
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

/** As in `the callers "10.20.1.0/28" and "svc-erp" of landscape.yaml:61 are`. */
function tellConfigNames(names: readonly ConfigName[]): string {
  const [first] = names;
  const values = names.map(({ value }) => `"${value}"`).join(', ');
  const noun = first?.kind === 'caller' ? 'caller' : 'route';
  const place = first ? `${first.place.file}:${first.place.line}` : '';
  return names.length === 1
    ? `the ${noun} ${values} of ${place} is`
    : `the ${noun}s ${values} from ${place} on are`;
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
  const owners = context.facts.names.filter(
    ({ kind, system }) => kind === 'code' && words.has(system),
  );
  const told = context.facts.names
    .filter(
      ({ kind, value, system }) =>
        words.has(system) &&
        (kind === 'code'
          ? owners.length === 1 && step.includes(' is code of ')
          : words.has(value.replace(/(?<=.)\/$/, ''))),
    )
    .map(({ place }) => `${place.file}:${place.line}`);
  const places = [...new Set([...given, ...told])];
  return places.length === 1 ? `${step} (${places[0]})` : step;
}
