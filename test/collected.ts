import { collect } from '../src/audit/collect.ts';
import { type Audit, audit } from '../src/audit.ts';
import { type Config, parseConfig, type Source } from '../src/config.ts';
import { type Files, memoryFiles } from '../src/files.ts';
import { sortBy } from '../src/order.ts';
import { sourceKinds } from '../src/scanners/index.ts';

const today = '2026-11-02';

/** The text of the evidence that a landscape collects under a name. */
export async function collectText(config: Config, files: Files, name: string): Promise<string> {
  const provenance = { name, repository: `https://git.example.org/${name}`, commit: 'a1b2c3d' };
  const { lines } = await collect(config, files, {
    provenance,
    tool: '0.0.0',
    today,
    strict: false,
  });
  return [...lines].join('');
}

/** Audits files of evidence alone, as a landscape that has nothing else. */
export async function auditCollected(
  config: Config,
  contents: Readonly<Record<string, string | Uint8Array>>,
  options = '',
): Promise<Audit> {
  const files = memoryFiles({ ...contents, [config.file]: '' });
  const text = `sources: [{ evidence: "*.jsonl*"${options} }]`;
  const { sources } = parseConfig(text, config.file, sourceKinds);
  return audit({ ...config, sources, systems: [] }, files, { today, strict: false });
}

/**
 * Audits in one scan what lies in several folders. Each source is found below the folder that it is
 * said to be in, although on disk all of them lie side by side.
 */
export async function auditFolders(
  config: Config,
  files: Files,
  sources: readonly { readonly source: Source; readonly folder: string }[],
): Promise<Audit> {
  const moved = sources.map(({ source, folder }) => ({
    ...source,
    patterns: source.patterns.map((pattern) => `${folder}/${pattern}`),
    placeOf: (...path: readonly (string | number)[]) => {
      const place = source.placeOf(...path);
      return { ...place, file: `${folder}/${place.file}` };
    },
  }));
  const folders = sources.map(({ folder }) => folder);
  return audit({ ...config, sources: moved }, below(files, folders), { today, strict: false });
}

function below(files: Files, folders: readonly string[]): Files {
  const folderOf = (path: string): string =>
    folders.find((folder) => path.startsWith(`${folder}/`)) ?? '';
  const strip = (path: string): string =>
    path.slice(folderOf(path) ? folderOf(path).length + 1 : 0);
  return {
    find: async (pattern) =>
      (await files.find(strip(pattern))).map((file) => `${folderOf(pattern)}/${file}`),
    text: (file) => files.text(strip(file)),
    bytes: (file) => files.bytes(strip(file)),
    stream: (file, progress) => files.stream(strip(file), progress),
    openRange: (file, start, end) => files.openRange(strip(file), start, end),
    packed: (file) => files.packed(strip(file)),
    size: (file) => files.size(strip(file)),
    digest: (file) => files.digest(strip(file)),
  };
}

/** What an audit says: without the files that were read, and without repositories and commits. */
export function withoutProvenance({ inputs, coverage, ...said }: Audit): unknown {
  const told = sortBy(
    coverage.sources
      .filter(({ kind }) => kind !== 'evidence')
      .map(({ source, collected, ...figures }) => figures),
    ({ kind }) => kind,
    ({ records }) => records,
    ({ evidence }) => evidence,
  );
  return JSON.parse(JSON.stringify({ ...said, told }), (key, value: unknown) =>
    key === 'repository' || key === 'commit' ? undefined : value,
  );
}
