/** The public API. Everything else is internal and may change in any release. */
export { type Audit, type AuditOptions, audit } from './audit.ts';
export { type Config, parseConfig } from './config.ts';
export { ConfigError, InputError, LandscapeError, UsageError } from './errors.ts';
export type { Evidence, Origin, Reference } from './evidence.ts';
export { type Files, memoryFiles, nodeFiles } from './files.ts';
export type { Finding } from './finding.ts';
export type { Landscape, Link, System } from './landscape.ts';
export { type ReportText, renderReports } from './renderers/index.ts';
export { sourceKinds } from './scanners/index.ts';
