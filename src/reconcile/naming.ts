import { environmentWords, readEnvironment } from '../vocabulary/environment-words.ts';

/** How an organisation names its hosts, as the configuration writes it. */
export interface NamingPattern {
  /** `{system}-{environment}*.corp.example`. */
  readonly pattern: string;
  /** What stands at `{environment}` → the environment, beside the usual words. */
  readonly environments: Readonly<Record<string, string>>;
}

/** What a host says by a pattern. */
export interface NamedHost {
  readonly pattern: string;
  readonly system: string;
  readonly environment: string;
}

/** Reads hosts by patterns: each reading in the order of the patterns. */
export function toNamingReader(
  patterns: readonly NamingPattern[],
): (host: string) => readonly NamedHost[] {
  const compiled = patterns.map((naming) => ({ naming, expression: compile(naming) }));
  return (host) =>
    host.length > 253
      ? []
      : compiled.flatMap(({ naming, expression }) => {
          const groups = expression.exec(host)?.groups;
          const system = groups?.['system'];
          if (system === undefined) return [];
          const code = groups?.['environment']?.toLowerCase();
          const environment = code === undefined ? 'prod' : meant(code, naming);
          return [{ pattern: naming.pattern, system, environment }];
        });
}

function meant(code: string, { environments }: NamingPattern): string {
  const own = Object.entries(environments).find(([written]) => written.toLowerCase() === code);
  return own?.[1] ?? readEnvironment(code) ?? code;
}

/** One label holds the system, a known word the environment, and `*` stays within its label. */
function compile({ pattern, environments }: NamingPattern): RegExp {
  const codes = [...Object.keys(environments), ...environmentWords]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(escapePattern);
  const source = pattern
    .split(/(\{system\}|\{environment\}|\*)/)
    .map((part) => {
      if (part === '{system}') return '(?<system>[a-z0-9_-]{1,63}?)';
      if (part === '{environment}') return `(?<environment>${codes.join('|')})`;
      return part === '*' ? '[^.]{0,63}' : escapePattern(part);
    })
    .join('');
  return new RegExp(`^${source}$`, 'i');
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
