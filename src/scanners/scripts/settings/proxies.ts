import { type ApacheDirective, readApacheDirectives } from '../../proxies/apache-directives.ts';
import { readHaproxyLines } from '../../proxies/haproxy-lines.ts';
import { toOpenValue } from './open-value.ts';
import {
  type NamedAddress,
  type Setting,
  type SettingsReading,
  toSettingsReading,
} from './setting.ts';

/** Backends of HAProxy: every server as a setting, with the path that the frontends lead to it. */
export function readHaproxy(text: string): SettingsReading {
  const settings: Setting[] = [];
  const names: NamedAddress[] = [];
  const paths = new Map<string, string>();
  const conditions = new Map<string, string>();
  let defaultMode = '';
  let mode = '';
  const seen = new Set<string>();
  for (const { section, name: backend, isHead, words, line } of readHaproxyLines(text)) {
    const [directive = '', first = '', second = ''] = words.map((word) => word.text);
    if (isHead) mode = defaultMode;
    else if (directive === 'mode') {
      mode = first;
      if (section === 'defaults') defaultMode = first;
    } else if (directive === 'acl') {
      const path = words.slice(2).find(({ text: word }) => word.startsWith('/'))?.text;
      if (path && /^path/.test(second)) conditions.set(first, path);
    } else if (directive === 'use_backend') {
      const path = words
        .map(({ text: word }) => conditions.get(word) ?? word)
        .find((word) => word.startsWith('/'));
      if (path && !paths.has(first)) paths.set(first, path);
    } else if (
      /^(?:server|server-template)$/.test(directive) &&
      /^(?:backend|listen)$/.test(section)
    ) {
      const address = words[directive === 'server' ? 2 : 3];
      if (!address || /^(?:\/|unix@|$)/.test(address.text)) continue;
      const place = { line, column: address.column };
      const value = toOpenValue('server', address.text.replace(/^(?:ipv4@|ipv6@|dns@)/, ''));
      names.push({ name: backend, address: value, ...place });
      // Servers of one backend are copies of one system.
      if (seen.has(backend)) continue;
      seen.add(backend);
      const secure = words.some((word) => word.text === 'ssl') ? 'https' : 'http';
      settings.push({
        key: `backend.${backend}.server`,
        value: mode === 'http' ? `${secure}://${value}` : value,
        ...place,
      });
    }
  }
  return toSettingsReading({
    settings: settings.map((setting) => {
      const path = paths.get(setting.key.split('.')[1] ?? '');
      return path === undefined ? setting : { ...setting, path };
    }),
    names,
  });
}

/** What an Apache server passes on: `ProxyPass`, balancer members, rewrites with `[P]`. */
export function readApache(text: string): SettingsReading {
  const directives = readApacheDirectives(text);
  const members = new Map<string, string>();
  addMembers(directives, '', members);
  return toSettingsReading({ settings: readPasses(directives, '', members) });
}

/** Adds the first member of each balancer. */
function addMembers(
  directives: readonly ApacheDirective[],
  outer: string,
  members: Map<string, string>,
): void {
  for (const { words, block } of directives) {
    const [name, first, second] = words.map((word) => word.text);
    const balancer = /^balancer:\/\/([^/]{1,100})/.exec(first ?? '')?.[1];
    if (block) addMembers(block, /^proxy$/i.test(name ?? '') ? (balancer ?? '') : outer, members);
    if (!/^BalancerMember$/i.test(name ?? '')) continue;
    const [key, member] = balancer === undefined ? [outer, first] : [balancer, second];
    if (member && isUrl(member) && key !== '' && !members.has(key)) members.set(key, member);
  }
}

function readPasses(
  directives: readonly ApacheDirective[],
  location: string,
  members: ReadonlyMap<string, string>,
): Setting[] {
  return directives.flatMap(({ words, block }): Setting[] => {
    const [name, ...args] = words;
    const key = name?.text ?? '';
    if (block) {
      const opened = args.find((word) => word.text !== '~')?.text;
      const isLocation = /^Location(?:Match)?$/i.test(key);
      return readPasses(block, isLocation ? (opened ?? '') : location, members);
    }
    const isRewrite = /^RewriteRule$/i.test(key);
    if (!isRewrite && !/^ProxyPass(?:Match)?$/i.test(key)) return [];
    const flags = args[2]?.text ?? '';
    if (isRewrite && !/^\[(?:.*,)?P(?:,.*)?\]$/.test(flags)) return [];
    const [path, target] =
      args[0] && isUrl(args[0].text) ? [location, args[0]] : [args[0]?.text, args[1]];
    if (!target || path === undefined || !isUrl(target.text)) return [];
    const balancer = /^balancer:\/\/([^/]+)/.exec(target.text)?.[1];
    const resolved = balancer === undefined ? target.text : members.get(balancer);
    if (resolved === undefined) return [];
    const plain = path.replace(/^\^/, '').replace(/[(\\$*?].*$/, '');
    return [
      {
        key,
        value: toOpenValue('target', resolved.replace(/\$\d.*$/, '')),
        line: target.line,
        column: target.column,
        ...(plain.startsWith('/') ? { path: plain } : {}),
      },
    ];
  });
}

function isUrl(text: string): boolean {
  return /^[a-z0-9]{2,10}:\/\/\S/i.test(text);
}
