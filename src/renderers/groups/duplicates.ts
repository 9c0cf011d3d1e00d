import type { Audit } from '../../audit.ts';
import { formatCount, listNames, plural } from '../wording.ts';
import {
  type Answer,
  keepFilled,
  toGroup,
  toLink,
  toNotedLink,
  toRow,
  toSystem,
  toText,
} from './group.ts';

/**
 * Answers what is built more than once: what goes twice, by two scripts, by a detour, at each site.
 * @param nameOf what a system is called in the report
 */
export function answerDuplicates(
  { analysis }: Pick<Audit, 'analysis'>,
  nameOf: (system: string) => string,
): Answer {
  const { implementations, repeats, detours, detoursLeftOut, rebuilt, sharedObjects } =
    analysis.duplicates;
  const objects = new Set(repeats.map(({ from, to }) => `${from}\u0000${to}`)).size;
  const parts = [
    repeats.length > 0
      ? `${plural(objects, 'pair')} of systems ${objects === 1 ? 'sends' : 'send'} the same object twice`
      : '',
    implementations.length > 0
      ? `${plural(implementations.length, 'link')} ${implementations.length === 1 ? 'has' : 'have'} several scripts`
      : '',
    detours.length > 0
      ? `${plural(detours.length + detoursLeftOut, 'object')} ${detours.length + detoursLeftOut === 1 ? 'arrives' : 'arrive'} by two ways`
      : '',
    rebuilt.length > 0
      ? `${plural(rebuilt.length, 'connection')} ${rebuilt.length === 1 ? 'is' : 'are'} rebuilt for several systems`
      : '',
    sharedObjects.length > 0
      ? `${plural(sharedObjects.length, 'object')} ${sharedObjects.length === 1 ? 'goes' : 'go'} to several consumers, one link each`
      : '',
  ].filter(Boolean);
  return {
    question: 'What is built more than once?',
    sentence:
      parts.length === 0
        ? 'Nothing that was read is built more than once.'
        : `${parts.join('; ')}.`,
    groups: keepFilled([
      toGroup(
        'The same object twice between the same two systems',
        'Keep one; data that comes twice differs sooner or later.',
        repeats,
        ({ from, to, object, links, registrations, protocols }) =>
          toRow(
            toText(object),
            `from ${nameOf(from)} to ${nameOf(to)}${protocols.length > 0 ? ` over ${listNames(protocols)}` : ''}${registrations.length > 1 ? `, in the rows ${listNames(registrations)}` : ''}:`,
            links.map(toNotedLink),
          ),
      ),
      toGroup(
        'One link, several scripts',
        'Keep one and retire the others.',
        implementations,
        ({ link, by }) => toRow(toLink(link), 'is delivered by', by.map(toText)),
      ),
      toGroup(
        'Two ways to the same system',
        'Ask which of the two the system believes when they differ.',
        detours,
        ({ from, to, object, through, ways }) => {
          const row = toRow(
            toText(object),
            `goes from ${nameOf(from)} to ${nameOf(to)} straight, and through`,
            through.map(toSystem),
          );
          return { ...row, moreItems: ways - row.items.length };
        },
        detoursLeftOut,
      ),
      toGroup(
        'The same connection built again',
        'A proven one is the template for the next.',
        rebuilt,
        ({ types, pairs, sites, protocols, links }) =>
          toRow(
            toText(types),
            `is built ${pairs === 2 ? 'twice' : `${formatCount(pairs)} times`}${sites.length > 0 ? `, at ${listNames(sites, 6)}` : ''}${protocols.length > 1 ? `, over ${listNames(protocols)}` : ''}:`,
            links.map(toLink),
          ),
      ),
      toGroup(
        'One object, many consumers',
        'Tell a change once, as an event, or share the data.',
        sharedObjects,
        ({ system, object, consumers }) =>
          toRow(toText(object), `from ${nameOf(system)} to`, consumers.map(toSystem)),
      ),
    ]),
  };
}
