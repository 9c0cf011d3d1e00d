import { listJudgements } from '../../finding.ts';
import { type ExplainContext, type Explanation, nameOf } from './context.ts';
import { tellFindings } from './findings-list.ts';
import { tellImplementation } from './implementation.ts';
import { tellClass } from './link-class.ts';
import { describeLink } from './link-words.ts';
import { toItems, toSection, toText } from './page.ts';

/** What a script or job does, when, and how it can fail. */
export function explainCode(context: ExplainContext, id: string): Explanation {
  const { audit } = context;
  const links = audit.links.filter(({ implementations }) =>
    implementations.some((one) => one.id === id),
  );
  const [first] = links.flatMap(({ implementations }) =>
    implementations.filter((one) => one.id === id),
  );
  const keys = new Set(links.map(({ key }) => key));
  const findings = listJudgements(audit.findings).filter(
    ({ subject, related }) => related.includes(id) || keys.has(subject),
  );
  const safeguards = audit.analysis.safeguards.jobs.find((job) => job.id === id);
  const count =
    links.length === 0
      ? 'It makes no link between two systems.'
      : links.length === 1
        ? 'It makes one link.'
        : `It makes ${links.length} links.`;
  const lacks = (safeguards?.safeguards ?? [])
    .filter(({ state }) => state === 'lacks')
    .map(({ safeguard }) => safeguard);
  return {
    data: {
      kind: 'code',
      id,
      links: links.map(({ key }) => key),
      implementation: first,
      safeguards,
      findings,
    },
    page: {
      title: id,
      sections: [
        {
          blocks: [
            toText(
              `${count}${lacks.length === 0 ? '' : ` No line was found that gives it ${lacks.length === 1 ? lacks[0] : `${lacks.slice(0, -1).join(', ')} or ${lacks.at(-1)}`}.`}`,
            ),
          ],
        },
        ...toSection('The code', toItems(first ? [tellImplementation(context, first)] : [])),
        ...toSection(
          'Its links',
          toItems(
            links.map((link) => ({
              head: describeLink(context, link),
              lines: [
                `${link.key}: ${link.registered ? 'registered' : 'not registered'}; ${tellClass(context, link).name}${link.via.length === 0 ? '' : `; by way of ${link.via.map((via) => nameOf(context, via)).join(', ')}`}`,
              ],
            })),
          ),
        ),
        ...toSection('Findings', tellFindings(findings)),
      ],
    },
  };
}
