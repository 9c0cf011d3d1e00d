import type { Audit } from '../audit.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderFlowchart } from './mermaid/flowchart.ts';
import { renderMigrationPlan } from './migration-plan.ts';
import type { UserTemplates } from './templates/user-templates.ts';
import { writePages } from './templates/write-pages.ts';

/** The text of a report, whole or in pieces. Pieces can be gone through once. */
export type ReportText = string | Iterable<string>;

/** Every report of a scan: file name → how it is made. The first is the one to open. */
const renderers: Readonly<
  Record<string, (audit: Audit, own?: UserTemplates) => ReportText | Promise<string>>
> = {
  'report.html': (audit, own) => renderHtml(audit, renderFlowchart(audit), own),
  'landscape.md': renderMarkdown,
  'migration-plan.md': renderMigrationPlan,
  'landscape.mmd': renderFlowchart,
  'audit.json': renderJson,
};

/** The files that every scan writes. */
export const reportNames: readonly string[] = Object.keys(renderers);

/**
 * Renders every report.
 * @param own templates of a user: parts in place of ours, and pages beside the reports
 * @throws InputError where a template is not right
 */
export async function renderReports(
  audit: Audit,
  own?: UserTemplates,
): Promise<Map<string, ReportText>> {
  const pages = own ? writePages(audit, own) : [];
  const reports = new Map<string, ReportText>();
  for (const [name, render] of Object.entries(renderers))
    reports.set(name, await render(audit, own));
  for (const [name, text] of pages) reports.set(name, text);
  return reports;
}
