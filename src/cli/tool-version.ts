import { createRequire } from 'node:module';

/** The version of this tool, as its package says. */
export function readToolVersion(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return version;
}
