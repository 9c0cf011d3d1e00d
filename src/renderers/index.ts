import type { Audit } from '../audit.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderMermaid } from './mermaid.ts';
import { renderMigrationPlan } from './migration-plan.ts';

/** The text of a report, whole or in pieces. Pieces can be gone through once. */
export type ReportText = string | Iterable<string>;

/** Every report of a scan: file name → how it is made. The first is the one to open. */
const renderers: Readonly<Record<string, (audit: Audit) => ReportText | Promise<string>>> = {
  'report.html': (audit) => renderHtml(audit, renderMermaid(audit)),
  'landscape.md': renderMarkdown,
  'migration-plan.md': renderMigrationPlan,
  'landscape.mmd': renderMermaid,
  'audit.json': renderJson,
};

/** Renders every report. */
export async function renderReports(audit: Audit): Promise<Map<string, ReportText>> {
  const reports = new Map<string, ReportText>();
  for (const [name, render] of Object.entries(renderers)) reports.set(name, await render(audit));
  return reports;
}
