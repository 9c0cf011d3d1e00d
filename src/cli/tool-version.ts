import { createRequire } from 'node:module';

/** The version of this tool, as its package says. */
export function readToolVersion(): string {
  return readPackage().version;
}

/** The web address of this tool's repository; undefined where its package names none. */
export function readToolHomepage(): string | undefined {
  return toWebAddress(readPackage().repository);
}

/** `git+https://host/owner/name.git`, `github:owner/name` or `owner/name` as a page to look at. */
export function toWebAddress(
  repository: string | { readonly url?: string } | undefined,
): string | undefined {
  const url = typeof repository === 'object' ? repository.url : repository;
  const [, short] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(url ?? '') ?? [];
  if (short !== undefined) return `https://github.com/${short}`;
  const [, address] =
    /^(?:git\+)?(?:https|ssh|git):\/\/(?:git@)?([\w.-]+\/[\w./-]+?)(?:\.git)?\/?$/.exec(
      url ?? '',
    ) ?? [];
  return address === undefined ? undefined : `https://${address}`;
}

interface Package {
  readonly version: string;
  readonly repository?: string | { readonly url?: string };
}

function readPackage(): Package {
  return createRequire(import.meta.url)('../../package.json') as Package;
}
