import type { Audit } from '../../audit.ts';
import type { Finding } from '../../finding.ts';
import { pictureLinks } from '../diagram/picture-links.ts';
import { fitFlowchart } from '../mermaid/fit-flowchart.ts';
import { formatCount, plural } from '../wording.ts';

/** What one still reads in a comment. */
const mostLinks = 25;
/** A comment has little more room beside its tables. */
const mostCharacters = 15_000;

/** The links that findings are about, as a flowchart; the empty text where they are about none. */
export function drawFindings(
  { systems, links }: Pick<Audit, 'systems' | 'links'>,
  findings: readonly Finding[],
): { readonly text: string; readonly omitted: number } {
  const byKey = new Map(links.map((link) => [link.key, link]));
  const erroneous = new Set(
    findings.filter(({ severity }) => severity === 'error').map(({ subject }) => subject),
  );
  // Findings come with the heaviest first, and so do their links.
  const all = [...new Set(findings.flatMap(({ subject }) => byKey.get(subject) ?? []))];
  if (all.length === 0) return { text: '', omitted: 0 };
  const errors = all.filter(({ key }) => erroneous.has(key)).length;
  const warnings = all.length - errors;
  const title =
    errors === 0
      ? `${plural(warnings, 'link')} with a warning`
      : `${plural(errors, 'link')} with an error${warnings > 0 ? `, ${formatCount(warnings)} with a warning` : ''}`;
  const { text, picture } = fitFlowchart((share) => {
    const shown = all.slice(0, Math.floor(mostLinks * share));
    return pictureLinks(systems, {
      title,
      lines: shown.map(({ key, from, to, protocol, family }) => ({
        from,
        to,
        state: erroneous.has(key) ? 'error' : 'warning',
        label: protocol ?? family,
      })),
      omitted: { systems: 0, links: all.length - shown.length, shown: 'heaviest findings' },
    });
  }, mostCharacters);
  return { text, omitted: picture.omitted.links };
}
