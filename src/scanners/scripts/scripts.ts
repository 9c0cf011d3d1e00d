import picomatch from 'picomatch';
import { z } from 'zod';
import type { CredentialEvidence, Evidence } from '../../evidence.ts';
import { toSummary } from '../../evidence.ts';
import { findSecrets, redact } from '../../redact.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { type CodeSubject, type ReadCode, toEvidence } from './facts.ts';

const options = z.strictObject({
  /** The system whose code all of this is. */
  system: z.string().min(1).optional(),
  /** Glob below the folder → system. A script that none matches is a carrier. */
  owners: z.record(z.string().min(1), z.string().min(1)).default({}),
  /** The host that the scripts run on, where no job says it. */
  host: z.string().min(1).optional(),
});

type ScriptOptions = z.output<typeof options>;

/** Why a text is skipped that overran the stack or the time of its reader. */
export const unreadableCode = 'nests too deeply or takes too long to be read';

const maxScriptBytes = 1024 * 1024;

/** One reader for each language, loaded when the first file of it is met. */
const readers: Readonly<Record<string, () => Promise<ReadCode>>> = {
  shell: async () => (await import('./shell.ts')).loadShellReader(),
  typescript: async () => (await import('./typescript.ts')).loadTypescriptReader(),
  python: async () => (await import('./python.ts')).loadPythonReader(),
  sql: async () => (await import('./sql.ts')).readSql,
};

const languageOf: Readonly<Record<string, string>> = {
  sh: 'shell',
  bash: 'shell',
  ksh: 'shell',
  zsh: 'shell',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  js: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
  jsx: 'typescript',
  py: 'python',
  sql: 'sql',
};

/** Reads script repositories: what the code really connects to. */
export const scriptsScanner: Scanner<typeof options> = {
  name: 'scripts',
  options,
  async *scan(given, context) {
    context.coverage.unit = 'scripts';
    if (given.system) context.expectSystem(given.system, context.placeOf('system'));
    for (const [glob, system] of Object.entries(given.owners)) {
      context.expectSystem(system, context.placeOf('owners', glob));
    }
    const loaded = new Map<string, ReadCode>();
    for (const file of context.paths) {
      context.progress(file);
      const text = await context.files.text(file);
      const language = findLanguage(file, text);
      if (!language) {
        context.coverage.leaveUnread(/\.[A-Za-z0-9]+$/.exec(file)?.[0] ?? 'no extension');
        continue;
      }
      if (text.length > maxScriptBytes) {
        context.coverage.skip(
          { file, line: 1, column: 1 },
          'larger than 1 MB; no person wrote this script',
        );
        continue;
      }
      const load = readers[language];
      const read = loaded.get(language) ?? (await load?.());
      if (!read) continue;
      loaded.set(language, read);
      yield* readScript(file, text, read, given, context);
    }
  },
};

function* readScript(
  file: string,
  text: string,
  read: ReadCode,
  given: ScriptOptions,
  context: ScanContext,
): Iterable<Evidence> {
  const shared = {
    scanner: 'scripts',
    witness: 'coded',
    environment: context.environment,
    confidence: 1,
  } as const;
  const owner = findOwner(file, given, context.patterns);
  yield {
    ...shared,
    kind: 'ownership',
    origin: { file, line: 1, column: 1 },
    script: file,
    ...(owner === undefined ? {} : { system: owner }),
  };
  const subject: CodeSubject = {
    id: file,
    scanner: 'scripts',
    environment: context.environment,
    toOrigin: ({ line, column }) => ({ file, line, column }),
    ...(given.host === undefined ? {} : { host: given.host }),
  };
  try {
    for (const fact of read(text, file)) yield toEvidence(fact, subject);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.coverage.skip({ file, line: 1, column: 1 }, unreadableCode);
    return;
  }
  const isCode = /\.(?:[cm]?[jt]sx?|py)$/.test(file);
  yield* listCredentials(text, file, isCode ? 'code' : 'text', shared);
  context.coverage.read();
}

/** Secrets written out in a text, each with its place and the redacted line. */
export function listCredentials(
  text: string,
  file: string,
  language: 'text' | 'code',
  shared: Pick<CredentialEvidence, 'scanner' | 'witness' | 'environment' | 'confidence'>,
): CredentialEvidence[] {
  return text.split('\n').flatMap((line, index) =>
    line.length > 4_000 || /^\s*(?:#|\/\/|--(?!-))/.test(line)
      ? []
      : findSecrets(line, language).map(
          ({ kind, offset }): CredentialEvidence => ({
            ...shared,
            kind: 'credential',
            secret: kind,
            statement: toSummary(redact(line)),
            origin: { file, line: index + 1, column: offset + 1 },
          }),
        ),
  );
}

function findLanguage(file: string, text: string): string | undefined {
  const extension = /\.([A-Za-z0-9]+)$/.exec(file)?.[1]?.toLowerCase();
  if (extension && Object.hasOwn(languageOf, extension)) return languageOf[extension];
  const interpreter = /^#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(?:\S*\/)?([a-z]+)[0-9.]*(?:\s|$)/.exec(
    text.slice(0, 200),
  )?.[1];
  if (!interpreter) return undefined;
  if (/^(?:ba|da|k|z)?sh$/.test(interpreter)) return 'shell';
  return interpreter === 'python' ? 'python' : interpreter === 'node' ? 'typescript' : undefined;
}

function findOwner(
  file: string,
  given: ScriptOptions,
  patterns: readonly string[],
): string | undefined {
  const folder =
    patterns
      .map((pattern) => `${pattern.replace(/\/$/, '')}/`)
      .find((prefix) => file.startsWith(prefix)) ?? '';
  const relative = file.slice(folder.length);
  const match = Object.entries(given.owners).find(([glob]) =>
    picomatch.isMatch(relative, glob, { dot: true }),
  );
  return match?.[1] ?? given.system;
}
