import {
  type NginxDirective,
  type NginxWord,
  readNginxDirectives,
} from '../../proxies/nginx-directives.ts';
import { writeHole } from '../program/open-text.ts';
import { toOpenValue } from './open-value.ts';
import {
  type NamedAddress,
  type Setting,
  type SettingsReading,
  toSettingsReading,
} from './setting.ts';

/** `name arg arg;`, with the heads of the blocks around it. */
interface Directive {
  readonly words: readonly NginxWord[];
  readonly blocks: readonly (readonly NginxWord[])[];
}

const passes = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/;

/** Upstreams as names, and every `…_pass` as a setting with the location that leads to it. */
export function readNginx(text: string): SettingsReading {
  const directives = flatten(readNginxDirectives(text));
  const names: NamedAddress[] = [];
  const upstreams = new Map<string, string>();
  const variables = new Map<string, string>();
  for (const { words, blocks } of directives) {
    const [directive, first, second] = words;
    const upstream = blocks.at(-1)?.[0]?.text === 'upstream' ? blocks.at(-1)?.[1]?.text : undefined;
    if (
      directive?.text === 'server' &&
      upstream !== undefined &&
      first &&
      !first.text.startsWith('unix:')
    ) {
      const address = toOpenValue('server', first.text, { bare: true });
      names.push({ name: upstream, address, line: first.line, column: first.column });
      if (!upstreams.has(upstream)) upstreams.set(upstream, address);
    }
    if (directive?.text === 'set' && first && second) variables.set(first.text, second.text);
  }
  const settings = directives.flatMap(({ words, blocks }): Setting[] => {
    const [directive, target] = words;
    if (!directive || !target || !passes.test(directive.text)) return [];
    const value = resolveTarget(target.text, upstreams, variables);
    if (value === undefined) return [];
    const location = blocks.findLast((block) => block[0]?.text === 'location');
    const path = location?.slice(1).find(({ text: word }) => /^\^?\//.test(word))?.text;
    return [
      {
        key: directive.text,
        value: withScheme(value, directive.text),
        line: target.line,
        column: target.column,
        ...(path === undefined ? {} : { path: path.replace(/^\^/, '').replace(/[(\\$*].*$/, '') }),
      },
    ];
  });
  return toSettingsReading({ settings, names });
}

/** The address that a `…_pass` leads to: variables and upstreams filled in, what is left as holes. */
function resolveTarget(
  written: string,
  upstreams: ReadonlyMap<string, string>,
  variables: ReadonlyMap<string, string>,
): string | undefined {
  const filled = written
    .replace(/\$(\w{1,80})/g, (whole) => variables.get(whole) ?? whole)
    // What only a request knows says nothing about the address.
    .replace(/\$(?:request_uri|uri|is_args|args|query_string|\d)\b/g, '');
  if (/unix:/.test(filled) || /^(?:https?:\/\/)?\$(?:host|http_host|1)\b/.test(filled))
    return undefined;
  const match = /^([a-z]{1,10}:\/\/)?([^/\s]+)(.*)$/.exec(filled);
  const upstream = upstreams.get(match?.[2] ?? '');
  const open = toOpenValue(
    'upstream',
    upstream === undefined ? filled : `${match?.[1] ?? ''}${upstream}${match?.[3] ?? ''}`,
  );
  return open.replace(/\$(\w{1,80})/g, (_, name: string) =>
    writeHole({ kind: 'unknown', text: name }),
  );
}

function withScheme(address: string, directive: string): string {
  if (/^[a-z]+:\/\//.test(address) || directive === 'proxy_pass') return address;
  const scheme = directive.replace('_pass', '');
  return `${scheme}://${address}`;
}

/** The directives that are no blocks, outer ones first. */
function flatten(
  directives: readonly NginxDirective[],
  blocks: readonly (readonly NginxWord[])[] = [],
): Directive[] {
  return directives.flatMap(({ words, block }) =>
    block ? flatten(block, [...blocks, words]) : [{ words, blocks }],
  );
}
