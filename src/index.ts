/** The public API. Everything else is internal and may change in any release. */
export { type Audit, type AuditOptions, audit } from './audit.ts';
export { type Config, parseConfig } from './config.ts';
export { ConfigError, InputError, LandscapeError, UsageError } from './errors.ts';
export type { Evidence, Origin, Reference } from './evidence.ts';
export { type Files, memoryFiles, nodeFiles } from './files.ts';
export type { Finding } from './finding.ts';
export type { Landscape, Link, System } from './landscape.ts';
export { type ReportText, renderReports, reportNames } from './renderers/index.ts';
export type { PageView } from './renderers/templates/page-view.ts';
export { readTemplates } from './renderers/templates/read-templates.ts';
export type { UserTemplates } from './renderers/templates/user-templates.ts';
export { sourceKinds } from './scanners/index.ts';
