import type { ImpactSubject } from '../analyzers/impact/model.ts';
import type { Audit } from '../audit.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import type { System } from '../landscape.ts';
import { findSubject } from './find-subject.ts';
import { indentKnown } from './tell-candidates.ts';

/** What `landscape impact` is asked about, and how the text came to it. */
export interface FoundSubject {
  readonly subject: ImpactSubject;
  readonly notes: readonly string[];
}

/**
 * Finds the system or link that a text means. A script stands for the one link that it realises; a
 * database or other part stands for the system that its links are drawn at.
 * @throws UsageError where the text means neither, or a script of several links
 */
export function findImpactSubject(audit: Audit, config: Config, text: string): FoundSubject {
  const found = findSubject(audit, config, text);
  switch (found.kind) {
    case 'system':
      return toWhole(audit, found.system, found.steps);
    case 'link':
      return { subject: { kind: 'link', link: found.link }, notes: [] };
    case 'code': {
      const links = audit.links.filter(({ implementations }) =>
        implementations.some(({ id }) => id === found.id),
      );
      const [link, ...others] = links;
      if (link && others.length === 0)
        return {
          subject: { kind: 'link', link },
          notes: [`${found.id} realises the link ${link.key}.`],
        };
      throw new UsageError(
        link
          ? `${found.id} realises ${links.length} links; name one of them:\n${indentKnown(links.map(({ key }) => key))}`
          : `${found.id} realises no link, so nothing shows whom it hits.`,
      );
    }
    case 'finding':
      throw new UsageError(
        `"${text}" is a finding of ${found.finding.rule}; name its subject: ${found.finding.subject}.`,
      );
    case 'unresolved':
      throw new UsageError(
        `"${text}" has no system yet, so nothing shows whom it hits. "landscape unresolved" tells how to give it one.`,
      );
    default:
      return found satisfies never;
  }
}

function toWhole(audit: Audit, system: System, steps: readonly string[]): FoundSubject {
  const notes = steps.length === 0 ? [] : [`You came here because ${steps.join('; ')}.`];
  const byId = new Map(audit.systems.map((each) => [each.id, each]));
  const touched = new Set(
    audit.links.flatMap(({ from, to, via, implementations }) => [
      from,
      to,
      ...via,
      ...implementations.flatMap(({ hosts }) => hosts),
    ]),
  );
  const parents = [system.id];
  let whole = system;
  while (!touched.has(whole.id)) {
    const parent = byId.get(whole.partOf ?? '');
    if (!parent || parents.includes(parent.id)) break;
    parents.push(parent.id);
    whole = parent;
  }
  if (!touched.has(whole.id)) return { subject: { kind: 'system', id: system.id }, notes };
  if (whole !== system)
    notes.push(
      `${system.name} is part of ${whole.name}; its links are drawn there, so this tells of ${whole.name}.`,
    );
  return { subject: { kind: 'system', id: whole.id }, notes };
}
