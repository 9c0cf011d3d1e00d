import type { ClientEntry } from '../clients/client.ts';
import type { ReadCode } from '../facts.ts';
import { loadLanguageReader } from './load-language.ts';

/** A language that the scanner reads. */
export interface LanguageName {
  readonly name: string;
  /** A programming language: a bare word in it is an expression, never a password. */
  readonly isProgram: boolean;
}

/** Loads a reader that knows a user's own clients too. */
type LoadReader = (own: readonly ClientEntry[]) => Promise<ReadCode>;

/** One reader for each language, loaded when the first file of it is met. */
const readers: Readonly<Record<string, LoadReader>> = {
  shell: async (own) => (await import('../shell/shell.ts')).loadShellReader(own),
  typescript: async (own) => (await import('./typescript.ts')).loadTypescriptReader(own),
  python: async (own) => loadLanguageReader((await import('./python.ts')).python, own),
  java: async (own) => loadLanguageReader((await import('./java.ts')).java, own),
  csharp: async (own) => loadLanguageReader((await import('./csharp.ts')).csharp, own),
  go: async (own) => loadLanguageReader((await import('./go.ts')).go, own),
  php: async (own) => loadLanguageReader((await import('./php.ts')).php, own),
  ruby: async (own) => loadLanguageReader((await import('./ruby.ts')).ruby, own),
  powershell: async (own) => loadLanguageReader((await import('./powershell.ts')).powershell, own),
  sql: async () => (await import('../sql/sql.ts')).loadSqlReader(),
  perl: async (own) => (await import('../patterns/perl.ts')).loadPerlReader(own),
  patterns: async () => (await import('../patterns/patterns.ts')).readPatterns,
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
  vue: 'typescript',
  svelte: 'typescript',
  py: 'python',
  java: 'java',
  cs: 'csharp',
  go: 'go',
  php: 'php',
  rb: 'ruby',
  ps1: 'powershell',
  psm1: 'powershell',
  sql: 'sql',
  pks: 'sql',
  pkb: 'sql',
  plsql: 'sql',
  pck: 'sql',
  prc: 'sql',
  fnc: 'sql',
  trg: 'sql',
  vw: 'sql',
  tsql: 'sql',
  ddl: 'sql',
  hql: 'sql',
  psql: 'sql',
  pl: 'perl',
  pm: 'perl',
  r: 'patterns',
  groovy: 'patterns',
  kt: 'patterns',
  scala: 'patterns',
  lua: 'patterns',
  vbs: 'patterns',
  bat: 'patterns',
  cmd: 'patterns',
};

const interpreterOf: Readonly<Record<string, string>> = {
  sh: 'shell',
  bash: 'shell',
  dash: 'shell',
  ksh: 'shell',
  zsh: 'shell',
  python: 'python',
  node: 'typescript',
  perl: 'perl',
  ruby: 'ruby',
  php: 'php',
  pwsh: 'powershell',
};

/** The language of a script: by its extension, else by its first line. */
export function findLanguage(file: string, text: string): LanguageName | undefined {
  const extension = /\.([A-Za-z0-9]+)$/.exec(file)?.[1]?.toLowerCase();
  const known =
    extension && Object.hasOwn(languageOf, extension) ? languageOf[extension] : undefined;
  if (known) return toName(known);
  const interpreter = /^#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(?:\S*\/)?([a-z]+)[0-9.]*(?:\s|$)/.exec(
    text.slice(0, 200),
  )?.[1];
  const name =
    interpreter && Object.hasOwn(interpreterOf, interpreter)
      ? interpreterOf[interpreter]
      : undefined;
  return name ? toName(name) : undefined;
}

function toName(name: string): LanguageName {
  return { name, isProgram: !['shell', 'sql'].includes(name) };
}

/**
 * Loads the reader of a language.
 * @param own clients that the user describes, beside those that are known
 */
export async function loadReader(name: string, own: readonly ClientEntry[]): Promise<ReadCode> {
  const load = readers[name];
  if (!load) throw new Error(`no reader for ${name}`);
  return load(own);
}
