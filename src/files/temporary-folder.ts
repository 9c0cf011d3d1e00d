import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Does something with an empty folder that is gone afterwards, whatever happens. Libraries that make
 * temporary files of their own make them there meanwhile: `TMPDIR` and its like name it.
 */
export async function withTemporaryFolder<T>(
  name: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const before = variables.map((variable) => [variable, process.env[variable]] as const);
  for (const variable of variables) process.env[variable] = folder;
  process.once('exit', remove);
  try {
    return await use(folder);
  } finally {
    process.off('exit', remove);
    for (const [variable, value] of before)
      if (value === undefined) delete process.env[variable];
      else process.env[variable] = value;
    remove();
  }
}

const variables = ['TMPDIR', 'TMP', 'TEMP'] as const;
