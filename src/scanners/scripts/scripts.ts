import picomatch from 'picomatch';
import { z } from 'zod';
import type { Authors, Evidence, OwnershipEvidence } from '../../evidence.ts';
import { findKnownService } from '../../known-services/find-known-service.ts';
import { listComments } from '../comments.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { ownClient, toClientEntry } from './clients/own-clients.ts';
import { listCredentials } from './credentials.ts';
import { type CodeSubject, type ConnectionFact, toEvidence } from './facts.ts';
import { listConfigured } from './project/configured.ts';
import { countMentions, openMentions } from './project/mentioned.ts';
import { listNames } from './project/named.ts';
import { listPermitted } from './project/permitted.ts';
import { linkProject, type Project } from './project/project.ts';
import { isWeakReading } from './project/settings-scope.ts';
import { listSystems } from './project/systems.ts';
import { openUses } from './project/used-keys.ts';
import { readSource, type SourceReading } from './read-source.ts';
import { listScheduled } from './scheduled.ts';

const options = z.strictObject({
  /** The system whose code all of this is. */
  system: z.string().min(1).optional(),
  /** Glob below the folder → system. A script that none matches is a carrier. */
  owners: z.record(z.string().min(1), z.string().min(1)).default({}),
  /** The host that the scripts run on, where no job says it. */
  host: z.string().min(1).optional(),
  /**
   * Whether git says who changed the scripts. Without a word it does where the repository begins at
   * or below the folder of the configuration; with `true` also where it begins above.
   */
  history: z.boolean().optional(),
  /** Client libraries and programs of one's own, which no table knows. */
  clients: z.array(ownClient).default([]),
});

type ScriptOptions = z.output<typeof options> & {
  /** `owners`, each pattern compiled once for all files. */
  readonly matchers: readonly {
    readonly isMatch: (path: string) => boolean;
    readonly system: string;
  }[];
};

/** Reads script repositories: what the code really connects to. */
export const scriptsScanner: Scanner<typeof options> = {
  name: 'scripts',
  options,
  async *scan(written, context) {
    const given: ScriptOptions = {
      ...written,
      matchers: Object.entries(written.owners).map(([glob, system]) => ({
        isMatch: picomatch(glob, { dot: true }),
        system,
      })),
    };
    context.coverage.unit = 'scripts';
    if (given.system) context.expectSystem(given.system, context.placeOf('system'));
    for (const [glob, system] of Object.entries(given.owners)) {
      context.expectSystem(system, context.placeOf('owners', glob));
    }
    const source = await readSource(context, given.clients.map(toClientEntry));
    const project = linkProject(source, new Set(context.patterns.map(toFolder)));
    if (!given.system) yield* listSystems(project.modules, context.environment, source.ownerOf);
    yield* listNames(source, project, context.environment);
    const authors = await readAuthors(source, given, context);
    const findMentions = openMentions(project.serviceHosts);
    for (const script of source.scripts) {
      const mentioned = findMentions(script.text, project.hostsSeenBy(script.file));
      yield* describeScript(script, mentioned, project, given, context, authors);
    }
    yield* listScheduled(source, project, {
      environment: context.environment,
      host: given.host,
      flaw: (origin, reason) => context.coverage.flaw(origin, reason),
      describeOwner: (file, code) => ({
        ...describeOwner(file, project, given, context, authors),
        script: code,
      }),
      isTooling: isToolingEvidence,
    });
    for (const { file, text } of listTexts(source))
      yield* listComments(text, file, toShared(context));
    const weak = new Set(source.settings.filter(isWeakReading).map(({ file }) => file));
    for (const { file, text } of source.configurations)
      if (!weak.has(file)) yield* listCredentials(text, file, 'text', toShared(context));
    yield* listPermitted(source, project, context.environment);
    yield* listConfigured(
      source,
      project,
      (file) => describeOwner(file, project, given, context, authors),
      context.environment,
      openUses(source.scripts, project.modules),
    );
  },
};

type Script = SourceReading['scripts'][number];

/** Each file once that evidence may come from. */
function listTexts({ scripts, configurations, scheduled, units }: SourceReading) {
  const all = [...units, ...scheduled, ...configurations, ...scripts.filter(({ text }) => text)];
  return new Map(all.map(({ file, text }) => [file, { file, text }])).values();
}

