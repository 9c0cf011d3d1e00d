import type { ConfigFacts } from '../audit/config-names.ts';
import type { Subject } from '../audit/find-subject.ts';
import type { Audit } from '../audit.ts';
import { explainCode } from './explain/code.ts';
import type { ExplainContext, Explanation } from './explain/context.ts';
import { explainFinding } from './explain/finding.ts';
import { explainLink } from './explain/link.ts';
import { explainSystem } from './explain/system.ts';
import { explainUnresolved } from './explain/unresolved.ts';

/** Explains one thing of an audit: as data for programs, and as a page for people. */
export function explain(subject: Subject, audit: Audit, facts: ConfigFacts): Explanation {
  const systems = new Map(audit.systems.map((system) => [system.id, system]));
  const context: ExplainContext = { audit, facts, systems };
  switch (subject.kind) {
    case 'system':
      return explainSystem(context, subject.system, subject.steps);
    case 'link':
      return explainLink(context, subject.link);
    case 'finding':
      return explainFinding(context, subject.finding);
    case 'unresolved':
      return explainUnresolved(context, subject.reference, subject.items);
    case 'code':
      return explainCode(context, subject.id);
    default:
      return subject satisfies never;
  }
}
