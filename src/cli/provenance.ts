import path from 'node:path';
import type { CollectOptions } from '../audit/collect.ts';
import { UsageError } from '../errors.ts';
import { findRepository } from '../files.ts';
import { isCollectionName } from '../scanners/collected/collection.ts';

/**
 * What a folder is known by elsewhere: the name of its repository and the way from its root, else
 * the name of the folder itself.
 * @param given the name of the command line, which comes first
 * @throws UsageError where that is no name
 */
export async function findProvenance(
  folder: string,
  given: string | undefined,
): Promise<CollectOptions['provenance']> {
  const repository = await findRepository(folder);
  return {
    name: given === undefined ? nameOf(folder, repository) : checkName(given),
    ...(repository?.url === undefined ? {} : { repository: repository.url }),
    ...(repository?.commit === undefined ? {} : { commit: repository.commit }),
  };
}

function nameOf(folder: string, repository: Awaited<ReturnType<typeof findRepository>>): string {
  if (!repository) return toName(path.basename(path.resolve(folder)));
  const { url, below } = repository;
  const root = url
    ?.replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .at(-1);
  return [root || repository.folder, ...below.split('/').filter((part) => part !== '')]
    .map(toName)
    .join('/');
}

/** Letters, digits, dots and dashes of a folder's name. */
function toName(text: string): string {
  return (
    text
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^\./, '_')
      .slice(0, 100) || 'unnamed'
  );
}

function checkName(name: string): string {
  if (isCollectionName(name)) return name;
  throw new UsageError(
    `--name "${name}" is no name; write letters, digits, ".", "_" and "-", with "/" between parts, for example billing or region/north.`,
  );
}
