import path from 'node:path';
import { defaultBaseline, knownRules, readBaseline } from '../audit/baseline.ts';
import {
  type ExtendedBaseline,
  extendBaseline,
  type Loan,
  listAcceptable,
} from '../audit/extend-baseline.ts';
import type { Judged } from '../audit.ts';
import { isDate } from '../config.ts';
import { didYouMean, UsageError } from '../errors.ts';
import { locateLandscape, nodeFiles, writeFiles } from '../files.ts';
import { mostDays } from '../finding/longest-loan.ts';
import { saysSomething } from '../finding/says-something.ts';
import { countDaysBetween } from '../finding.ts';
import { renderBaseline } from '../renderers/baseline.ts';
import { locateBaseline } from './baseline-file.ts';
import { writeBaselineText } from './baseline-text.ts';
import { type CommonOptions, judgeLandscape } from './landscape-options.ts';
import { terminalOf } from './terminal-of.ts';

/** What `landscape baseline` takes beside the common options. */
export interface BaselineOptions extends CommonOptions {
  readonly baseline?: string;
  readonly owner?: string;
  readonly reason?: string;
  readonly expires?: string;
  readonly rule: readonly string[];
  readonly subject: readonly string[];
  readonly prune?: boolean;
  readonly renew?: boolean;
  readonly print?: boolean;
}

/** How long a loan lasts where nobody says. */
const usualDays = 90;

/** `landscape baseline`: accepts today's findings for a time, or takes out what is no longer found. */
export async function runBaseline(folder: string, options: BaselineOptions): Promise<void> {
  refusePipeline(options);
  refuseUnknownRules(options.rule);
  const given = await locateBaseline(folder, options);
  const { audit, config } = await judgeLandscape(folder, options, true, {
    baseline: given,
    isBaselineBegun: true,
  });
  const place = await locateLandscape(options.config ?? folder);
  const files = nodeFiles(place.folder);
  const known = await readBaseline(config, files, { file: given, isBegun: true });
  refuseUnknownSubjects(audit, options.subject);
  const extended = extendBaseline(audit, known.entries, {
    loan: readLoan(audit, options),
    rules: options.rule,
    subjects: options.subject,
    prune: options.prune ?? false,
    renew: options.renew ?? false,
  });
  const target = given ?? config.baseline ?? defaultBaseline;
  const old = known.file === undefined ? undefined : await files.text(known.file);
  const text = writeBaselineText(extended.entries);
  const isChanged = extended.added.length + extended.renewed.length + extended.pruned.length > 0;
  const file = path.join(place.folder, target);
  if (options.print) process.stdout.write(text);
  else if (isChanged)
    await writeFiles(
      path.dirname(file),
      new Map([
        [path.basename(file), old?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text],
      ]),
    );
  tell(file, extended, options, isChanged && !options.print);
}

function tell(
  file: string,
  extended: ExtendedBaseline,
  options: BaselineOptions,
  isWritten: boolean,
): void {
  if (options.print) return;
  if (options.json) {
    const result = { file, written: isWritten, ...extended };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else if (!options.quiet)
    process.stdout.write(
      renderBaseline(extended, { file, isWritten, width: terminalOf(options).width }),
    );
}

/** What accepts must be reviewed: a pipeline that accepts its own findings finds nothing. */
function refusePipeline({ print }: BaselineOptions): void {
  const ci = process.env['CI'] ?? '';
  if (print || ci === '' || /^(?:0|false|no)$/i.test(ci)) return;
  throw new UsageError(
    'CI is set, and a pipeline must not accept its own findings. Run "landscape baseline" where you work and commit the file; --print shows what it would write.',
  );
}

function refuseUnknownRules(given: readonly string[]): void {
  const unknown = given.filter((rule) => !knownRules.includes(rule));
  if (unknown.length === 0) return;
  throw new UsageError(
    unknown
      .map(
        (rule) =>
          `--rule "${rule}" is no rule.${didYouMean(rule, knownRules) || ` Known rules: ${knownRules.join(', ')}.`}`,
      )
      .join('\n'),
  );
}

function refuseUnknownSubjects(audit: Judged, given: readonly string[]): void {
  const known = [...new Set(listAcceptable(audit).map(({ subject }) => subject))].sort();
  const unknown = given.filter((subject) => !known.includes(subject));
  if (unknown.length === 0) return;
  throw new UsageError(
    unknown
      .map(
        (subject) =>
          `--subject "${subject}": nothing is found about it.${didYouMean(subject, known) || ' "landscape check --json" names the subject of each finding.'}`,
      )
      .join('\n'),
  );
}

/** The loan that the options give; none where entries are only to be taken out. */
function readLoan({ today }: Judged, options: BaselineOptions): Loan | undefined {
  const { owner, reason, expires = addDays(today, usualDays) } = options;
  if (options.prune && owner === undefined && reason === undefined && !options.renew)
    return undefined;
  const missing = [
    ...(owner !== undefined && saysSomething(owner) ? [] : ['--owner <team>']),
    ...(reason !== undefined && saysSomething(reason) ? [] : ['--reason <text>']),
  ];
  if (missing.length > 0 || owner === undefined || reason === undefined)
    throw new UsageError(
      `Say who answers for what is accepted, and why: ${missing.join(' and ')}. For example --owner "Integration team" --reason "found at the start, to be cleared by spring".`,
    );
  if (!isDate(expires))
    throw new UsageError(
      `--expires "${expires}" is no date; write it as YYYY-MM-DD, for example ${addDays(today, usualDays)}.`,
    );
  const days = countDaysBetween(today, expires);
  if (days < 0 || days > mostDays)
    throw new UsageError(
      `--expires ${expires} is ${days < 0 ? `before today, ${today}` : `${formatDays(days)} ahead`}; a loan ends within a year: by ${addDays(today, mostDays)}. It can be renewed then.`,
    );
  return { owner, reason, acceptedOn: today, expires };
}

function formatDays(days: number): string {
  return `${days} days`;
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
