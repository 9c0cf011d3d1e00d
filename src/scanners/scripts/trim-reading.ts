import { redact } from '../../redact.ts';
import type { CodeFact, Reading } from './facts.ts';

/** Typed HTTP clients are named after what they call, an authority too. */
const secretive =
  /^(?!HttpClient[<:]).*(?:pass|pwd|secret|token|credential|login|auth|apikey|sign|encrypt)/i;

/**
 * What of a reading may be kept: no password in an address, and of other names' values and of
 * arguments only what can be part of an address.
 */
export function trimReading({ facts, definitions, sites, services }: Reading): Reading {
  return {
    ...(services === undefined ? {} : { services }),
    facts: facts.map(trimFact),
    definitions: Object.fromEntries(
      Object.entries(definitions)
        .filter(([name, text]) => !secretive.test(name) && isAddressLike(text))
        .map(([name, text]) => [name, redact(text)]),
    ),
    sites: sites
      .filter(({ function: called }) => !secretive.test(called))
      .map((site) => ({
        ...site,
        args: site.args.map((text) => (isAddressLike(text) ? redact(text) : '')),
      }))
      .filter(({ args }) => args.some((text) => text !== '')),
  };
}

function trimFact(fact: CodeFact): CodeFact {
  return fact.kind === 'connection' && fact.address !== undefined
    ? { ...fact, address: redact(fact.address) }
    : fact;
}

/** A text with a hole, an address, a path, or one word that can be the name of a host or topic. */
function isAddressLike(text: string): boolean {
  if (text.length > 500 || text === '') return false;
  return (
    text.includes('{') ||
    /^\S*[./:]\S*$/.test(text) ||
    /^[A-Za-z]+(?:[-_][A-Za-z0-9]+)*$/.test(text)
  );
}