function* describeScript(
  script: Script,
  mentioned: readonly ConnectionFact[],
  project: Project,
  given: ScriptOptions,
  context: ScanContext,
  authors: AuthorTable,
): Iterable<Evidence> {
  const { file, text } = script;
  yield describeOwner(file, project, given, context, authors);
  const subject: CodeSubject = {
    id: file,
    scanner: 'scripts',
    environment: context.environment,
    toOrigin: ({ line, column }) => ({ file, line, column }),
    ...(given.host === undefined ? {} : { host: given.host }),
  };
  for (const fact of script.reading.facts)
    if (fact.kind !== 'connection') yield toEvidence(fact, subject);
  for (const fact of [...project.connectionsOf(file), ...mentioned]) {
    if (isSameOrigin(fact, file)) {
      context.coverage.leaveOut('call of a page to its own site');
      continue;
    }
    if (isTooling(fact)) {
      context.coverage.leaveOut('address of build tooling or documents');
      continue;
    }
    yield toEvidence(fact, subject);
  }
  context.coverage.leaveOut(
    'address that is only mentioned',
    countMentions(text, project.hostsSeenBy(file)),
  );
  yield* listCredentials(text, file, script.isProgram ? 'code' : 'text', toShared(context));
}

/** Package registries, schemas, badges: what builds name, and no system exchanges data with. */
function isTooling({ target }: ConnectionFact): boolean {
  return target.kind === 'address' && findKnownService(target.host)?.class === 'tooling';
}

function isToolingEvidence(evidence: Evidence): boolean {
  if (evidence.kind !== 'connection') return false;
  const { from, to } = evidence;
  return [from, to].some(
    (end) => end.kind === 'address' && findKnownService(end.host)?.class === 'tooling',
  );
}

/** In a browser a path without a host leads to where the page came from. */
function isSameOrigin({ target }: ConnectionFact, file: string): boolean {
  return (
    target.kind === 'expression' &&
    /^(?:\/|[\w$.]{1,60}\(\s*["'`]\/?[\w.-]+\/)/.test(target.value) &&
    /\.(?:[cm]?[jt]sx?|vue|svelte|html?)$/.test(file)
  );
}

/** What all evidence of the source has in common. */
function toShared({ environment }: ScanContext) {
  return { scanner: 'scripts', witness: 'coded', environment, confidence: 1 } as const;
}

/** Whose code a file is: what the options say, else what its module and its folders are called. */
function describeOwner(
  file: string,
  project: Project,
  given: ScriptOptions,
  context: ScanContext,
  authors: AuthorTable,
): OwnershipEvidence {
  const folder = sourceFolder(file, context.patterns);
  const relative = file.slice(folder.length);
  const match = given.matchers.find(({ isMatch }) => isMatch(relative));
  const system = match?.system ?? given.system;
  const folders = relative.split('/').slice(0, -1).reverse();
  const names = [...(project.modules.moduleOf(file)?.names ?? []), ...folders];
  const known = authors.get(file);
  return {
    kind: 'ownership',
    scanner: 'scripts',
    witness: 'coded',
    environment: context.environment,
    confidence: 1,
    origin: { file, line: 1, column: 1 },
    script: file,
    ...(system === undefined
      ? names.length > 0
        ? { names: [...new Set(names)] }
        : {}
      : { system }),
    ...(known === undefined ? {} : { authors: known }),
  };
}

type AuthorTable = ReadonlyMap<string, Authors>;

/** Who changed the files that evidence is found in, as far as git knows them. */
async function readAuthors(
  source: SourceReading,
  given: ScriptOptions,
  { files, coverage, progress }: ScanContext,
): Promise<AuthorTable> {
  if (!files.history || given.history === false) return new Map();
  progress('.git');
  const asked = new Set([...source.scripts, ...source.settings].map(({ file }) => file));
  const history = await files.history([...asked], given.history === true);
  for (const { file, reason } of history.flaws) coverage.flaw({ file, line: 1, column: 1 }, reason);
  return history.authors;
}

function toFolder(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/$/, '').replace(/^\.$/, '');
}

/** The folder that a pattern of the source names around a file, with a slash at its end. */
function sourceFolder(file: string, patterns: readonly string[]): string {
  return (
    patterns
      .map((pattern) => `${pattern.replace(/^\.\//, '').replace(/\/$/, '')}/`)
      .find((prefix) => file.startsWith(prefix)) ?? ''
  );
}
