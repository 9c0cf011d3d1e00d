import { toOpenValue } from './open-value.ts';
import { splitLines } from './read-key-lines.ts';
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
  let section = '';
  let backend = '';
  let defaultMode = '';
  let mode = '';
  const seen = new Set<string>();
  for (const [index, written] of splitLines(text).entries()) {
    const line = written.replace(/(?:^|\s)#.*$/, '');
    const words = line.trim().split(/\s+/);
    const [directive = '', first = '', second = ''] = words;
    if (/^(?:global|defaults|frontend|backend|listen|resolvers|userlist|peers)$/.test(directive)) {
      section = directive;
      backend = first;
      mode = defaultMode;
    } else if (directive === 'mode') {
      mode = first;
      if (section === 'defaults') defaultMode = first;
    } else if (directive === 'acl') {
      const path = words.slice(2).find((word) => word.startsWith('/'));
      if (path && /^path/.test(second)) conditions.set(first, path);
    } else if (directive === 'use_backend') {
      const path = words
        .map((word) => conditions.get(word) ?? word)
        .find((word) => word.startsWith('/'));
      if (path && !paths.has(first)) paths.set(first, path);
    } else if (
      /^(?:server|server-template)$/.test(directive) &&
      /^(?:backend|listen)$/.test(section)
    ) {
      const address = directive === 'server' ? second : (words[3] ?? '');
      if (address === '' || /^(?:\/|unix@)/.test(address)) continue;
      const place = { line: index + 1, column: written.indexOf(address) + 1 };
      const value = toOpenValue('server', address.replace(/^(?:ipv4@|ipv6@|dns@)/, ''));
      names.push({ name: backend, address: value, ...place });
      // Servers of one backend are copies of one system.
      if (seen.has(backend)) continue;
      seen.add(backend);
      const secure = /\sssl(?:\s|$)/.test(line) ? 'https' : 'http';
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
  const settings: Setting[] = [];
  const members = new Map<string, string>();
  const lines = splitLines(text);
  let balancer = '';
  for (const line of lines) {
    balancer = /^\s*<Proxy\s+"?balancer:\/\/([^/">\s]{1,100})/i.exec(line)?.[1] ?? balancer;
    if (/^\s*<\/Proxy>/i.test(line)) balancer = '';
    const member = /^\s*BalancerMember\s+"?([a-z0-9]{2,10}:\/\/[^\s">]{1,300})/i.exec(line)?.[1];
    if (member && balancer !== '' && !members.has(balancer)) members.set(balancer, member);
  }
  let location = '';
  for (const [index, line] of lines.entries()) {
    const opened = /^\s*<Location(?:Match)?\s+~?\s*"?([^\s">]{1,200})/i.exec(line)?.[1];
    if (opened !== undefined) location = opened;
    if (/^\s*<\/Location/i.test(line)) location = '';
    const match =
      /^\s*(ProxyPass|ProxyPassMatch)\s+(?:"?([/^(][^\s"]{0,200})"?\s+)?"?([a-z0-9]{2,10}:\/\/[^\s"]{1,300})/i.exec(
        line,
      ) ??
      /^\s*(RewriteRule)\s+"?(\S{1,200}?)"?\s+"?([a-z0-9]{2,10}:\/\/[^\s"]{1,300})"?\s+\[(?:[^\]]{0,100},)?P[,\]]/i.exec(
        line,
      );
    if (!match) continue;
    const [, key = '', written = location, target = ''] = match;
    const name = /^balancer:\/\/([^/]+)/.exec(target)?.[1];
    const resolved = name === undefined ? target : members.get(name);
    if (resolved === undefined) continue;
    const path = written.replace(/^\^/, '').replace(/[(\\$*?].*$/, '');
    settings.push({
      key,
      value: toOpenValue('target', resolved.replace(/\$\d.*$/, '')),
      line: index + 1,
      column: line.indexOf(target) + 1,
      ...(path.startsWith('/') ? { path } : {}),
    });
  }
  return toSettingsReading({ settings });
}
