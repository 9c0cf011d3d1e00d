import { type Audit, audit } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { memoryFiles } from '../../src/files.ts';
import { sourceKinds } from '../../src/scanners/index.ts';

/** Audits a repository by its files, with an inventory of systems beside it where one is given. */
export async function scanRepository(
  contents: Readonly<Record<string, string>>,
  inventory?: string,
): Promise<Audit> {
  const repository = Object.entries(contents).map(
    ([file, text]) => [`code/${file}`, text] as const,
  );
  const config = `sources:\n  - scripts: code\n${inventory === undefined ? '' : '  - inventory: systems.csv\n'}`;
  return audit(
    parseConfig(config, 'landscape.yaml', sourceKinds),
    memoryFiles({
      ...Object.fromEntries(repository),
      'landscape.yaml': config,
      ...(inventory === undefined ? {} : { 'systems.csv': inventory }),
    }),
    { today: '2026-11-02', strict: false },
  );
}
