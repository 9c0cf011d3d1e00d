import { ConfigError, formatPlace, InputError } from '../../errors.ts';
import type { ScanContext } from '../scanner.ts';
import { readFormat } from './formats/read-format.ts';
import type { LogFormat } from './log-format.ts';
import type { ProxyConfig } from './proxies/proxy-config.ts';
import { readProxyConfigs } from './proxies/read-proxy-configs.ts';

type ProxyContext = Pick<ScanContext, 'alsoRead' | 'coverage' | 'files' | 'placeOf'>;

/** What the proxies' own configuration says. */
export interface OpenProxyConfigs {
  readonly configs: readonly ProxyConfig[];
  /** How a log is written, where the configuration names a log file of the same name. */
  formatsOf(file: string): readonly LogFormat[] | undefined;
}

/** Reads the configuration files that a gateway source names. */
export async function openProxyConfigs(
  patterns: readonly string[],
  context: ProxyContext,
): Promise<OpenProxyConfigs> {
  const texts = new Map<string, string>();
  for (const pattern of patterns) {
    for (const file of await findFiles(pattern, context)) {
      texts.set(file, await context.files.text(file));
      context.alsoRead(file);
    }
  }
  const { configs, unknown } = readProxyConfigs(texts);
  for (const { place, reason } of [...unknown, ...configs.flatMap(({ unread }) => unread)])
    context.coverage.flaw(place, reason);
  const formats = new Map(configs.flatMap((config) => readFormats(config, context)));
  return { configs, formatsOf: (file) => formats.get(nameOf(file)) };
}

async function findFiles(pattern: string, context: ProxyContext): Promise<string[]> {
  const place = formatPlace(context.placeOf('config'));
  try {
    const found = await context.files.find(pattern);
    if (found.length === 0) throw new InputError(`${pattern}: names no file; correct it.`);
    return found;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${place}: ${error.message}`, { cause: error });
  }
}

/** The formats of the logs that a proxy writes, by the name of the file. */
function readFormats(
  { logs, logFormats }: ProxyConfig,
  context: ProxyContext,
): (readonly [string, readonly LogFormat[]])[] {
  return logs.flatMap((log) => {
    const written = logFormats.find(({ name }) => name === log.format);
    try {
      return [[nameOf(log.file), readFormat(written?.format ?? log.format)] as const];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      // The product's own word for a format is no error: the content tells the rest.
      if (written) context.coverage.flaw(written.place, `${error.message}.`);
      return [];
    }
  });
}

/** `/var/log/nginx/shop.log` and the rotated `logs/shop.log.2.gz` are one log. */
function nameOf(file: string): string {
  return (file.split('/').at(-1) ?? file)
    .toLowerCase()
    .replace(/\.(?:gz|zst|bz2|xz)$/, '')
    .replace(/[-_.]\d{4,8}(?:-?\d{2})*(?:[-_]\d+)?$/, '')
    .replace(/\.\d{1,4}$/, '');
}
