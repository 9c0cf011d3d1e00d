import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import { toOpenValue } from './open-value.ts';
import { splitLines, unquote } from './read-key-lines.ts';
import type { NamedAddress, Setting } from './setting.ts';

/** Data source names of ODBC: a section for each, with its server. */
export function readOdbcNames(text: string): NamedAddress[] {
  const sections = new Map<string, Map<string, Setting>>();
  let name = '';
  for (const [index, line] of splitLines(text).entries()) {
    const head = /^\s*\[([^\]]{1,200})\]\s*$/.exec(line)?.[1];
    if (head !== undefined) name = head.trim();
    const match = /^(\s*([A-Za-z][\w ]{0,60}?)\s*=\s*)(\S.*)$/.exec(line);
    if (!match || name === '' || /^odbc(?: data sources)?$/i.test(name)) continue;
    const key = (match[2] ?? '').toLowerCase();
    const section = sections.get(name) ?? new Map<string, Setting>();
    sections.set(name, section);
    section.set(key, {
      key,
      value: toOpenValue(key, unquote(match[3] ?? '')),
      line: index + 1,
      column: (match[1] ?? '').length + 1,
    });
  }
  return [...sections].flatMap(([dsn, section]) => {
    const server = ['servername', 'server', 'host', 'hostname', 'dbq', 'serverurl']
      .map((key) => section.get(key))
      .find((setting) => setting !== undefined && setting.value !== '');
    if (!server) return [];
    const port = section.get('port')?.value;
    const host = server.value
      .replace(/^tcp:/i, '')
      .replace(/,(\d{1,5})$/, ':$1')
      .replace(/\\.*$/, '');
    const protocol = protocolOfProduct(`${section.get('driver')?.value ?? ''} ${dsn}`);
    return [
      {
        name: dsn,
        address: port && !/:\d+$/.test(host) ? `${host}:${port}` : host,
        ...(protocol === undefined ? {} : { protocol }),
        line: server.line,
        column: server.column,
      },
    ];
  });
}

/** Hosts of an ssh configuration: each alias with the address behind it. */
export function readSshNames(text: string): NamedAddress[] {
  const names: NamedAddress[] = [];
  let aliases: string[] = [];
  let port = '';
  let host: { value: string; line: number; column: number } | undefined;
  const close = (): void => {
    for (const name of aliases) {
      if (host && !/[*?!]/.test(name))
        names.push({
          name,
          address: `${host.value}${port === '' ? '' : `:${port}`}`,
          protocol: 'ssh',
          line: host.line,
          column: host.column,
        });
    }
    aliases = [];
    port = '';
    host = undefined;
  };
  for (const [index, line] of splitLines(text).entries()) {
    const match = /^(\s*(Host|HostName|Port|Match)(?:\s*=\s*|\s+))"?([^"#]{1,400})"?/i.exec(line);
    if (!match) continue;
    const value = (match[3] ?? '').trim();
    switch ((match[2] ?? '').toLowerCase()) {
      case 'host':
        close();
        aliases = value.split(/\s+/).slice(0, 50);
        break;
      case 'match':
        close();
        break;
      case 'port':
        if (/^\d{1,5}$/.test(value) && value !== '22') port = value;
        break;
      default:
        host ??= {
          value: toOpenValue('HostName', value),
          line: index + 1,
          column: (match[1] ?? '').length + 1,
        };
    }
  }
  close();
  return names;
}

/** Aliases of an Oracle `tnsnames.ora`, each with its first host, port and service. */
export function readTnsNames(text: string): NamedAddress[] {
  const lines = splitLines(text);
  const entries: { names: string; line: number; body: string }[] = [];
  for (const [index, line] of lines.entries()) {
    const written = line.replace(/#.*$/, '');
    const match = /^([A-Za-z][\w.,\- ]{0,200}?)\s*=(.*)$/.exec(written);
    if (match) entries.push({ names: match[1] ?? '', line: index + 1, body: match[2] ?? '' });
    else {
      const last = entries.at(-1);
      if (last && last.body.length < 8_000) last.body += ` ${written}`;
    }
  }
  return entries.flatMap(({ names, line, body }) => {
    const part = (name: string): string | undefined =>
      new RegExp(String.raw`\(\s{0,9}${name}\s{0,9}=\s{0,9}([^()\s]{1,200})`, 'i').exec(body)?.[1];
    const host = part('HOST');
    if (host === undefined) return [];
    const service = part('SERVICE_NAME') ?? part('SID');
    const address = `${host}:${part('PORT') ?? '1521'}${service === undefined ? '' : `/${service}`}`;
    return names.split(',').map((name) => ({
      name: name.trim(),
      address: toOpenValue('host', address),
      protocol: 'oracle',
      line,
      column: 1,
    }));
  });
}

/** `192.0.2.7 erp erp.example`: names that a hosts file gives an address. */
export function readHostNames(text: string): NamedAddress[] {
  return splitLines(text).flatMap((line, index) => {
    const match = /^\s*([0-9a-f.:]{3,45})\s+([^#]{1,400})/i.exec(line);
    const address = match?.[1];
    if (address === undefined || /^(?:127\.|::1$|0\.0\.0\.0|ff|fe)/i.test(address)) return [];
    const names = (match?.[2] ?? '').trim().split(/\s+/).slice(0, 50);
    return names.map((name) => ({ name, address, line: index + 1, column: 1 }));
  });
}
