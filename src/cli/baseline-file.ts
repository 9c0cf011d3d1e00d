import path from 'node:path';
import { locateLandscape } from '../files.ts';
import type { CommonOptions } from './landscape-options.ts';

/** The file of `--baseline`, which is relative to where the user is, as the landscape's folder sees it. */
export async function locateBaseline(
  folder: string,
  options: CommonOptions & { readonly baseline?: string },
): Promise<string | undefined> {
  if (options.baseline === undefined) return undefined;
  const place = await locateLandscape(options.config ?? folder);
  return path
    .relative(path.resolve(place.folder), path.resolve(options.baseline))
    .replaceAll('\\', '/');
}
