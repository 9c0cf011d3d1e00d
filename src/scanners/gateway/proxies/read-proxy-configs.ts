import { InputError } from '../../../errors.ts';
import { parseYaml } from '../../../yaml.ts';
import { readApache } from './apache.ts';
import { readEnvoy } from './envoy.ts';
import { readHaproxy } from './haproxy.ts';
import { toHostRule } from './host-rule.ts';
import { readKong } from './kong.ts';
import { readNginx } from './nginx.ts';
import type {
  ConfigFile,
  Demand,
  ProxyConfig,
  ProxyKind,
  ProxyReader,
  ProxyRoute,
  Unread,
} from './proxy-config.ts';
import { compileRoutePattern } from './route-test.ts';
import { readTraefik } from './traefik.ts';

const readers: Readonly<Record<ProxyKind, ProxyReader>> = {
  nginx: readNginx,
  apache: readApache,
  haproxy: readHaproxy,
  traefik: readTraefik,
  envoy: readEnvoy,
  kong: readKong,
};

const longestText = 20_000_000;

/** What the files of one gateway's configuration say, and which of them no reader knows. */
export interface ProxyConfigs {
  /** One for each product, in the order of their names. */
  readonly configs: readonly ProxyConfig[];
  readonly unknown: readonly Unread[];
}

/**
 * Reads the configuration files of a gateway. Each file's product is told by what it says; all files
 * of one product are one configuration, and includes are looked up among them.
 * @param files path → text
 */
export function readProxyConfigs(files: ReadonlyMap<string, string>): ProxyConfigs {
  const byKind = new Map<ProxyKind, ConfigFile[]>();
  const unknown: Unread[] = [];
  for (const file of [...files.keys()].sort()) {
    const text = files.get(file) ?? '';
    const kind = text.length > longestText ? undefined : detectProxy({ file, text });
    if (kind) byKind.set(kind, [...(byKind.get(kind) ?? []), { file, text }]);
    else
      unknown.push({
        place: { file, line: 1, column: 1 },
        reason:
          'is no configuration of nginx, Apache, HAProxy, Traefik, Envoy or Kong that can be read',
      });
  }
  const configs = [...byKind].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    configs: configs.map(([kind, own]) => {
      const config = readers[kind](own);
      const broken = own.flatMap(findBroken);
      return { ...config, unread: [...broken, ...config.unread, ...findUnfit(config)] };
    }),
    unknown,
  };
}

/** Tells whose configuration a file is, by what stands in it. */
export function detectProxy({ file, text }: ConfigFile): ProxyKind | undefined {
  const has = (pattern: RegExp): boolean => pattern.test(text);
  if (/\.toml(?:\.\w{1,10})?$/i.test(file)) return 'traefik';
  if (/\.(?:ya?ml|json)(?:\.\w{1,10})?$/i.test(file)) {
    if (has(/^\s*["']?_format_version["']?\s*:/m)) return 'kong';
    if (
      has(
        /["']?(?:static_resources|virtual_hosts|virtualHosts|load_assignment|lb_endpoints)["']?\s*:/,
      ) ||
      has(/type\.googleapis\.com\/envoy\./)
    )
      return 'envoy';
    if (
      has(/^\s*-?\s*["']?traefik\.[a-z]/m) ||
      has(/^["']?(?:http|entryPoints|providers|accessLog)["']?\s*:/m)
    )
      return 'traefik';
    return has(/^services\s*:[ \t]*(?:#.*)?\r?\n[ \t]*-[ \t]/m) ? 'kong' : undefined;
  }
  if (
    has(/^[ \t]*(?:backend|frontend|listen|defaults)(?:[ \t]+[\w.:-]+)?[ \t]*(?:#.*)?$/m) &&
    !has(/[;{][ \t]*$/m)
  )
    return 'haproxy';
  if (
    has(
      /^[ \t]*(?:<\/?[A-Z][A-Za-z]+[^<>\n]*>|(?:ProxyPass|ProxyPassMatch|LoadModule|ServerName|DocumentRoot|CustomLog|LogFormat|RewriteRule|BalancerMember|Include|IncludeOptional|Define)[ \t])/m,
    )
  )
    return 'apache';
  return has(/[;{}][ \t]*(?:#.*)?$/m) ? 'nginx' : undefined;
}

/** Broken YAML gives what could be read of it, which may be little. */
function findBroken({ file, text }: ConfigFile): Unread[] {
  if (!/\.(?:ya?ml|json)$/i.test(file) || /^(?:---|\.\.\.)/m.test(text.slice(3))) return [];
  try {
    parseYaml(text, file);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [, line, column, reason] = /:(\d+):(\d+): (.*)$/s.exec(error.message) ?? [];
    const place = { file, line: Number(line ?? 1), column: Number(column ?? 1) };
    return [{ place, reason: `${reason ?? 'not valid YAML.'} Only a part was read.` }];
  }
}

/** Patterns that can't be run in linear time: their routes count by the text they begin with. */
function findUnfit(config: ProxyConfig): Unread[] {
  const unfit: Unread[] = [];
  const isUnfit = (demand: Demand): boolean =>
    (demand.pattern !== undefined && !compileRoutePattern(demand, config.kind)) ||
    demand.hosts.some((host) => !toHostRule(host)) ||
    (demand.and?.some(isUnfit) ?? false);
  const visit = (route: ProxyRoute): void => {
    if (isUnfit(route) && unfit.length < 200)
      unfit.push({
        place: route.place,
        reason:
          'a pattern uses what can take endless time; its route counts by the text it begins with, and only where no other fits',
      });
    for (const inner of route.inner ?? []) visit(inner);
  };
  for (const { routes } of config.sites) for (const route of routes) visit(route);
  return unfit;
}
