import { toOpenValue } from '../../scripts/settings/open-value.ts';

/**
 * An address as written, without a login, a query or a secret. What the environment fills in stands
 * as `{env:NAME}`.
 */
export function cleanAddress(written: string): string {
  // deck writes `${{ env "NAME" }}`.
  const text = written.replace(/\$\{\{\s{0,9}env\s{1,9}"(\w{1,80})"\s{0,9}\}\}/g, '$${$1}');
  return toOpenValue('target', text)
    .replace(
      /^([a-z][a-z0-9+.-]{0,40}:\/\/)?[^/@\s{}]{0,400}@/i,
      (_, scheme?: string) => scheme ?? '',
    )
    .replace(/[?#].*$/s, '');
}

/** A host name as a rule or a request gives it, in lower case, without a port and a last dot. */
export function cleanHost(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
}

/** A port from 1 to 65535, or undefined. */
export function toPort(written: string | undefined): number | undefined {
  if (written === undefined || !/^\d{1,5}$/.test(written)) return undefined;
  const port = Number(written);
  return port >= 1 && port <= 65_535 ? port : undefined;
}
